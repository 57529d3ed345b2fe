// Recorded findings, known again by what they mean: through moves, renames and edits around them.

import type { Finding } from '@codeant/shared/finding.ts'

/** One recorded finding. Written to disk as it is, one a line, sorted, so that merges are quiet. */
export interface BaselineEntry {
  readonly rule: string
  readonly path: string
  /** `meaning.ts`: the names around it, its text, its shape. */
  readonly meaning: string
}

export interface Baseline {
  readonly entries: readonly BaselineEntry[]
  /** The findings that a file has today, or undefined when there is no such file any more. */
  readonly today: (path: string) => readonly Meant[] | undefined
}

export interface Meant {
  readonly finding: Finding
  readonly meaning: string
}

/** The findings of a file that the baseline does not know. */
export function matchBaseline<T extends Meant>(baseline: Baseline, path: string, found: readonly T[]): T[] {
  const left = pair(
    baseline.entries.filter(it => it.path === path),
    found,
  ).findings
  if (left.length === 0) return left
  // Code that moved to another file took its findings along: an entry that its own file no longer has is free for it.
  return left.filter(it => {
    const moved = (entry: BaselineEntry) =>
      entry.path !== path &&
      entry.rule === it.finding.rule &&
      text(entry.meaning) === text(it.meaning) &&
      symbol(entry.meaning) === symbol(it.meaning)
    return !baseline.entries.some(entry => moved(entry) && isFree(baseline, entry))
  })
}

function isFree(baseline: Baseline, entry: BaselineEntry): boolean {
  const today = baseline.today(entry.path)
  return (
    !today ||
    pair(
      baseline.entries.filter(it => it.path === entry.path),
      today,
    ).entries.includes(entry)
  )
}

/**
 * Pairs entries and findings of one file, from the surest to the vaguest: equal in everything; the same text under other
 * names; the same names and shape with other text. Returns what is left of both.
 */
function pair<T extends Meant>(
  entries: readonly BaselineEntry[],
  found: readonly T[],
): { entries: readonly BaselineEntry[]; findings: T[] } {
  let free = [...entries]
  let left = [...found]
  for (const same of [equal, sameText, sameShape]) {
    left = left.filter(it => {
      const known = free.find(entry => entry.rule === it.finding.rule && same(entry.meaning, it.meaning))
      if (known) free = free.filter(entry => entry !== known)
      return !known
    })
  }
  return { entries: free, findings: left }
}

const equal = (a: string, b: string) => a === b
const sameText = (a: string, b: string) => text(a) === text(b)
const sameShape = (a: string, b: string) =>
  symbol(a) === symbol(b) && shape(a) === shape(b) && shape(a) !== ''

function symbol(meaning: string): string {
  return meaning.slice(0, meaning.indexOf('|'))
}
function text(meaning: string): string {
  return meaning.slice(meaning.indexOf('|') + 1, meaning.lastIndexOf('|'))
}
function shape(meaning: string): string {
  return meaning.slice(meaning.lastIndexOf('|') + 1)
}

/** The file's form: a list that git merges line by line. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .map(({ rule, path, meaning }) => JSON.stringify({ path, rule, meaning }))
    .sort()
    .map(it => `    ${it}`)
  return `{\n  "version": 1,\n  "findings": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** Undefined when this is no baseline. */
export function readBaseline(json: string): readonly BaselineEntry[] | undefined {
  try {
    const { findings } = JSON.parse(json) as { findings?: unknown }
    if (!Array.isArray(findings)) return undefined
    return findings.filter(isEntry)
  } catch {
    return undefined
  }
}

function isEntry(it: unknown): it is BaselineEntry {
  const entry = it as Partial<Record<keyof BaselineEntry, unknown>> | null
  return (
    typeof entry?.rule === 'string' && typeof entry.path === 'string' && typeof entry.meaning === 'string'
  )
}
