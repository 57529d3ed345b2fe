// What runs more than once.

import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'

export const LOOPS = ['For', 'ForEach', 'While', 'DoWhile', 'Loop'] as const satisfies readonly Kind[]

/**
 * The nearest loop whose body (or condition) runs this node each time round, without leaving the function. The iterable
 * of a for-each and the initializer of a for run once.
 */
export function loopAround(node: SyntaxNode): SyntaxNode | undefined {
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class', 'Module')) return undefined
    if (
      it.is(...LOOPS) &&
      child.role !== 'iterable' &&
      child.role !== 'initializer' &&
      child.role !== 'alternative'
    )
      return it
    if (it.kind === 'Comprehension' && !isFirstIterable(child)) return it
    child = it
  }
  return undefined
}

function isFirstIterable(clause: SyntaxNode): boolean {
  return (
    clause.kind === 'ComprehensionFor' &&
    clause.previous?.kind !== 'ComprehensionFor' &&
    clause.previous?.kind !== 'ComprehensionIf'
  )
}
