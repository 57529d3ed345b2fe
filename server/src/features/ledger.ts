// What a team found of its rules: how often each spoke, and what people said of what it said. A rule that is wrong too often is muted.

import type { RuleSettings } from '@codeant/shared/settings.ts'

export const VERDICTS = ['right', 'wrong', 'unclear'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface RuleRecord {
  /** Findings when it was last audited. */
  readonly shown: number
  /** By the name of a finding, which is the same in another version of the project. */
  readonly verdicts: Readonly<Record<string, Verdict>>
  /** Somebody wants it to speak all the same. */
  readonly kept?: true
}

/** By the id of the rule. */
export type Ledger = ReadonlyMap<string, RuleRecord>

/** Fewer verdicts say nothing of a rule: one mistake in five may be bad luck. */
export const LEAST_JUDGED = 10
/** More mistakes than this, and people no longer look at what a tool says. */
export const MOST_WRONG = 0.1

const NOTHING: RuleRecord = { shown: 0, verdicts: {} }

/** What is malformed is left out; undefined when nothing can be read. */
export function readLedger(json: string): Ledger | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  const { version, rules } = (value ?? {}) as { version?: unknown; rules?: unknown }
  if (version !== 1 || !isRecord(rules)) return undefined
  return new Map(Object.entries(rules).flatMap(([id, it]) => (isRecord(it) ? [[id, recordOf(it)]] : [])))
}

/** The same verdicts make the same text. */
export function writeLedger(ledger: Ledger): string {
  const sorted = <T>(entries: Iterable<readonly [string, T]>) =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
  const rules = sorted(
    [...ledger].map(([id, it]) => [id, { ...it, verdicts: sorted(Object.entries(it.verdicts)) }] as const),
  )
  return `${JSON.stringify({ version: 1, rules }, null, 2)}\n`
}

/** What was found of each rule today; a rule that is muted said nothing, and keeps what it said before. */
export function withShown(ledger: Ledger, shown: ReadonlyMap<string, number>): Ledger {
  const after = new Map(ledger)
  for (const [id, it] of ledger) if (!isMuted(it)) after.set(id, { ...it, shown: shown.get(id) ?? 0 })
  for (const [id, count] of shown) after.set(id, { ...(after.get(id) ?? NOTHING), shown: count })
  return after
}

export function withVerdict(ledger: Ledger, id: string, finding: string, verdict: Verdict): Ledger {
  const { verdicts, ...rest } = ledger.get(id) ?? NOTHING
  return new Map([...ledger, [id, { ...rest, verdicts: { ...verdicts, [finding]: verdict } }]])
}

/** Undefined when nothing is known of the rule. */
export function withKept(ledger: Ledger, id: string): Ledger | undefined {
  const record = ledger.get(id)
  return record && new Map([...ledger, [id, { ...record, kept: true as const }]])
}

export function countOf({ verdicts }: RuleRecord, verdict: Verdict): number {
  return Object.values(verdicts).filter(it => it === verdict).length
}

/** What is unclear speaks neither for a rule nor against it. */
export function isMuted(record: RuleRecord): boolean {
  const wrong = countOf(record, 'wrong')
  const judged = wrong + countOf(record, 'right')
  return !record.kept && judged >= LEAST_JUDGED && wrong / judged > MOST_WRONG
}

/** As settings that hold unless somebody's own say otherwise. */
export function mutedSettings(ledger: Ledger): Readonly<Record<string, RuleSettings>> {
  return Object.fromEntries(
    [...ledger].flatMap(([id, it]) => (isMuted(it) ? [[id, { enabled: false }]] : [])),
  )
}

function recordOf(given: Record<string, unknown>): RuleRecord {
  const verdicts = Object.entries(isRecord(given.verdicts) ? given.verdicts : {}).filter(
    (it): it is [string, Verdict] => VERDICTS.includes(it[1] as Verdict),
  )
  return {
    shown: typeof given.shown === 'number' ? given.shown : 0,
    verdicts: Object.fromEntries(verdicts),
    ...(given.kept === true && { kept: true }),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
