// In which order findings are read: the gravest first, and among equally grave ones what somebody is likeliest to act on.
// Likelihood alone would put every unused import, which is nearly always removed, before an injection, which often stays.

import { SEVERITIES, type Severity } from './finding.ts'

export interface Ranked {
  readonly severity: Severity
  /** From 0 to 1, as the model has it; absent where it was not asked. */
  readonly likelihood?: number
}

/** What is to be read first comes first; of equals, the order stays. */
export function byPriority<T extends Ranked>(findings: readonly T[]): T[] {
  return [...findings].sort(comparePriority)
}

/** Below 0 when `a` comes before `b`. One that no model was asked about is in the middle of its kind. */
export function comparePriority(a: Ranked, b: Ranked): number {
  const gravity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
  return gravity || (b.likelihood ?? UNKNOWN) - (a.likelihood ?? UNKNOWN)
}

const UNKNOWN = 0.35
