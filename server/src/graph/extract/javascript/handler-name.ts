// The name of the function that answers a route.

import { calleeName, positional, receiver } from '../../../semantics/calls.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'

/** The name of what answers: `list` of `users.list`, `create` of `wrap(create)`. */
export function handlerName(node: SyntaxNode): string {
  const it = node.unwrapped
  if (it.kind === 'Function') return it.child('name')?.name ?? ''
  if (it.kind === 'Member') return it.child('property')?.name ?? ''
  const last = it.kind === 'List' ? it.children('element').at(-1) : undefined
  if (last) return handlerName(last)
  if (it.kind !== 'Call') return it.name
  const bound = calleeName(it) === 'bind' ? receiver(it) : undefined
  if (bound) return handlerName(bound)
  const inner = positional(it)
    .filter(argument => argument.is('Name', 'Member', 'Function', 'Call'))
    .at(-1)
  return inner ? handlerName(inner) : calleeName(it)
}
