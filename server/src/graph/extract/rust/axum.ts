// axum, and utoipa on top of it: which routes routers hold, and which functions build them.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { type AttributedRoute, documentedRoute } from './attributes.ts'
import { answersOf, VERB } from './axum-methods.ts'
import { lastName, rustReference, tokenPaths, tokenReference } from './bindings.ts'
import { attributedHandlers, NOBODY } from './handlers.ts'
import { chainHead, type Dialect, madeBefore, methodObject } from './router-chains.ts'
import { leavesOf } from './router-leaves.ts'
import { RouterWriter } from './routers.ts'
import { functionCalled, rustPath, tailOf } from './text.ts'

const ROUTER = /^(?:\w+::)*(?:Router|OpenApiRouter|ApiRouter)(?:::<.*>)?::(?:new|default|with_openapi)$/s
const ROUTER_TYPE = /\b(?:Router|OpenApiRouter|ApiRouter)\b/

const AXUM: Dialect = {
  framework: 'axum',
  below(file, call, argument) {
    const values = positional(call)
    const last = values.at(-1)
    if (!methodObject(call) || last?.row !== argument.row) return undefined
    switch (calleeName(call)) {
      case 'nest':
      case 'nest_api_service':
      case 'nest_service':
        return values.length === 2 ? [pathOf(file, values[0])] : undefined
      case 'merge':
      case 'routes':
      case 'fallback_service':
        return values.length === 1 ? [''] : undefined
      default:
        return undefined
    }
  },
  made(_file, call) {
    return ROUTER.test(call.child('callee')?.text ?? '') ? [''] : undefined
  },
  isRouterName,
}

export function extractAxum(file: SourceFile, facts: FactWriter): void {
  const { names, text } = file.tree
  const isUsed = names.some(it => /^(axum|Router|OpenApiRouter|ApiRouter)$/.test(it))
  // A handler that `utoipa` documents may not say which framework it is for, unless that is another one.
  const isDocumented = text.includes('utoipa::path') && !/\b(actix_web|rocket|warp|poem)::/.test(text)
  if (!isUsed && !isDocumented) return
  if (isDocumented) attributedHandlers(file, facts, 'axum', fn => documentedRoutes(file, fn))
  if (!isUsed) return
  const writer = new RouterWriter(file, facts, AXUM)
  for (const call of linksOf(file.root)) readCall(writer, call)
  for (const fn of file.root.descendants('Function')) readFunction(writer, fn)
  for (const name of file.root.named('serve')) serveInMacro(writer, name)
  writer.finish()
}

/** The calls that may be links of a router's chain, as they are read: a call begins where its chain does. */
function linksOf(root: SyntaxNode): SyntaxNode[] {
  const links = [...root.descendants('Call')].filter(it => LINKS.has(calleeName(it)))
  return links.sort((a, b) => a.end - b.end)
}

const LINKS = new Set(
  (
    'route route_with_tsr api_route route_service nest nest_service nest_api_service merge routes fallback ' +
    'fallback_service serve into_make_service into_make_service_with_connect_info'
  ).split(' '),
)

/** `/users/:id`, `/files/*path` and `/files/{*path}` in our notation. */
export function axumPath(path: RoutePath): RoutePath {
  return path
    .replace(/(^|\/):(\w+)/g, '$1{$2}')
    .replace(/(^|\/)\*(\w*)/g, (_, slash: string, name: string) => `${slash}{${name || 'path'}*}`)
    .replace(/\{\*(\w*)\}/g, (_, name: string) => `{${name || 'path'}*}`)
}

function pathOf(file: SourceFile, node: SyntaxNode | undefined): RoutePath | undefined {
  const path = rustPath(file, node)
  return path === undefined ? undefined : axumPath(path)
}

/** `#[utoipa::path(…)]`: `routes!` takes the path from there. */
function documentedRoutes(file: SourceFile, fn: SyntaxNode): AttributedRoute[] {
  const route = documentedRoute(file, fn)
  const name = fn.child('name')
  if (!route || !name || isPassedOn(file, name)) return []
  return [{ ...route, path: route.path === undefined ? undefined : axumPath(route.path) }]
}

/** `get(handler)`: its route is told there, and the one above it is only a description. */
function isPassedOn(file: SourceFile, name: SyntaxNode): boolean {
  const binding = file.binding(name)
  if (!binding) return false
  const module = name.closest('Namespace')?.row
  for (const it of binding.reads()) {
    const { parent } = it
    // Tests often put a handler elsewhere.
    if (it.closest('Namespace')?.row !== module) continue
    if (parent?.kind === 'Call' && it.role === 'argument' && VERB.test(calleeName(parent))) return true
  }
  return false
}

function readCall(writer: RouterWriter, call: SyntaxNode): void {
  const { file } = writer
  const object = methodObject(call)
  const values = positional(call)
  const [first, second] = values
  const name = calleeName(call)
  if (!object) {
    // `axum::serve(listener, app)`
    const callee = name === 'serve' && second ? call.child('callee') : undefined
    if (callee && rustReference(file, callee)?.names.join('.') === 'axum.serve') serve(writer, call, second!)
    return
  }
  switch (name) {
    case 'route':
    case 'route_with_tsr':
    case 'api_route':
      if (first && second) readRoute(writer, call, first, second)
      return
    case 'route_service':
      if (first && second && isRouter(file, call)) {
        writer.route(call, pathOf(file, first), ['*'], NOBODY, first)
        mountHead(writer, call)
      }
      return
    case 'nest':
    case 'nest_service':
    case 'nest_api_service':
      if (first && second && isPathLike(file, first)) {
        mountHead(writer, call)
        mountLeaves(writer, second)
        if (isDirectory(file, second)) writer.route(call, below(pathOf(file, first)), ['GET'], NOBODY, first)
      }
      return
    case 'merge':
      if (first && isRouter(file, call)) {
        mountHead(writer, call)
        mountLeaves(writer, first)
      }
      return
    case 'routes':
      if (first?.kind === 'MacroCall' && calleeName(first) === 'routes') {
        mountHead(writer, call)
        mountHandlers(writer, first)
      }
      return
    case 'fallback':
    case 'fallback_service':
      if (first && isRouter(file, call)) readFallback(writer, call, first)
      return
    case 'into_make_service':
    case 'into_make_service_with_connect_info':
      serve(writer, call, object)
      return
  }
}

function readRoute(writer: RouterWriter, call: SyntaxNode, path: SyntaxNode, service: SyntaxNode): void {
  const { file } = writer
  let answers = answersOf(file, service)
  if (answers.length === 0) {
    if (!isRouter(file, call)) return
    answers = [{ method: '*', handler: '' }]
  }
  for (const { method, ...answerer } of answers)
    writer.route(call, pathOf(file, path), [method], answerer, path)
  mountHead(writer, call)
}

/** What answers all that no route does, unless it only says so. */
function readFallback(writer: RouterWriter, call: SyntaxNode, service: SyntaxNode): void {
  const { file } = writer
  mountHead(writer, call)
  if (madeBefore(file, AXUM, service)) return
  const routers = [...leavesOf(file, AXUM, service)].filter(
    it => it.node.kind === 'Call' && isRouterName(it.reference.names),
  )
  for (const { node, reference } of routers) writer.mount(node, reference, node)
  if (routers.length > 0) return
  const answers = answersOf(file, service)
  const handler = answers[0]?.handler ?? lastName(service)
  const body = functionNamed(file, service) ?? service
  if (/not_?found|404|unknown|missing|method_not_allowed/i.test(handler + body.text.slice(0, 600))) return
  const methods = answers.length > 0 ? answers.map(it => it.method) : ['*']
  writer.route(call, '/{path*}', methods, { handler }, service)
}

function functionNamed(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  return binding?.kind === 'function' ? binding.declaration.parent : undefined
}

/** Files of a folder are served: `ServeDir::new("dist")`, perhaps with layers around it. */
function isDirectory(file: SourceFile, node: SyntaxNode): boolean {
  const head = chainHead(file.value(node))
  return /\b(ServeDir|ServeEmbed|Embed\w*|MemoryServe)\b/.test(head.text.slice(0, 200))
}

function below(path: RoutePath | undefined): RoutePath | undefined {
  return path === undefined ? undefined : `${path.replace(/\/+$/, '')}/{path*}`
}

function mountHandlers(writer: RouterWriter, macro: SyntaxNode): void {
  for (const path of tokenPaths(macro.child('argument'))) {
    const reference = tokenReference(writer.file, path)
    const end = (path.rest.at(-1) ?? path.head).end
    if (reference) writer.mount(macro, reference, { start: path.head.start, end })
  }
}

function mountLeaves(writer: RouterWriter, node: SyntaxNode): void {
  for (const { node: at, reference } of leavesOf(writer.file, AXUM, node)) {
    if (!SERVICES.test(reference.names.join('.'))) writer.mount(at, reference, at)
  }
}

/** Things that are put below a path and hold no routes of the project. */
const SERVICES =
  /^(tower|tower_http|axum|utoipa\w*|middleware|memory_serve)\.|\b(Serve(Dir|File)|SwaggerUi|Redoc|RapiDoc|Scalar)\b/

/** `base_routes().route(…)`: what the chain begins with. */
function mountHead(writer: RouterWriter, call: SyntaxNode): void {
  const object = methodObject(call)
  if (!object || methodObject(object.unwrapped)) return
  for (const { node, reference } of leavesOf(writer.file, AXUM, object)) {
    if (isRouterName(reference.names)) writer.mount(node, reference, node)
  }
}

function serve(writer: RouterWriter, call: SyntaxNode, app: SyntaxNode): void {
  writer.serves(call)
  for (const { node, reference } of leavesOf(writer.file, AXUM, app)) {
    if (isRouterName(reference.names)) writer.mount(node, reference, node)
  }
}

/** `axum::serve(listener, app)` among the tokens of `select!`. */
function serveInMacro(writer: RouterWriter, name: SyntaxNode): void {
  const group = name.next
  if (name.parent?.kind !== 'TokenTree' || name.previous?.name !== 'axum' || group?.kind !== 'TokenTree')
    return
  writer.serves(name)
  const app = group.children().findLast(it => it.kind === 'Name')
  for (const { node, reference } of app ? leavesOf(writer.file, AXUM, app) : [])
    if (isRouterName(reference.names)) writer.mount(node, reference, node)
}

function isRouterName(names: readonly string[]): boolean {
  const name = names.at(-1) ?? ''
  return ROUTER_NAME.test(name) && !/middleware|layer/.test(name)
}

const ROUTER_NAME = /rout|server|mount|endpoints|handler|service|(^|_)(app|api)(_|$)/

/** `fn app() -> Router { build(…) }`: what it gives back may come from elsewhere. */
function readFunction(writer: RouterWriter, fn: SyntaxNode): void {
  const type = fn.child('returnType')
  const body = fn.child('body')
  if (!type || !body || fn.type === 'closure_expression' || !ROUTER_TYPE.test(type.text)) return
  const tail = tailOf(body)
  if (!tail) return
  for (const { node, reference } of leavesOf(writer.file, AXUM, tail)) {
    if (isRouterName(reference.names)) writer.mount(node, reference, node)
  }
  routersPassedIn(writer, body)
}

/** `add_routes(router)`: a function that adds to the router it is given. */
function routersPassedIn(writer: RouterWriter, body: SyntaxNode): void {
  const { file } = writer
  for (const call of body.ownDescendants('Call')) {
    const callee = call.child('callee')
    if (!callee || methodObject(call) || AXUM.made(file, call)) continue
    if (!positional(call).some(it => madeBefore(file, AXUM, it))) continue
    for (const { node, reference } of leavesOf(file, AXUM, call))
      if (isRouterName(reference.names)) writer.mount(node, reference, node)
  }
}

/** The chain that a call belongs to is of a router. */
function isRouter(file: SourceFile, call: SyntaxNode): boolean {
  if (madeBefore(file, AXUM, call)) return true
  const head = chainHead(call)
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  if (binding?.kind === 'parameter') return ROUTER_TYPE.test(binding.declaration.parent?.text ?? '')
  if (binding?.kind === 'variable') {
    if (ROUTER_TYPE.test(binding.declaration.parent?.child('type')?.text ?? '')) return true
    if (/rout|^app$|_app$|^api/i.test(binding.name)) return true
  }
  const fn = head.kind === 'Call' ? functionCalled(file, head) : undefined
  if (fn && ROUTER_TYPE.test(fn.child('returnType')?.text ?? '')) return true
  return head.kind === 'Call' && isRouterName([lastName(head.child('callee'))])
}

function isPathLike(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.constant(node)
  if (value?.kind === 'string') return value.value.startsWith('/') || value.value === ''
  return node.kind !== 'Number'
}
