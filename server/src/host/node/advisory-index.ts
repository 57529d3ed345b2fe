// The index of known advisories: made of an archive of OSV that somebody downloaded, asked for one package at a time.
//
// One file for each ecosystem, a line for each package, in the order of their names: an answer costs some twenty looks into one text,
// and nothing is parsed but the line that is found.

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Advisories, Advisory, VersionRange } from '../../rules/support/advisories/advisory.ts'
import { ECOSYSTEMS, type Ecosystem, packageKey } from '../../rules/support/advisories/versions.ts'
import { cacheFolder } from './folders.ts'
import { zipEntries } from './zip.ts'

export interface AdvisoryState {
  /** Of all that is in the index, so that what was found with another one is not taken for this one's. */
  readonly digest: string
  readonly ecosystems: { readonly [E in Ecosystem]?: EcosystemState }
}

export interface EcosystemState {
  readonly packages: number
  readonly advisories: number
  /** When the index was made, as ISO 8601. */
  readonly made: string
  readonly sha256: string
}

export function advisoryFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), 'advisories')
}

/** Undefined where nobody has imported an archive. */
export function advisoryState(env: NodeJS.ProcessEnv): AdvisoryState | undefined {
  try {
    const ecosystems = JSON.parse(
      readFileSync(join(advisoryFolder(env), STATE), 'utf8'),
    ) as AdvisoryState['ecosystems']
    const digest = createHash('sha256').update(JSON.stringify(ecosystems)).digest('hex')
    return { digest, ecosystems }
  } catch {
    return undefined
  }
}

/** What was imported on this computer. Files are read when the first of their packages is asked for. */
export function installedAdvisories(env: NodeJS.ProcessEnv): Advisories | undefined {
  const state = advisoryState(env)
  if (!state) return undefined
  const indexes = new Map<Ecosystem, AdvisoryIndex>()
  const folder = advisoryFolder(env)
  return {
    of(ecosystem, name) {
      if (!state.ecosystems[ecosystem]) return []
      let index = indexes.get(ecosystem)
      if (!index) {
        index = new AdvisoryIndex(readIfThere(join(folder, fileOf(ecosystem))))
        indexes.set(ecosystem, index)
      }
      return index.of(name)
    },
  }
}

/** Lines `name⇥advisories as JSON`, in the order of their names. */
export class AdvisoryIndex {
  readonly #lines: string

  constructor(lines: string) {
    this.#lines = lines
  }

  of(name: string): readonly Advisory[] {
    const lines = this.#lines
    let [from, to] = [0, lines.length]
    while (from < to) {
      const start = lines.lastIndexOf('\n', ((from + to) >> 1) - 1) + 1
      const [tab, end] = [lines.indexOf('\t', start), lines.indexOf('\n', start)]
      const found = lines.slice(start, tab)
      if (found === name) return JSON.parse(lines.slice(tab + 1, end)) as readonly Advisory[]
      if (found < name) from = end + 1
      else to = start
    }
    return []
  }
}

/** Replaces what is known of the ecosystems that the archives speak of. Throws `BadZip` and what the file system throws. */
export function importAdvisories(
  places: readonly string[],
  env: NodeJS.ProcessEnv,
  now: Date,
): AdvisoryState {
  const byPackage: Record<Ecosystem, Map<string, Advisory[]>> = {
    npm: new Map(),
    PyPI: new Map(),
    'crates.io': new Map(),
  }
  for (const place of places) for (const text of textsOf(place)) addEntry(text, byPackage)
  const folder = advisoryFolder(env)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const ecosystems: { [E in Ecosystem]?: EcosystemState } = { ...advisoryState(env)?.ecosystems }
  for (const ecosystem of ECOSYSTEMS) {
    const packages = byPackage[ecosystem]
    if (packages.size === 0) continue
    const lines = linesOf(packages)
    writeWhole(join(folder, fileOf(ecosystem)), lines)
    ecosystems[ecosystem] = {
      packages: packages.size,
      advisories: [...packages.values()].reduce((sum, it) => sum + it.length, 0),
      made: now.toISOString(),
      sha256: createHash('sha256').update(lines).digest('hex'),
    }
  }
  if (Object.keys(ecosystems).length > 0) writeWhole(join(folder, STATE), `${JSON.stringify(ecosystems)}\n`)
  return advisoryState(env) ?? { digest: '', ecosystems: {} }
}

export function removeAdvisories(env: NodeJS.ProcessEnv): void {
  rmSync(advisoryFolder(env), { recursive: true, force: true })
}

/** The index of these packages, as it is written down. */
export function linesOf(packages: ReadonlyMap<string, readonly Advisory[]>): string {
  return [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, advisories]) => `${name}\t${JSON.stringify(advisories)}\n`)
    .join('')
}

const STATE = 'index.json'

const fileOf = (ecosystem: Ecosystem) => `${ecosystem}.txt`

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function writeWhole(file: string, text: string): void {
  const aside = `${file}.${process.pid}`
  writeFileSync(aside, text, { mode: 0o600 })
  renameSync(aside, file)
}

function* textsOf(place: string): Generator<string> {
  if (statSync(place).isDirectory()) {
    for (const { name, parentPath } of readdirSync(place, { withFileTypes: true, recursive: true }).filter(
      it => it.isFile(),
    )) {
      const file = join(parentPath, name)
      if (name.endsWith('.json')) yield readFileSync(file, 'utf8')
      else if (name.endsWith('.zip')) yield* textsOf(file)
    }
  } else if (place.endsWith('.json')) yield readFileSync(place, 'utf8')
  else
    for (const it of zipEntries(readFileSync(place)))
      if (it.name.endsWith('.json')) yield it.read().toString('utf8')
}

/** What OSV writes, of which nothing is believed before it was looked at. */
interface OsvEntry {
  readonly id?: unknown
  readonly aliases?: unknown
  readonly summary?: unknown
  readonly withdrawn?: unknown
  readonly affected?: unknown
}

interface OsvAffected {
  readonly package?: { readonly ecosystem?: unknown; readonly name?: unknown }
  readonly ranges?: unknown
  readonly versions?: unknown
  readonly database_specific?: { readonly informational?: unknown }
}

function addEntry(text: string, byPackage: Record<Ecosystem, Map<string, Advisory[]>>): void {
  const entry = parsed(text)
  if (typeof entry?.id !== 'string' || entry.withdrawn || !Array.isArray(entry.affected)) return
  const alias = textsIn(entry.aliases).find(it => it.startsWith('CVE-'))
  const summary = typeof entry.summary === 'string' ? entry.summary.slice(0, MOST_SUMMARY) : undefined
  for (const it of entry.affected as readonly OsvAffected[]) {
    const ecosystem = ECOSYSTEMS.find(known => known === it?.package?.ecosystem)
    const name = it?.package?.name
    // That nobody looks after a package any more is no hole in it.
    if (!ecosystem || typeof name !== 'string' || /[\t\n]/.test(name) || it.database_specific?.informational)
      continue
    const ranges = rangesOf(it.ranges)
    const versions = ranges.length > 0 ? [] : textsIn(it.versions)
    if (ranges.length === 0 && versions.length === 0) continue
    const key = packageKey(ecosystem, name)
    const known = byPackage[ecosystem].get(key) ?? []
    byPackage[ecosystem].set(key, known)
    known.push({
      ...{ id: entry.id, ranges },
      ...(alias && { alias }),
      ...(summary && { summary }),
      ...(versions.length > 0 && { versions }),
    })
  }
}

const MOST_SUMMARY = 160

function parsed(text: string): OsvEntry | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Events in their order: introduced, and then fixed or the last that is affected. Commits are no versions. */
function rangesOf(ranges: unknown): readonly VersionRange[] {
  if (!Array.isArray(ranges)) return []
  return (ranges as readonly { readonly type?: unknown; readonly events?: unknown }[]).flatMap(range => {
    if ((range?.type !== 'SEMVER' && range?.type !== 'ECOSYSTEM') || !Array.isArray(range.events)) return []
    const found: { from: string; fixed?: string; last?: string }[] = []
    for (const event of range.events as readonly Record<string, unknown>[]) {
      const { introduced, fixed, last_affected: last } = event ?? {}
      if (typeof introduced === 'string') found.push({ from: introduced })
      const open = found.at(-1)
      if (open && typeof fixed === 'string') open.fixed = fixed
      if (open && typeof last === 'string') open.last = last
    }
    return found
  })
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter(it => typeof it === 'string') : []
}
