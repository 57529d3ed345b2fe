// What a project's own files say that settles a finding: its checkers were told to leave it alone in this file, or the library
// that is spoken of is not there in a version that this is about.

import type { Finding } from '@codeant/shared/finding.ts'
import { DEPRECATED } from '../rules/apis/deprecated.ts'
import { type ApiEntry, type ApiLanguage, idOf } from '../rules/apis/entry.ts'
import { foreignNames } from '../rules/foreign-names.ts'
import { endOfRange, isBelow, type Release } from './version-bounds.ts'

/** What the files around one file say. Asked only where there is a finding that it could settle. */
export interface ProjectNotes {
  /** The names of problems that a checker leaves out in this file: `F401`, or the beginning of several, `F`. */
  ignoredNames(): readonly string[]
  /** The range of versions that the nearest manifest asks for; undefined where nobody can say. */
  rangeOf(language: ApiLanguage, library: string): string | 'absent' | undefined
}

export function isSettled({ rule, data }: Finding, notes: ProjectNotes): boolean {
  if (rule === 'correctness/deprecated-api') {
    const entry = ENTRIES.get(String(data.entry))
    return entry !== undefined && isOfAnotherVersion(entry, notes)
  }
  const names = foreignNames(rule)
  return names.length > 0 && notes.ignoredNames().some(it => names.some(name => includesName(it, name)))
}

const ENTRIES: ReadonlyMap<string, ApiEntry> = new Map(DEPRECATED.map(it => [idOf(it), it]))

/** `F` is all of Pyflakes, `F4` what begins so, `PL` all of Pylint; `S` is not `SIM`, and `E` none of Pylint's own `E0101`. */
function includesName(prefix: string, name: string): boolean {
  if (!/^[A-Z]+\d+$/.test(name) || /^[CEFRW]\d{4}$/.test(name)) return false
  if (prefix === 'ALL') return true
  return name.startsWith(prefix) && (prefix === 'PL' || /^\d*$/.test(name.slice(prefix.length)))
}

/**
 * A project that stays below a version need not hear of what that version brings. Of what is gone, the one before is told
 * of as well: that is where people get ready.
 */
function isOfAnotherVersion({ since, isGone, language, api }: ApiEntry, notes: ProjectNotes): boolean {
  const [, name, major, minor = '0'] = /^(.+) (\d+)(?:\.(\d+))?/.exec(since ?? '') ?? []
  if (name === undefined || PLATFORMS.has(name)) return false
  const range = notes.rangeOf(language, libraryOf(language, name, api))
  // Packages that stand in for Node's modules in a browser go by the same names.
  if (range === undefined || name === 'Node.js') return range !== undefined
  if (range === 'absent') return true
  const end = endOfRange(range, STYLES[language])
  const release: Release = [Number(major), Number(minor)]
  return end !== undefined && !isBelow(isGone ? before(release) : release, end)
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
