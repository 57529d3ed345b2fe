// The exact versions that manifests and lock files name, each with its place.

import type { Ecosystem } from './versions.ts'

export interface Pinned {
  readonly name: string
  readonly version: string
  readonly start: number
  readonly end: number
}

export interface PinnedPackages {
  readonly ecosystem: Ecosystem
  /** A person wrote the version down here; in a lock file a tool did, and a person changes it elsewhere. */
  readonly isManifest: boolean
  readonly packages: readonly Pinned[]
}

/** Undefined for any other file. */
export function pinnedPackages(path: string, text: string): PinnedPackages | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/(?:^|\/)node_modules\//.test(path)) return undefined
  switch (name) {
    case 'package.json':
      return { ecosystem: 'npm', isManifest: true, packages: inPackageFile(text) }
    case 'package-lock.json':
    case 'npm-shrinkwrap.json':
      return { ecosystem: 'npm', isManifest: false, packages: inNpmLock(text) }
    case 'yarn.lock':
      return { ecosystem: 'npm', isManifest: false, packages: found(text, YARN) }
    case 'pnpm-lock.yaml':
      return { ecosystem: 'npm', isManifest: false, packages: inPnpmLock(text) }
    case 'Cargo.lock':
      return { ecosystem: 'crates.io', isManifest: false, packages: inTables(text, /^"registry\+/) }
    case 'poetry.lock':
      return { ecosystem: 'PyPI', isManifest: false, packages: inTables(text) }
    case 'uv.lock':
      return { ecosystem: 'PyPI', isManifest: false, packages: inTables(text, /registry\s*=/) }
    default:
      return /^(?:requirements|constraints)[\w.-]*\.txt$|^[\w.-]*-?requirements\.txt$/.test(name) ||
        /(?:^|\/)requirements\/[\w.-]+\.txt$/.test(path)
        ? { ecosystem: 'PyPI', isManifest: true, packages: found(text, REQUIREMENT) }
        : undefined
  }
}

/** Every pattern finds the name in its first group and the version in its second. */
function found(text: string, pattern: RegExp): readonly Pinned[] {
  return [...text.matchAll(pattern)].map(it => {
    const [start, end] = it.indices![2]!
    return { name: it[1]!, version: it[2]!, start, end }
  })
}

const YARN = /^"?((?:@[^@/\s"]+\/)?[^@/\s",]+)@[^\n]*:\r?\n {2}version:? "?([^"\s]+)"?$/dgm
/** Only what is pinned alone: `==1.4` and nothing else, no wild card. */
const REQUIREMENT =
  /^[ \t]*([A-Za-z0-9][\w.-]*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*===?[ \t]*(\d[^\s;#,\\*]*)(?=[ \t]*(?:[;#\\]|\r?$|--))/dgm
const NPM_LOCK = /"(?:[^"\n]*\/)?node_modules\/((?:@[^/"\n]+\/)?[^/"\n]+)":\s*\{\s*"version":\s*"([^"\n]+)"/dg
/** Of the first format, in which packages stand inside of each other. */
const OLD_NPM_LOCK =
  /"((?:@[^/"\n]+\/)?[^/"\n]+)":\s*\{\s*"version":\s*"(\d[^"\n]*)",\s*"(?:resolved|integrity|dev|optional|bundled|requires)"/dg

function inNpmLock(text: string): readonly Pinned[] {
  return found(text, /"packages":\s*\{/.test(text) ? NPM_LOCK : OLD_NPM_LOCK)
}

const PNPM = /^ {2}'?\/?((?:@[^@/\s'()]+\/)?[^@/\s'()]+)[@/](\d[^:'()\s_]*)[^:\n]*'?:/dgm

function inPnpmLock(text: string): readonly Pinned[] {
  const start = /^packages:\s*$/m.exec(text)
  if (!start) return []
  const from = start.index + start[0].length
  const rest = text.slice(from)
  const end = /^\w+:/m.exec(rest)
  return found(end ? rest.slice(0, end.index) : rest, PNPM).map(it => ({
    ...it,
    start: it.start + from,
    end: it.end + from,
  }))
}

const TABLE =
  /^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"(?:\r?\nsource = ([^\n]+))?/dgm

/** With a pattern, only of packages whose source it fits: others lie in this repository, or come from elsewhere. */
function inTables(text: string, source?: RegExp): readonly Pinned[] {
  return [...text.matchAll(TABLE)].flatMap(it => {
    if (source && !source.test(it[3] ?? '')) return []
    const [start, end] = it.indices![2]!
    return [{ name: it[1]!, version: it[2]!, start, end }]
  })
}

const DEPENDENCIES = /"(?:dependencies|devDependencies|optionalDependencies)"\s*:\s*\{([^{}]*)\}/dg
const ENTRY = /"((?:@[^/"\n]+\/)?[^/"\n]+)"\s*:\s*"=?(\d+\.\d+\.\d+[^"\s<>|^~*x]*)"/dg

function inPackageFile(text: string): readonly Pinned[] {
  return [...text.matchAll(DEPENDENCIES)].flatMap(it => {
    const [from] = it.indices![1]!
    return found(it[1]!, ENTRY).map(entry => ({ ...entry, start: entry.start + from, end: entry.end + from }))
  })
}
