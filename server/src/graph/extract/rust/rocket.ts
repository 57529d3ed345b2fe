// Rocket: handlers that name their routes, and where lists of them are mounted.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { type Attribute, type AttributedRoute, attributesOf, METHODS, textOf } from './attributes.ts'
import { lastName, tokenPaths, tokenReference } from './bindings.ts'
import { answererIn, attributedHandlers, NOBODY } from './handlers.ts'
import { chainHead, type Dialect, methodObject } from './router-chains.ts'
import { leavesOf } from './router-leaves.ts'
import { RouterWriter } from './routers.ts'
import { rustPath, tailOf } from './text.ts'

const ROCKET: Dialect = {
  framework: 'rocket',
  below(file, call, argument) {
    if (!methodObject(call)) return undefined
    const values = positional(call)
    if (values.at(-1)?.row !== argument.row) return undefined
    switch (calleeName(call)) {
      case 'mount':
        return values.length === 2 ? [rustPath(file, values[0])] : undefined
      // Lists of routes, and fairings that mount some.
      case 'append':
      case 'extend':
      case 'chain':
      case 'push':
      case 'attach':
        return values.length === 1 ? [''] : undefined
      default:
        return undefined
    }
  },
  made: (_file, call) => (ROCKET_MADE.test(call.child('callee')?.text ?? '') ? [''] : undefined),
  isRouterName: names => /rout|rocket|stage|mount|(^|_)(app|api)(_|$)/.test(names.at(-1) ?? ''),
}

const ROCKET_MADE =
  /^(?:rocket::)?(?:build|ignite|custom)$|^(?:\w+::)*Rocket::(?:build|ignite|custom)$|^(?:Vec::\w+)$/

export function extractRocket(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  const isAttributed = /#\[(?:rocket::)?(?:get|post|put|patch|delete|head|options|route)\(/.test(text)
  const isKnown = /\brocket\b|\broutes!/.test(text)
  if (!isAttributed && !isKnown) return
  // The frameworks share the attributes; Rocket's are often imported for the whole crate.
  if (/\b(?:actix_web|axum|utoipa_axum|dioxus|salvo|poem)\b/.test(text) && !/\brocket\b/.test(text)) return
  if (isAttributed)
    attributedHandlers(file, facts, 'rocket', fn =>
      attributesOf(fn).flatMap(it => attributedRoute(file, it) ?? []),
    )
  if (!isKnown) return
  const writer = new RouterWriter(file, facts, ROCKET)
  for (const macro of file.root.descendants('MacroCall'))
    if (calleeName(macro) === 'routes') mountList(writer, macro)
  const calls = [...file.root.descendants('Call')].filter(it => CALLS.has(calleeName(it)))
  for (const call of calls.sort((a, b) => a.end - b.end)) readCall(writer, call)
  for (const fn of file.root.descendants('Function')) readFunction(writer, fn)
  writer.finish()
}

const CALLS = new Set('mount append extend chain push attach build ignite custom new ranked'.split(' '))

/** `/users/<id>/<path..>?<page>` in our notation. */
export function rocketPath(path: RoutePath): RoutePath {
  return path
    .replace(/\?.*$/s, '')
    .replace(/<(\w*)\.\.>/g, (_, name: string) => `{${name || 'path'}*}`)
    .replace(/<(\w+)>/g, '{$1}')
}

/** `#[get("/x", data = "<form>")]`, `#[get(uri = "/x")]`, `#[route(GET, uri = "/x")]`, `#[route("/x", method = GET)]` */
function attributedRoute(file: SourceFile, attribute: Attribute): AttributedRoute | undefined {
  const verb = attribute.name.replace(/^rocket::/, '')
  const { arguments: values } = attribute
  const path = textOf(
    file,
    values.find(it => it.name === 'uri') ?? values.find(it => it.name === '' && isText(it.nodes)),
  )
  if (!path) return undefined
  const methods: Method[] = []
  if (METHODS.test(verb)) methods.push(verb.toUpperCase())
  else if (verb === 'route') {
    const method =
      values.find(it => it.name === 'method') ?? values.find(it => it.name === '' && !isText(it.nodes))
    const name = method?.nodes.at(-1)
    if (name) methods.push((name.name || name.text.replace(/"/g, '')).toUpperCase())
  }
  return methods.length > 0 ? { methods, path: rocketPath(path.text), at: path.at } : undefined
}

function isText(nodes: readonly SyntaxNode[]): boolean {
  return nodes[0]?.kind === 'String'
}

/** `routes![list, users::show]` */
function mountList(writer: RouterWriter, macro: SyntaxNode): void {
  for (const path of tokenPaths(macro.child('argument'))) {
    const reference = tokenReference(writer.file, path)
    const end = (path.rest.at(-1) ?? path.head).end
    if (reference) writer.mount(macro, reference, { start: path.head.start, end })
  }
}

function readCall(writer: RouterWriter, call: SyntaxNode): void {
  const { file } = writer
  const values = positional(call)
  const [first, second] = values
  if (!methodObject(call)) {
    const callee = call.child('callee')?.text ?? ''
    if (/^(?:rocket::|.*Rocket::)(?:build|ignite|custom)$/.test(callee)) writer.serves(call)
    else if (/(?:^|::)Route::(?:new|ranked)$/.test(callee)) made(writer, call)
    return
  }
  switch (calleeName(call)) {
    case 'mount':
      if (first && second && isRocket(file, call, second)) mounted(writer, call, first, second)
      return
    case 'attach':
      if (first) mountLeaves(writer, first)
      return
    case 'append':
    case 'extend':
    case 'chain':
    case 'push':
      if (first && holdsRoutes(file, call)) mountLeaves(writer, first)
      return
  }
}

/** `Users::routes()` of this crate. */
function isOwnType(names: readonly string[]): boolean {
  return /rout/.test(names.at(-1) ?? '')
}

/** `Route::new(Method::Get, "/x", handler)`, `Route::ranked(2, Get, "/x", handler)` */
function made(writer: RouterWriter, call: SyntaxNode): void {
  const [method, path, handler] = positional(call).slice(-3)
  if (!method || !path || !handler) return
  const own = rustPath(writer.file, path)
  const methods = [lastName(method).toUpperCase() || '*']
  writer.route(call, own && rocketPath(own), methods, answererIn(writer.file, handler), path)
}

function mounted(writer: RouterWriter, call: SyntaxNode, base: SyntaxNode, routes: SyntaxNode): void {
  const { file } = writer
  const head = chainHead(file.value(routes))
  if (
    head.kind === 'Call' &&
    /\b(?:FileServer|StaticFiles)(?:::<.*>)?::\w+$/s.test(head.child('callee')?.text ?? '')
  ) {
    const path = rustPath(file, base)
    writer.route(call, path && `${path.replace(/\/+$/, '')}/{path*}`, ['GET'], NOBODY, base)
  } else mountLeaves(writer, routes)
}

function mountLeaves(writer: RouterWriter, node: SyntaxNode): void {
  for (const { node: at, reference } of leavesOf(writer.file, ROCKET, node)) {
    // Types are fairings that mount nothing, or file servers of other crates.
    if (
      !/^(?:rocket|rocket_\w+)\.|(?:^|\.)[A-Z]\w*(?:\.|$)/.test(reference.names.join('.')) ||
      isOwnType(reference.names)
    )
      writer.mount(at, reference, at)
  }
}

/** The chain is of a server: by where it begins, by its name or type, or by what it is given. */
function isRocket(file: SourceFile, call: SyntaxNode, routes: SyntaxNode): boolean {
  if (routes.kind === 'MacroCall' && calleeName(routes) === 'routes') return true
  const head = chainHead(call)
  if (head.kind === 'Call')
    return ROCKET_MADE.test(head.child('callee')?.text ?? '') || holdsRoutes(file, call)
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  const type = binding?.declaration.parent?.child('type')?.text ?? ''
  return binding !== undefined && (/rocket|app|server/i.test(binding.name) || /\bRocket\b/.test(type))
}

/** A list that is about routes, by its name or its type. */
function holdsRoutes(file: SourceFile, call: SyntaxNode): boolean {
  const head = chainHead(call)
  if (head.kind === 'MacroCall') return calleeName(head) === 'routes'
  if (head.kind === 'Call') return ROCKET.isRouterName([lastName(head.child('callee'))])
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  return (
    binding !== undefined &&
    /rout/i.test(binding.name + (binding.declaration.parent?.child('type')?.text ?? ''))
  )
}

/** `fn routes() -> Vec<Route> { users::routes() }`: what it gives back may come from elsewhere. */
function readFunction(writer: RouterWriter, fn: SyntaxNode): void {
  const type = fn.child('returnType')
  if (!type || fn.type === 'closure_expression' || !/\bRoute>|\bRocket\b/.test(type.text)) return
  const tail = tailOf(fn.child('body'))
  for (const { node, reference } of tail ? leavesOf(writer.file, ROCKET, tail) : [])
    if (ROCKET.isRouterName(reference.names)) writer.mount(node, reference, node)
}
