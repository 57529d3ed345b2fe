// Routes of Express, of Koa's routers and of Hono, which all say `router.get('/path', handler)`.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { pathsAt } from './colon-path.ts'
import { addMounts } from './express-mounts.ts'
import { handlerName } from './handler-name.ts'
import { answerOf } from './handlers.ts'
import { loopedArguments } from './looped-arguments.ts'
import { addHelperRoutes } from './route-helpers.ts'
import { type Use, VERBS } from './router-likeness.ts'
import { USES_LIBRARY } from './router-origins.ts'
import { addRouterRow } from './router-rows.ts'
import { type Router, routersOf } from './script-routers.ts'

export function extractExpress(file: SourceFile, facts: FactWriter): void {
  const { names, text } = file.tree
  if (!CALLS.some(it => names.includes(it)) && !USES_LIBRARY.test(text)) return
  const routers = routersOf(file)
  for (const router of routers.all) {
    if (router.framework === 'fastify') continue
    addRouterRow(file, router, facts)
    for (const use of router.uses)
      for (const it of routesOf(file, router, use)) addRoute(file, router, it, facts)
  }
  addMounts(file, routers, facts)
  addHelperRoutes(file, routers, facts)
}

/** Where nothing is made, one of these is called, or handed on for others to fill. */
const CALLS = [...VERBS.keys(), 'use', 'route', 'openapi', 'router', 'app']

interface Found {
  readonly methods: readonly Method[]
  readonly path: RoutePath | undefined
  /** What is called one after another; the last of them answers. */
  readonly handlers: readonly SyntaxNode[]
  readonly at: SyntaxNode
}

function addRoute(file: SourceFile, { reference, framework }: Router, found: Found, facts: FactWriter): void {
  const { methods, path, handlers, at } = found
  const answeredBy = answerOf(file, handlers, { methods, path, framework }, facts)
  const row = { router: reference, methods, path, handler: handlerName(handlers.at(-1)!), framework }
  facts.add('route', answeredBy ? { ...row, answeredBy } : row, at)
}

function* routesOf(file: SourceFile, router: Router, use: Use): Generator<Found> {
  const { verb, call } = use
  if (VERBS.has(verb)) yield* verbRoutes(file, router, use)
  else if (verb === 'on') yield* listedRoutes(file, router, call)
  else if (verb === 'openapi') yield* describedRoutes(file, call)
}

/** `app.get('/x', show)`, `router.route('/x').get(show)`, Koa's `router.get('name', '/x', show)`. */
function* verbRoutes(file: SourceFile, router: Router, { call, verb, route }: Use): Generator<Found> {
  const methods = VERBS.get(verb)!
  for (const all of loopedArguments(file, positional(call))) {
    let [path, ...handlers] = route ? [route, ...all] : all
    if (router.framework === 'koa' && handlers.length > 1 && isPath(handlers[0]!))
      [path, ...handlers] = handlers
    const last = handlers.at(-1)
    if (!path || !last || !mayHandle(last) || !isReadable(file, path)) continue
    for (const it of pathsAt(file, path)) yield { methods, path: it, handlers, at: path }
  }
}

/** Hono's `app.on(['PUT', 'DELETE'], '/x', save)`. */
function* listedRoutes(file: SourceFile, { framework }: Router, call: SyntaxNode): Generator<Found> {
  const [verbs, path, ...handlers] = positional(call)
  const last = handlers.at(-1)
  if (framework !== 'hono' || !verbs || !path || !last) return
  const values = file.value(verbs).kind === 'List' ? file.value(verbs).children('element') : [verbs]
  const methods = values.flatMap(it => {
    const value = file.constant(it)
    return value?.kind === 'string' ? [value.value.toUpperCase()] : []
  })
  if (methods.length !== values.length) return
  for (const it of pathsAt(file, path)) yield { methods, path: it, handlers, at: path }
}

/** `app.openapi(createRoute({ method: 'get', path: '/x/{id}' }), show)` */
function* describedRoutes(file: SourceFile, call: SyntaxNode): Generator<Found> {
  const [first, last] = positional(call)
  const made = first && file.value(first)
  if (!first || !last || made?.kind !== 'Call' || calleeName(made) !== 'createRoute') return
  const options = positional(made)[0]
  const [method, path] = [property(options, 'method'), property(options, 'path')].map(
    it => it && file.constant(it),
  )
  if (method?.kind !== 'string') return
  yield {
    methods: [method.value.toUpperCase()],
    path: path?.kind === 'string' ? path.value : undefined,
    handlers: [last],
    at: property(options, 'path') ?? first,
  }
}

function isPath(node: SyntaxNode): boolean {
  return node.is('String', 'Template') && /^['"`]\//.test(node.text)
}

/** `app.get('/x', 5)` is nothing that anybody says to a router. */
function mayHandle(node: SyntaxNode): boolean {
  return !node.unwrapped.is('String', 'Template', 'Number', 'Dictionary', 'Boolean', 'Null', 'Undefined')
}

/** A function in the place of the path: Hono's `app.get(show)` after `basePath`. */
function isReadable(file: SourceFile, path: SyntaxNode): boolean {
  return !file.value(path).is('Function', 'Dictionary', 'Number')
}
