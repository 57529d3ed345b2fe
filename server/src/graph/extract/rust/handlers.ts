// Rust functions that name their route in an attribute: each is a router of its own name that holds this one route, and
// whoever lists the function mounts it.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Framework, RoutePath } from '../../rows/routes.ts'
import type { AttributedRoute } from './attributes.ts'
import { rustNameOf } from './bindings.ts'

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
    for (const { methods, path, at: place } of routes)
      facts.add('route', { router, methods, path, handler: at.name, framework }, place)
  }
}
