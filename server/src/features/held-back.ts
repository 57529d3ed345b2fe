// Which findings a list leaves out until somebody wants to see everything.

import type { Ranked } from '@codeant/shared/priority.ts'

/**
 * Whether hardly anybody acts on such a finding. An error is never held back: what is rarely repaired can still be grave.
 * `threshold` is the model's own; without one, nothing is held back.
 */
export function isHeldBack({ severity, likelihood }: Ranked, threshold: number | undefined): boolean {
  return severity !== 'error' && threshold !== undefined && likelihood !== undefined && likelihood < threshold
}
