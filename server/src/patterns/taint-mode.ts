// Taint mode on one file.

import type { Found } from './found.ts'
import type { TaintFormula } from './taint-formula.ts'
import type { Target } from './target.ts'

export function evaluateTaint(_target: Target, _formula: TaintFormula): readonly Found[] {
  return []
}
