// Code that does something risky only because whoever runs the program asked for it.

import type { SyntaxNode } from '../../syntax/tree.ts'

/**
 * The node runs only under a condition whose names match: `if (options.insecure) { … }`, `x = insecure and …`. Looks no
 * farther than the function around it.
 */
export function isAskedFor(node: SyntaxNode, names: RegExp): boolean {
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('If', 'ElseIf', 'Conditional') && child.role !== 'condition') {
      const condition = it.child('condition')
      if (condition && names.test(condition.text)) return true
    }
    if (it.kind === 'Logical' && child.role === 'right' && names.test(it.child('left')?.text ?? ''))
      return true
    if (it.kind === 'Case' && names.test(it.child('pattern')?.text ?? '')) return true
    if (it.kind === 'Function') return names.test(it.child('name')?.text ?? '')
    child = it
  }
  return false
}
