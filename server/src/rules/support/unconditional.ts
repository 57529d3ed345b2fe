// What surely runs once a statement is reached: not the second half of an `&&`, not the body of a loop or a branch.

import type { Kind, Role } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** Only these parts of a node surely run; of all others, every part does. */
const SURE_PARTS: Partial<Record<Kind, readonly Role[]>> = {
  Function: [],
  Class: [],
  AsyncBlock: [],
  MacroCall: [],
  Comprehension: [],
  Try: [],
  Logical: ['left'],
  Conditional: ['condition'],
  If: ['condition'],
  While: ['condition'],
  For: ['initializer', 'condition'],
  ForEach: ['iterable'],
  Switch: ['subject'],
  With: ['item'],
  DefaultPattern: ['target'],
}

/** The node and everything in it that surely runs, each before its parts. */
export function* surelyRun(node: SyntaxNode): Generator<SyntaxNode> {
  yield node
  const parts = isShortCircuit(node) ? SHORT : SURE_PARTS[node.kind]
  for (const child of node.children()) if (!parts || parts.includes(child.role)) yield* surelyRun(child)
}

/** `a?.b(c)` stops at a; `a ??= b` may never look at b. */
const SHORT: readonly Role[] = ['object', 'callee', 'target']

function isShortCircuit(node: SyntaxNode): boolean {
  if (node.is('Member', 'Index', 'Call')) return node.child('operator')?.text === '?.'
  return node.kind === 'AugmentedAssignment' && /^(\?\?|\|\||&&)=$/.test(node.operator)
}

/** Something in here may leave the function by itself: what follows is not sure to run. */
const LEAVING: readonly Kind[] = [
  'Call',
  'New',
  'TaggedTemplate',
  'MacroCall',
  'Await',
  'Yield',
  'Propagate',
  'Return',
  'Throw',
  'Break',
  'Continue',
  'Assert',
  'Delete',
  'Import',
  'With',
]

export function mayLeave(node: SyntaxNode): boolean {
  if (node.is(...LEAVING)) return true
  for (const it of node.ownDescendants(...LEAVING, 'Unary'))
    if (it.kind !== 'Unary' || it.operator === 'delete') return true
  return false
}

/** In this statement, nothing that may leave is evaluated before `target`, its own parts included. */
export function isFirstToLeave(target: SyntaxNode, statement: SyntaxNode): boolean {
  const last = target.row + target.size
  for (const it of statement.ownDescendants(...LEAVING)) {
    if (it.row >= last) return true
    if (it.row !== target.row && !it.contains(target)) return false
  }
  return true
}
