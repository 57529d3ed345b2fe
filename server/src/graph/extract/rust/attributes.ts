// Attributes above Rust functions that name a route: `#[get("/x")]`, `#[utoipa::path(get, path = "/x")]`.

import { type MacroArgument, macroArguments } from '../../../semantics/macro-arguments.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'

export interface Attribute {
  readonly node: SyntaxNode
  /** With its module: `utoipa::path`. */
  readonly name: string
  readonly arguments: readonly MacroArgument[]
}

/** A route as an attribute tells it. */
export interface AttributedRoute {
  readonly methods: readonly Method[]
  readonly path: RoutePath | undefined
  /** The text of the path, or the attribute. */
  readonly at: SyntaxNode
}

/** The attributes above a declaration, from the first to the last. */
export function attributesOf(declaration: SyntaxNode): Attribute[] {
  const all: Attribute[] = []
  for (let it = declaration.previous; it?.kind === 'Decorator'; it = it.previous) {
    const attribute = it.child('value')
    if (!attribute) continue
    const name = attribute.children()[0]?.text.replace(/\s/g, '') ?? ''
    all.unshift({ node: it, name, arguments: macroArguments(attribute) })
  }
  return all
}

export const METHODS = /^(get|post|put|patch|delete|head|options|trace|connect)$/

/** The constant text of an argument. */
export function textOf(
  file: SourceFile,
  argument: MacroArgument | undefined,
): { readonly text: string; readonly at: SyntaxNode } | undefined {
  const at = argument?.nodes.length === 1 ? argument.nodes[0] : undefined
  const value = at && file.constant(at)
  return at && value?.kind === 'string' ? { text: value.value, at } : undefined
}

/** `#[utoipa::path(get, path = "/x", context_path = "/api")]`, `#[utoipa::path(method(get, head), path = "/x")]` */
export function documentedRoute(file: SourceFile, fn: SyntaxNode): AttributedRoute | undefined {
  const attributes = attributesOf(fn)
  const found = attributes.find(it => it.name === 'utoipa::path')
  // Where a framework names the route itself, that is the one that counts.
  if (!found || attributes.some(it => METHODS.test(it.name.replace(/^.*::/, '')))) return undefined
  const methods: Method[] = []
  for (const { name, nodes } of found.arguments) {
    const [first, group] = nodes
    if (name !== '' || !first) continue
    if (METHODS.test(first.name) && nodes.length === 1) methods.push(first.name.toUpperCase())
    else if (first.name === 'method' && group?.kind === 'TokenTree')
      for (const it of group.children()) if (METHODS.test(it.name)) methods.push(it.name.toUpperCase())
  }
  const argument = found.arguments.find(it => it.name === 'path')
  if (methods.length === 0 || !argument) return undefined
  const path = textOf(file, argument)
  const context = found.arguments.find(it => it.name === 'context_path')
  const before = context ? textOf(file, context)?.text : ''
  return {
    methods,
    path: path && before !== undefined ? before + path.text : undefined,
    at: path?.at ?? found.node,
  }
}
