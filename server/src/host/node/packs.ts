// Files and folders of rules that people bring: read, sorted out, ready to run.

import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { Pack } from '../../patterns/pack.ts'
import { type PackRule, type Refused, renamed } from '../../patterns/rule.ts'
import type { Grammar } from '../../syntax/language.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { asProject, isProjectFile } from './ast-grep-project.ts'
import { UtilityShelf } from './ast-grep-utilities.ts'
import type { DiskShelf } from './disk-shelf.ts'
import { digest } from './folders.ts'
import { filesIn } from './pack-install.ts'
import { fileDigest, type LockedPack, PACKS_FOLDER, readLock } from './pack-lock.ts'
import { readSignature, type Signature } from './pack-signature.ts'
import { isRuleFile, SIGNATURE_FILE } from './pack-sources/brought.ts'
import { RuleReader } from './rule-reader.ts'

export interface LoadedPack {
  readonly pack: Pack
  readonly refused: readonly (Refused & { readonly file: string })[]
  /** The file that each rule was read from, by id. */
  readonly sources: ReadonlyMap<string, string>
  /** Places that cannot be read, or in which there is no rule. */
  readonly empty: readonly string[]
  /** What its rules speak: another parser has to load them before it runs them. */
  readonly grammars: readonly Grammar[]
  /** Plain data: what another thread needs to load the same. */
  readonly origin: PackOrigin
}

export interface PackOrigin {
  readonly files: readonly string[]
  /** Of all that the files hold. */
  readonly digest: string
}

/** A pack of a project, as it lies there today. */
export interface InstalledPack {
  readonly name: string
  readonly locked: LockedPack
  /** Files of rules that are what they were when the pack was added: what may be run. Empty when the signature is wrong. */
  readonly files: readonly string[]
  /** Paths in the pack that are not what the lock says, are not there, or are not of the pack. */
  readonly changed: readonly string[]
  readonly signature: Signature
}

/** In the order of their names; undefined when the lock cannot be read. The editor and the command line run the same `files`. */
export function installedPacks(root: string): readonly InstalledPack[] | undefined {
  const lock = readLock(root)
  return lock && [...lock].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, it]) => installed(root, name, it))
}

function installed(root: string, name: string, locked: LockedPack): InstalledPack {
  const folder = join(root, PACKS_FOLDER, name)
  const expected = new Map(Object.entries(locked.files))
  const sound = new Set<string>()
  for (const [path, digest] of expected) if (digestOf(join(folder, path)) === digest) sound.add(path)
  const found = filesIn(folder).filter(it => it !== SIGNATURE_FILE)
  const changed = [...new Set([...expected.keys(), ...found])].filter(it => !sound.has(it)).sort()
  const signature = signatureOf(folder, locked, expected)
  const files = [...sound].filter(it => isRuleFile(it) && !isProjectFile(it)).sort()
  // What says which files are rules says what they mean.
  const isSound = signature.state !== 'wrong' && !changed.some(isProjectFile)
  return {
    name,
    locked,
    files: isSound ? files.map(it => join(folder, it)) : [],
    changed,
    signature,
  }
}

/** Undefined for what is no file of its own: a link may lead to anything. */
function digestOf(file: string): string | undefined {
  try {
    return lstatSync(file).isFile() ? fileDigest(readFileSync(file)) : undefined
  } catch {
    return undefined
  }
}

/** One that was signed stays so: who takes the signature away has made something else of it. */
function signatureOf(folder: string, locked: LockedPack, digests: ReadonlyMap<string, string>): Signature {
  let text: string | undefined
  try {
    text = readFileSync(join(folder, SIGNATURE_FILE), 'utf8')
  } catch {
    return locked.key === undefined ? { state: 'unsigned' } : { state: 'wrong', file: SIGNATURE_FILE }
  }
  const signature = readSignature(text, digests)
  return signature.state === 'signed' && locked.key !== undefined && signature.key !== locked.key
    ? { state: 'wrong', file: SIGNATURE_FILE }
    : signature
}

/** The rules of these files and folders. Of several with one id, the first has it; the others have their folders' names in front. */
export async function loadPack(
  parser: SyntaxParser,
  places: readonly string[],
  shelf?: DiskShelf,
): Promise<LoadedPack> {
  const reader = new RuleReader(parser, shelf)
  const rules = new Map<string, PackRule>()
  const sources = new Map<string, string>()
  const refused: (Refused & { file: string })[] = []
  const shared = new UtilityShelf(parser, ruleFiles, places)
  const files: string[] = []
  const empty: string[] = []
  let contents = ''
  for (const place of places) {
    let any = false
    for (const file of ruleFiles(place)) {
      if (shared.projects.isUtility(file)) {
        any = true
        files.push(file)
        continue
      }
      const text = readFileSync(file, 'utf8')
      const read = await reader.read(text, await shared.around(file))
      if (!read) continue
      any = true
      files.push(file)
      contents += digest(text)
      for (const rule of read.rules) {
        const id = freeId(rule.id, file, rules)
        // A file that says the same name twice means one of the two.
        if (sources.get(rule.id) === file || id === undefined)
          refused.push({ file, id: rule.id, offset: 0, refusal: { code: 'same-id', about: [] } })
        else {
          rules.set(id, id === rule.id ? rule : renamed(rule, id))
          sources.set(id, file)
        }
      }
      refused.push(...read.refused.map(it => ({ ...it, file })))
    }
    if (!any) empty.push(place)
  }
  reader.done()
  for (const it of shared.all) {
    contents += digest(it.contents)
    refused.push(...it.refused)
  }
  // Names are part of it: the same rules in other folders may have others.
  const origin = { files, digest: digest(contents + [...rules.keys()].join()) }
  const grammars = [...reader.grammars]
  return { pack: new Pack([...rules.values()]), refused, sources, empty, grammars, origin }
}

/** `detect`, else `go.detect`, else `ai.go.detect`: as many folders as it takes. */
function freeId(id: string, file: string, taken: ReadonlyMap<string, unknown>): string | undefined {
  let free = id
  const folders = dirname(file).split(sep)
  while (taken.has(free)) {
    const folder = folders.pop()
    if (!folder) return undefined
    free = `${folder}.${free}`
  }
  return free
}

/** A file, or the files of rules in a folder, in the order of their names; of an ast-grep project, those that it names. */
export function ruleFiles(place: string): string[] {
  try {
    const project = asProject(place)
    if (project) return project.rules.flatMap(ruleFiles)
    if (!statSync(place).isDirectory()) return [place]
    return readdirSync(place, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(it => {
        const path = join(place, it.name)
        if (it.name.startsWith('.')) return []
        if (it.isDirectory()) return ruleFiles(path)
        return /(?<!\.test)\.ya?ml$/.test(it.name) ? [path] : []
      })
  } catch {
    return []
  }
}
