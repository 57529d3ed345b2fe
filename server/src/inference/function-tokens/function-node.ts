// One function in the tree of its file, and how to look around in it: parentheses, `not` and `await` are looked through.

import type { Scopes } from '../../semantics/scopes.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'

export interface FunctionNode {
  readonly tree: SyntaxTree
  readonly scopes: Scopes
  /** The function's own row. */
  readonly row: number
}

/** A table of codes: 1 for those given. */
export function codes(...given: readonly number[]): Uint8Array {
  const found = new Uint8Array(256)
  for (const it of given) found[it] = 1
  return found
}

/** By kind: what adds a repairable token or nothing to what stands in it. */
export const IS_WRAPPER = codes(K.Parenthesized, K.Not, K.Await, K.ExpressionStatement)

/** The outermost node that says no more than `row` for those who look from above. */
export function outermost(fn: FunctionNode, row: number): number {
  const { kind, parent } = fn.tree
  let it = row
  while (it > fn.row && IS_WRAPPER[kind[parent[it]!]!]) it = parent[it]!
  return it
}

/** What stands in parentheses, behind `not` or behind `await`. */
export function innermost({ tree }: FunctionNode, row: number): number {
  const { kind } = tree
  let it = row
  while (IS_WRAPPER[kind[it]!]) {
    const inner = childRow(tree, it, kind[it] === K.Not ? 'operand' : 'value')
    if (inner === -1) break
    it = inner
  }
  return it
}
