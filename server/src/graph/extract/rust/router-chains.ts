// Chains of calls that build a router: where they begin, and what that puts before their paths.

import { definitionOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Framework, RoutePath } from '../../rows/routes.ts'
import { withoutTypeArguments } from './bindings.ts'

/** What a framework calls things. */
export interface Dialect {
  readonly framework: Framework
  /** The paths that `call` puts `argument` below; undefined when it does not hold it. */
  below(
    file: SourceFile,
    call: SyntaxNode,
    argument: SyntaxNode,
  ): readonly (RoutePath | undefined)[] | undefined
  /** For `Router::new()` and `web::scope("/x")`: what stands before all that the chain behind it holds. */
  made(file: SourceFile, call: SyntaxNode): readonly (RoutePath | undefined)[] | undefined
  /** A function of this name may hand out a router. */
  isRouterName(names: readonly string[]): boolean
}

/** The innermost expression of a chain of calls: `Router::new()` in `Router::new().route(…).layer(…)`. */
export function chainHead(node: SyntaxNode): SyntaxNode {
  let it = node.unwrapped
  for (let steps = 0; steps < 2000; steps++) {
    let inner: SyntaxNode | undefined
    if (it.is('Await', 'Propagate', 'Borrow')) inner = it.child('value')
    else if (it.kind === 'Call') {
      let callee = it.child('callee')
      if (callee?.kind === 'GenericType') callee = callee.child('callee')
      inner = callee?.kind === 'Member' ? callee.child('object') : undefined
    }
    if (!inner) return it
    it = inner.unwrapped
  }
  return it
}

/** The object of a method call, also behind types: `a` in `a.b::<T>()`. */
export function methodObject(call: SyntaxNode): SyntaxNode | undefined {
  const callee = call.child('callee')
  const member = callee && withoutTypeArguments(callee)
  return member?.kind === 'Member' ? member.child('object') : undefined
}

/** What the head of a chain puts before its paths, through variables; undefined when it makes no router. */
export function madeBefore(
  file: SourceFile,
  dialect: Dialect,
  chain: SyntaxNode,
): readonly (RoutePath | undefined)[] | undefined {
  let it = chain
  for (let steps = 0; steps < 8; steps++) {
    const head = chainHead(it)
    if (head.kind === 'Call') return dialect.made(file, head)
    const binding = head.kind === 'Name' ? file.binding(head) : undefined
    if (binding?.kind !== 'variable' && binding?.kind !== 'constant') return undefined
    const definition = definitionOf(binding.declaration)
    if (definition?.kind !== 'value' || !definition.value || definition.value.row === it.row) return undefined
    it = definition.value
  }
  return undefined
}
