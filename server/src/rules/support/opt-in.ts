// Code that does something risky only because whoever runs the program asked for it, or only while it is developed.

import type { SyntaxNode } from '../../syntax/node.ts'

/**
 * The node runs only under a condition whose names match (`if (options.insecure) { … }`), or not in production, or in a
 * function whose own name matches. Looks no farther than the function around it.
 */
export function isAskedFor(node: SyntaxNode, names: RegExp, functionNames: RegExp = names): boolean {
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('If', 'ElseIf', 'Conditional') && child.role !== 'condition') {
      const condition = it.child('condition')?.text ?? ''
      if (names.test(condition) || excludesProduction(condition, child.role === 'alternative')) return true
    }
    if (it.kind === 'Logical' && child.role === 'right' && names.test(it.child('left')?.text ?? ''))
      return true
    if (it.kind === 'Case' && names.test(it.child('pattern')?.text ?? '')) return true
    if (it.kind === 'Function') return functionNames.test(it.child('name')?.text ?? '')
    child = it
  }
  return false
}

/** `env !== 'production'`, or the other branch of `env === 'production'`. */
function excludesProduction(condition: string, otherwise: boolean): boolean {
  if (!/\b(is_?|in_?)?prod/i.test(condition)) return false
  const differs = /!=|!\s*\w*prod|\bnot\b/i.test(condition)
  return differs !== otherwise
}
