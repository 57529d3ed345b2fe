// Where only the truth of a value counts.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** Methods that ask their callback yes or no. */
const PREDICATE_METHODS: ReadonlySet<string> = new Set([
  'filter',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
])

/** Nothing but its truth is looked at: a condition, an operand of `not`, what `filter` asks. */
export function isTested(file: SourceFile, node: SyntaxNode): boolean {
  let it = node
  for (;;) {
    const { parent, role } = it
    if (!parent) return false
    switch (parent.kind) {
      case 'Not':
        return true
      case 'Parenthesized':
        break
      case 'If':
      case 'ElseIf':
      case 'While':
      case 'DoWhile':
      case 'For':
      case 'Conditional':
      case 'Assert':
      case 'ComprehensionIf':
        return role === 'condition'
      case 'Logical':
        // `a || b` gives back `a` itself, `a && b` looks at the truth of `a` only.
        if (role === 'left' && /^(&&|and)$/.test(parent.operator)) return true
        if (parent.operator === '??') return false
        break
      case 'Call': {
        const callee = parent.child('callee')
        return (
          role === 'argument' &&
          callee?.kind === 'Name' &&
          (callee.name === 'Boolean' || callee.name === 'bool') &&
          file.isFree(callee)
        )
      }
      case 'Return': {
        const home = parent.function
        return home !== undefined && isPredicate(home)
      }
      case 'Function':
        return role === 'body' && isPredicate(parent)
      default:
        return false
    }
    it = parent
  }
}

/** A callback written into the call of a method that asks it yes or no. */
function isPredicate(callback: SyntaxNode): boolean {
  const call = callback.parent
  return (
    callback.role === 'argument' &&
    call?.kind === 'Call' &&
    call.child('callee')?.kind === 'Member' &&
    PREDICATE_METHODS.has(calleeName(call))
  )
}
