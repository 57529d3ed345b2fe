// What a pack is made from: the files of it that matter, held in memory before anything of them is believed.

/** The files of a folder, a repository or an archive that a pack may be made of. */
export interface Brought {
  readonly files: readonly BroughtFile[]
  /** What a repository calls the state that it was in. */
  readonly commit?: string
  /** How many links were left out: what they lead to is none of the pack's. */
  readonly links: number
}

export interface BroughtFile {
  /** Relative, with forward slashes; leads nowhere else. */
  readonly path: string
  readonly bytes: Buffer
}

/** Why nothing can be brought from somewhere. `about` is what the words name. */
export type PackProblem =
  | 'gone'
  | 'unreadable'
  | 'leads-outside'
  | 'twice'
  | 'too-large'
  | 'too-many'
  | 'encrypted'
  | 'broken-archive'
  | 'git'
  | 'no-git'
  | 'download'
  | 'no-curl'
  | 'no-rules'
  | 'no-text'
  | 'store-is-link'
  | 'wrong-signature'
  | 'other-signature'
  | 'not-trusted'

export class PackTrouble extends Error {
  override readonly name = 'PackTrouble'
  readonly problem: PackProblem
  readonly about: string

  constructor(problem: PackProblem, about: string) {
    super(`${problem}: ${about}`)
    this.problem = problem
    this.about = about
  }
}

/** The signature beside the rules. */
export const SIGNATURE_FILE = 'codeant-pack.sig'

/** All rules that are public today are 20 MB; a file that unpacks to more than this is meant to fill the memory. */
export const MOST_BYTES = 256 * 1024 * 1024
/** The largest public collection has 7,000 files. */
export const MOST_ENTRIES = 100_000
/** Rules are written by hand: the largest public file of them has 200 KB. */
const MOST_OF_ONE = 2 * 1024 * 1024

/** Rules, the licence that they are under, and a signature; not tests, nor what hides behind a dot. */
export function isWanted(path: string): boolean {
  if (path.split('/').some(it => it.startsWith('.'))) return false
  return isRuleFile(path) || isLicence(path) || path === SIGNATURE_FILE
}

export function isRuleFile(path: string): boolean {
  return /(?<!\.test)\.ya?ml$/i.test(path)
}

export function isLicence(path: string): boolean {
  return /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(path)
}

/** Gathers files, and stops what brings too much or leads elsewhere. */
export class Gathering {
  readonly #files = new Map<string, Buffer>()
  #bytes = 0
  #entries = 0
  links = 0

  /** Counts one thing that is there, wanted or not. Throws `PackTrouble` for a path that leads elsewhere. */
  enter(path: string): void {
    if (++this.#entries > MOST_ENTRIES) throw new PackTrouble('too-many', MOST_ENTRIES.toLocaleString('en'))
    if (!staysInside(path)) throw new PackTrouble('leads-outside', path)
  }

  /** Before the bytes are there: whether they may be. */
  admit(path: string, size: number): void {
    this.#bytes += size
    if (size > MOST_OF_ONE || this.#bytes > MOST_BYTES) throw new PackTrouble('too-large', path)
  }

  add(path: string, bytes: Buffer): void {
    if (this.#files.has(path)) throw new PackTrouble('twice', path)
    this.#files.set(path, bytes)
  }

  done(commit?: string): Brought {
    const files = [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      files: files.map(([path, bytes]) => ({ path, bytes })),
      links: this.links,
      ...(commit && { commit }),
    }
  }
}

/** Also on systems where a backslash or a drive leads somewhere. */
export function staysInside(path: string): boolean {
  if (path === '' || /[\\:\p{Cc}]/u.test(path)) return false
  return path.split('/').every(it => it !== '' && it !== '.' && it !== '..')
}
