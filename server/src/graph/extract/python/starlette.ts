// Starlette's lists of routes: `routes = [Route("/users", users), Mount("/api", routes=[…])]`.

import { argument, calleeName, keywordArgument } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { answeredMethods, classNamed } from './classes.ts'
import type { RouterRows } from './router-rows.ts'
import { methodsIn, prefixIn, routerReference, wholeText } from './routers.ts'

/** Mounts in mounts go so deep at most. */
const DEPTH = 8

/** A list that holds a route or a mount of Starlette. */
export function isRouteList(file: SourceFile, node: SyntaxNode | undefined): node is SyntaxNode {
  return node?.kind === 'List' && node.children('element').some(it => isStarlette(file, it, 'Route|Mount'))
}

function isStarlette(file: SourceFile, call: SyntaxNode, names: string): boolean {
  const callee = call.kind === 'Call' ? call.child('callee') : undefined
  return (
    callee !== undefined &&
    new RegExp(`^(starlette|fastapi)\\.(.*\\.)?(${names})$`).test(file.qualifiedName(callee))
  )
}

/** What a list puts on a router, below `prefix`. */
export function readRouteList(
  file: SourceFile,
  given: SyntaxNode,
  holder: Reference,
  rows: RouterRows,
  prefix: RoutePath | undefined = '',
  depth = 0,
): void {
  const node = given.unwrapped
  if (depth > DEPTH) return
  if (node.kind === 'Binary') {
    for (const it of [node.child('left'), node.child('right')])
      if (it) readRouteList(file, it, holder, rows, prefix, depth + 1)
    return
  }
  if (node.kind !== 'List') {
    const binding = node.kind === 'Name' ? file.binding(node) : undefined
    const value = binding && !binding.isModuleLevel ? file.value(node) : undefined
    if (value?.kind === 'List') return readRouteList(file, value, holder, rows, prefix, depth + 1)
    const child = routerReference(file, node)
    if (child) rows.mount({ parent: holder, child, prefix }, node)
    return
  }
  for (const it of node.children('element')) {
    if (it.kind === 'Spread') {
      const value = it.child('value')
      if (value) readRouteList(file, value, holder, rows, prefix, depth + 1)
    } else if (isStarlette(file, it, 'Route')) readRoute(file, it, holder, rows, prefix)
    else if (isStarlette(file, it, 'Mount')) readMount(file, it, holder, rows, prefix, depth)
  }
}

function readRoute(
  file: SourceFile,
  call: SyntaxNode,
  holder: Reference,
  rows: RouterRows,
  prefix: RoutePath | undefined,
): void {
  const path = argument(call, 0, 'path')
  const endpoint = argument(call, 1, 'endpoint')
  if (!path) return
  const text = wholeText(file, path)
  const given = keywordArgument(call, 'methods')
  const made = endpoint && classNamed(file, endpoint)
  const isClass = made !== undefined || /^[A-Z]/.test(endpoint?.text.split('.').at(-1) ?? '')
  const methods = made && !given ? answeredMethods(file, made) : methodsIn(file, given, isClass ? '*' : 'GET')
  rows.route(
    {
      router: holder,
      methods,
      path: prefix === undefined || text === undefined ? undefined : parametersOf(prefix + text),
      handler: endpoint?.is('Name', 'Member') ? (endpoint.text.split('.').at(-1) ?? '') : '',
    },
    path,
  )
}

/** `Mount("/api", routes=[…])`, `Mount("/static", app=StaticFiles(…))` */
function readMount(
  file: SourceFile,
  call: SyntaxNode,
  holder: Reference,
  rows: RouterRows,
  before: RoutePath | undefined,
  depth: number,
): void {
  const path = argument(call, 0, 'path')
  const own = prefixIn(file, path)
  const prefix = before === undefined || own === undefined ? undefined : parametersOf(before + own)
  const routes = argument(call, 2, 'routes')
  if (routes) return readRouteList(file, routes, holder, rows, prefix, depth + 1)
  const app = argument(call, 1, 'app')
  if (app) mountApplication(file, app, holder, prefix, path ?? call, rows)
}

/** An application below a path: its routes where they can be known, else everything there. */
export function mountApplication(
  file: SourceFile,
  app: SyntaxNode,
  parent: Reference,
  prefix: RoutePath | undefined,
  at: SyntaxNode,
  rows: RouterRows,
): void {
  const child = applicationReference(file, app.unwrapped)
  if (child) return rows.mount({ parent, child, prefix }, at)
  const made = calleeName(file.value(app))
  const methods = made === 'StaticFiles' ? ['GET'] : ['*']
  const path = prefix === undefined ? undefined : `${prefix}/{path*}`
  rows.route({ router: parent, methods, path, handler: made }, at)
}

/** A name of an application, also in a wrapping: `WSGIMiddleware(app)`. */
function applicationReference(file: SourceFile, app: SyntaxNode): Reference | undefined {
  const value = file.value(app)
  const made = value.kind === 'Call' ? calleeName(value) : ''
  if (/Middleware$/.test(made)) {
    const inner = argument(value, 0, 'app')
    return inner && applicationReference(file, inner.unwrapped)
  }
  if (/^[A-Z]/.test(made) && !/(FastAPI|Starlette|Router|Flask)$/.test(made)) return undefined
  return app.kind === 'Call' && /^[A-Z]/.test(made) ? undefined : routerReference(file, app)
}

/** `{id:int}` → `{id}`, `{rest:path}` → `{rest*}` */
export function parametersOf(text: string): RoutePath {
  return text.replace(/\{\s*(\w+)\s*(?::([^{}]*))?\}/g, (_, name: string, kind: string | undefined) =>
    kind === 'path' ? `{${name}*}` : `{${name}}`,
  )
}
