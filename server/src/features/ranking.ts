// In which order findings are read: first what somebody is likeliest to act on; the least likely only for who asks.

import type { Severity } from '@codeant/shared/finding.ts'

export interface Ranked {
  readonly severity: Severity
  /** As the model has it; absent where it was not asked. */
  readonly likelihood?: number
}

/** How likely a finding is to be acted on, for ordering; where no model spoke, its severity must do. */
export function likelihoodOf({ severity, likelihood }: Ranked): number {
  return likelihood ?? BY_SEVERITY[severity]
}

const BY_SEVERITY: Readonly<Record<Severity, number>> = { error: 0.6, warning: 0.45, info: 0.3, hint: 0.2 }

/**
 * Whether a list leaves the finding out until somebody wants to see everything. An error never: what is rarely repaired can
 * still be grave. `threshold` is the model's own; without one, nothing is held back.
 */
export function isHeldBack({ severity, likelihood }: Ranked, threshold: number | undefined): boolean {
  return severity !== 'error' && threshold !== undefined && likelihood !== undefined && likelihood < threshold
}

/** The likeliest first; equally likely ones stay as they are. */
export function byLikelihood<T extends Ranked>(findings: readonly T[]): T[] {
  return [...findings].sort((a, b) => likelihoodOf(b) - likelihoodOf(a))
}
