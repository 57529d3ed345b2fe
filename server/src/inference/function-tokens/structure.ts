// Where a token stands: what it is, what is around it, in which statement, and how deep.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { type FunctionNode, IS_WRAPPER, innermost, outermost } from './function-node.ts'

/** What `FunctionTokens.structure` says of a token, and how many values each has. */
export const STRUCTURE = [
  { name: 'kind', size: 128 },
  { name: 'role', size: 64 },
  { name: 'parentKind', size: 128 },
  { name: 'parentRole', size: 64 },
  { name: 'grandparentKind', size: 128 },
  { name: 'statementKind', size: 128 },
  { name: 'blockDepth', size: 8 },
  { name: 'expressionDepth', size: 8 },
  { name: 'binding', size: 96 },
  { name: 'position', size: 8 },
] as const

/**
 * Adds the numbers of a token at `row` to the column. The binding is 0 until the token is known to be an occurrence of a
 * variable. A mark stands there whatever the code says, so its own kind is not told.
 */
export function addStructure(column: number[], fn: FunctionNode, row: number, isMark: boolean): void {
  const { tree } = fn
  const { kind, role } = tree
  const isFunction = row === fn.row
  const own = outermost(fn, row)
  const above = tree.parent[own]!
  const aboveTop = outermost(fn, above)
  let statement = fn.row
  let blocks = 0
  let steps = 0
  for (let it = row; it > fn.row; ) {
    const top = outermost(fn, it)
    if (role[top] === R.statement || role[top] === R.parameter) {
      if (blocks++ === 0) statement = innermost(fn, it)
    } else if (blocks === 0 && !IS_WRAPPER[kind[it]!] && !(isMark && it === row)) steps++
    it = tree.parent[top]!
  }
  column.push(
    isMark ? 0 : kind[row]!,
    role[own]!,
    isFunction ? 0 : kind[above]!,
    isFunction ? 0 : role[aboveTop]!,
    isFunction ? 0 : kind[tree.parent[aboveTop]!]!,
    kind[statement]!,
    Math.min(blocks, 7),
    Math.min(steps, 7),
    0,
    isFunction ? 0 : positionOf(tree, own),
  )
}

/** Says of the token that was added last how its variable is bound and used there. */
export function setBinding(column: number[], bindingKind: number, access: number): void {
  column[column.length - STRUCTURE.length + BINDING] = bindingFeature(bindingKind, access)
}

/** The value of `binding` in `STRUCTURE` for a use of a variable. */
export function bindingFeature(bindingKind: number, access: number): number {
  return (bindingKind + 1) * 8 + access
}

const BINDING = STRUCTURE.findIndex(it => it.name === 'binding')

/** A new statement begins here, or a parameter, which is as much as one. */
export function beginsStatement({ kind, role }: SyntaxTree, row: number): boolean {
  return role[row] === R.statement || kind[row] === K.Parameter
}

/** Which of its parent's children in this role it is. */
function positionOf({ parent, role, after }: SyntaxTree, row: number): number {
  let position = 0
  for (let it = parent[row]! + 1; it < row && position < 7; it = after[it]!)
    if (role[it] === role[row]) position++
  return position
}
