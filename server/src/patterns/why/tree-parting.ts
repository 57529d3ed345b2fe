// Where a pattern of ast-grep's format and a node part: its own matcher, watched while it walks.

import type { Bindings } from '../ast-grep/bindings.ts'
import { rowOf } from '../ast-grep/bindings.ts'
import { BOTH, Match, NEITHER, type Outcome } from '../ast-grep/match-pattern.ts'
import { type Pattern, type PatternNode, patternText } from '../ast-grep/pattern.ts'
import type { TreeFile } from '../ast-grep/tree-file.ts'
import { type Reason, reason } from './reasons.ts'
import { brief, type Span } from './why.ts'

export interface TreeParting {
  readonly reason: Reason
  readonly at: Span
  /** How many nodes of the pattern had found theirs. */
  readonly matched: number
}

/** Of a pattern that does not match this node: what was in its way. */
export function treePartingOf(
  file: TreeFile,
  pattern: Pattern,
  row: number,
  bindings: Bindings,
): TreeParting {
  const { root, rootSymbol, strictness } = pattern
  const { start, end, symbol, words } = file.tree
  const at = { start: start[row]!, end: end[row]! }
  if (rootSymbol !== undefined && symbol[row] !== rootSymbol) {
    const asked = words.types[rootSymbol] ?? ''
    return { reason: reason('node', asked, words.types[symbol[row]!] ?? ''), at, matched: 0 }
  }
  const trace = new Trace(file, strictness, bindings)
  trace.node(root, row)
  const { closest, matched } = trace
  const goal = closest?.goal ?? root
  const found = closest?.row ?? row
  const metavariable = goal.what === 'hole' ? goal.metavariable : undefined
  const known = metavariable?.what === 'one' ? rowOf(trace.bindings, metavariable.name) : undefined
  const code = brief(file.text(found))
  return {
    reason:
      known !== undefined && metavariable?.what === 'one'
        ? reason('unequal', metavariable.name, brief(file.text(known)), code)
        : reason('differs', brief(patternText(goal)), code),
    at: { start: start[found]!, end: end[found]! },
    matched,
  }
}

class Trace extends Match {
  closest: { readonly goal: PatternNode; readonly row: number } | undefined
  /** Of the closest place. */
  matched = -1
  #matched = 0

  override node(goal: PatternNode, row: number): Outcome {
    const outcome = super.node(goal, row)
    if (outcome === BOTH) this.#matched++
    else if (outcome === NEITHER && this.#matched > this.matched) {
      this.matched = this.#matched
      this.closest = { goal, row }
    }
    return outcome
  }
}
