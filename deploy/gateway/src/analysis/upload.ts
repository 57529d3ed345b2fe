// Files that somebody sent: names that stay inside of a folder, and no more of them than were agreed.

import { Refusal } from '../errors.ts'

export interface UploadedFile {
  /** Relative to the folder that is analysed, with forward slashes. */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface UploadLimits {
  readonly files: number
  /** Of all of them together. */
  readonly bytes: number
}

const LONGEST_PATH = 1024
const LONGEST_NAME = 255
const DEEPEST = 64

/** Collects files one by one, and refuses at the first that is too much. */
export class Upload {
  readonly #limits: UploadLimits
  readonly #files: UploadedFile[] = []
  readonly #paths = new Set<string>()
  #bytes = 0

  constructor(limits: UploadLimits) {
    this.#limits = limits
  }

  get files(): readonly UploadedFile[] {
    return this.#files
  }

  get limits(): UploadLimits {
    return this.#limits
  }

  add(path: string, bytes: Uint8Array): void {
    const problem = pathProblem(path)
    if (problem) throw new Refusal('invalid', `The path of file ${this.#files.length + 1} ${problem}.`)
    if (this.#paths.has(path))
      throw new Refusal('invalid', `Two files have the path of file ${this.#files.length + 1}.`)
    if (this.#files.length >= this.#limits.files)
      throw new Refusal('too-large', `At most ${this.#limits.files} files are analysed at once.`)
    this.#bytes += bytes.length
    if (this.#bytes > this.#limits.bytes)
      throw new Refusal('too-large', `At most ${this.#limits.bytes} bytes are analysed at once.`)
    this.#paths.add(path)
    this.#files.push({ path, bytes })
  }
}

/** Why a path cannot be used; undefined when it can. Held to what every system can write, so that all answer alike. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty'
  if (path.length > LONGEST_PATH) return 'is too long'
  if (path.startsWith('/')) return 'is absolute'
  if (/[\0-\x1f\x7f\\:]/.test(path)) return 'has a character that paths here may not have'
  if (/\p{Surrogate}/u.test(path)) return 'is not valid text'
  const names = path.split('/')
  if (names.length > DEEPEST) return 'is too deep'
  for (const it of names) {
    if (it === '') return 'has an empty part'
    if (it === '.' || it === '..') return 'leaves its folder'
    if (Buffer.byteLength(it) > LONGEST_NAME) return 'has a part that is too long'
    // Its being there says where a project begins; what is in it is nobody's source.
    if (it.toLowerCase() === '.git') return 'leads into version control'
  }
  return undefined
}
