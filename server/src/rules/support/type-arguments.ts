// Calls with type arguments that the grammar took for comparisons: `f<T>(x)` as `(f < T) > (x)`.
//
// That of TypeScript does so where the argument waits for another such call; in JavaScript it is Flow's.

import type { SyntaxNode } from '../../syntax/node.ts'

export function isCallWithTypes(comparison: SyntaxNode): boolean {
  if (comparison.operator !== '>' || comparison.child('right')?.kind !== 'Parenthesized') return false
  for (let at = comparison.child('left'); at?.kind === 'Comparison'; at = at.child('left'))
    if (at.operator === '<' && at.child('left')?.is('Name', 'Member')) return true
  return false
}
