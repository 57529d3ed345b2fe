// What an expression does besides giving a value.

import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

const ACTIONS = [
  'Call',
  'New',
  'Await',
  'Yield',
  'MacroCall',
  'TaggedTemplate',
  'Propagate',
  'Assignment',
  'AugmentedAssignment',
  'Update',
  'NamedExpression',
] as const satisfies readonly Kind[]

/** Nothing is called, awaited or assigned: leaving the expression out changes nothing else. */
export function isPure(value: SyntaxNode): boolean {
  return !value.is(...ACTIONS) && !value.has(...ACTIONS)
}
