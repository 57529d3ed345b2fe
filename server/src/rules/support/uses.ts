// Whether anybody looks at the value of an expression.

import type { SyntaxNode } from '../../syntax/node.ts'

/**
 * The value surely goes somewhere. A statement throws it away; what an arrow function gives back may be looked at or
 * not, so it does not count.
 */
export function isUsed(node: SyntaxNode): boolean {
  let it = node
  for (;;) {
    const { parent, role } = it
    if (!parent) return false
    switch (parent.kind) {
      case 'Parenthesized':
      case 'Sequence':
      case 'Await':
        break
      case 'Logical':
        if (role === 'left') return true
        break
      case 'Conditional':
        if (role === 'condition') return true
        break
      case 'Unary':
        if (parent.operator !== 'void') return true
        break
      case 'ExpressionStatement':
        return false
      case 'Function':
        return role !== 'body'
      default:
        return true
    }
    it = parent
  }
}
