// Routes that a function of another file adds to a router it is given: `setupRoute(router, 'get', '/users', list)` says so
// much that it must be one.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Method } from '../../rows/routes.ts'
import { VERBS } from './router-likeness.ts'

export interface DescribedRoute {
  readonly methods: readonly Method[]
  readonly path: SyntaxNode
  readonly handler: SyntaxNode
}

export function describedRoute(
  file: SourceFile,
  call: SyntaxNode,
  router: SyntaxNode,
): DescribedRoute | undefined {
  const given = positional(call)
  const [first, second] = given.slice(given.findIndex(it => it.row === router.row) + 1)
  const handler = given.at(-1)
  if (!first || !handler?.is('Name', 'Member', 'Function', 'Call')) return undefined
  const word = file.constant(first)
  const methods = word?.kind === 'string' ? VERBS.get(word.value.toLowerCase()) : undefined
  if (methods) return second && isPath(second) ? { methods, path: second, handler } : undefined
  const isRoute = isPath(first) && handler.row !== first.row && /route/i.test(calleeName(call))
  return isRoute ? { methods: ['*'], path: first, handler } : undefined
}

function isPath(node: SyntaxNode): boolean {
  return node.is('String', 'Template', 'Binary') && /^['"`](?:\/|\$\{|['"`]$)/.test(node.text)
}
