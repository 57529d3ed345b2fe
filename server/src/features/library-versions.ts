// What the manifests of a project say that settles a finding: the library that it speaks of is not there in a version that this
// is about.

import type { Finding } from '@codeant/shared/finding.ts'
import { DEPRECATED } from '../rules/apis/deprecated.ts'
import { type ApiEntry, type ApiLanguage, idOf } from '../rules/apis/entry.ts'
import { endOfRange, isBelow, isExact, type Release } from './version-bounds.ts'

/** What the manifests around one file say. Asked only where there is a finding that they could settle. */
export interface LibraryVersions {
  /** The range of versions that the nearest manifest asks for; undefined where nobody can say. */
  rangeOf(language: ApiLanguage, library: string): string | 'absent' | undefined
}

/** A finding about a version that the project does not have. */
export function isOfAnotherVersion({ rule, data }: Finding, versions: LibraryVersions): boolean {
  if (rule !== 'correctness/deprecated-api') return false
  const entry = ENTRIES.get(String(data.entry))
  return entry !== undefined && isEntryOfAnother(entry, versions)
}

const ENTRIES: ReadonlyMap<string, ApiEntry> = new Map(DEPRECATED.map(it => [idOf(it), it]))

/**
 * A project that stays below a version need not hear of what that version brings. Of what is gone, the one before is told
 * of as well: that is where people get ready.
 */
function isEntryOfAnother({ since, isGone, language, api }: ApiEntry, versions: LibraryVersions): boolean {
  const [, name, major, minor = '0'] = /^(.+) (\d+)(?:\.(\d+))?/.exec(since ?? '') ?? []
  if (name === undefined || PLATFORMS.has(name)) return false
  const range = versions.rangeOf(language, libraryOf(language, name, api))
  // Packages that stand in for Node's modules in a browser go by the same names.
  if (range === undefined || name === 'Node.js') return range !== undefined
  if (range === 'absent') return true
  const end = endOfRange(range, STYLES[language])
  const release: Release = [Number(major), Number(minor)]
  // Who has pinned a version does not get ready for the next.
  const earliest = isGone && !isExact(range, STYLES[language]) ? before(release) : release
  return end !== undefined && !isBelow(earliest, end)
}

const PLATFORMS: ReadonlySet<string> = new Set(['Python', 'Chrome', 'ES', 'Rust'])

const STYLES = { javascript: 'npm', typescript: 'npm', rust: 'cargo', python: 'python' } as const

function before([major, minor]: Release): Release {
  if (major === 0) return [0, Math.max(0, minor - 1)]
  return minor > 0 ? [major, 0] : [major - 1, 0]
}

/** What a manifest calls it: Python's packages go by a name of their own, the others by what is imported. */
function libraryOf(language: ApiLanguage, name: string, api: string): string {
  if (language === 'python') return DISTRIBUTIONS[name] ?? name.toLowerCase()
  if (language === 'rust') return api.slice(0, api.indexOf('.'))
  return /^(?:@[\w-]+\/)?[\w-]+(?=[./])/.exec(api)?.[0] ?? name.toLowerCase()
}

const DISTRIBUTIONS: Readonly<Record<string, string>> = { PyTorch: 'torch', Jinja: 'jinja2' }
