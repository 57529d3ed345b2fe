// Rust functions that name their route in an attribute: each is a router of its own name that holds this one route, and
// whoever lists the function mounts it.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Framework, RoutePath, RouteRow } from '../../rows/routes.ts'
import type { AttributedRoute } from './attributes.ts'
import { lastName, rustNameOf, rustReference } from './bindings.ts'

/** Writes the handlers of a file. */
export function attributedHandlers(
  file: SourceFile,
  facts: FactWriter,
  framework: Framework,
  routesOf: (fn: SyntaxNode) => readonly AttributedRoute[],
  prefixOf: (fn: SyntaxNode) => RoutePath = () => '',
): void {
  for (const fn of file.root.descendants('Function')) {
    const name = rustNameOf(fn)
    const at = fn.child('name')
    const routes = routesOf(fn)
    if (!name || !at || routes.length === 0) continue
    facts.add('router', { name, prefix: prefixOf(fn), framework, isRoot: false }, at)
    const router = { module: '', names: name.split('.') }
    const answeredBy = name === at.name ? {} : { answeredBy: router }
    for (const { methods, path, at: place } of routes)
      facts.add('route', { router, methods, path, handler: at.name, ...answeredBy, framework }, place)
  }
}

export type Answerer = Pick<RouteRow, 'handler' | 'answeredBy'>

/** Something without a name answers. */
export const NOBODY: Answerer = { handler: '' }

/** `users::list`, and what is wrapped: `Sequential(users::list)`. */
export function answererIn(file: SourceFile, given: SyntaxNode | undefined): Answerer {
  let node = given?.unwrapped
  for (let steps = 0; steps < 4 && node?.kind === 'Call'; steps++) node = node.child('argument')?.unwrapped
  const handler = lastName(node)
  const of = node?.is('Name', 'Path', 'GenericType') ? rustReference(file, node) : undefined
  const isOwn = of?.module === '' && of.names.length === 1 && of.names[0] === handler
  return of && !isOwn ? { handler, answeredBy: of } : { handler }
}
