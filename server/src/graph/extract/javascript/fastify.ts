// Routes of Fastify: `app.get('/x', options, handler)`, `app.route({ method, url })`, and plugins, which are functions that are
// given the instance and registered below a prefix.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { referenceOf } from '../reference.ts'
import { pathsAt } from './colon-path.ts'
import { handlerName } from './handler-name.ts'
import { answerOf } from './handlers.ts'
import { loopedArguments } from './looped-arguments.ts'
import { type Use, VERBS } from './router-likeness.ts'
import { addRouterRow } from './router-rows.ts'
import { calleeReference, functionOf, PLUGIN_WRAPPER, peeled } from './script-router-names.ts'
import { type Router, type Routers, routersOf } from './script-routers.ts'

export function extractFastify(file: SourceFile, facts: FactWriter): void {
  if (!/fastify|\breply\b|\.(?:register|route)\(/i.test(file.tree.text)) return
  const routers = routersOf(file)
  for (const router of routers.all) {
    if (router.framework !== 'fastify') continue
    addRouterRow(file, router, facts)
    for (const use of router.uses) {
      for (const it of routesOf(file, use)) addRoute(file, router, it, facts)
      if (use.verb === 'register') addPlugins(file, routers, router, use.call, facts)
    }
  }
}

interface Found {
  readonly methods: readonly Method[]
  readonly path: RoutePath | undefined
  readonly handler: SyntaxNode | undefined
  readonly at: SyntaxNode
}

function addRoute(file: SourceFile, { reference }: Router, found: Found, facts: FactWriter): void {
  const { methods, path, handler, at } = found
  const framework = 'fastify'
  const answeredBy = handler && answerOf(file, [handler], { methods, path, framework }, facts)
  const row = {
    router: reference,
    methods,
    path,
    handler: handler ? handlerName(handler) : '',
    framework,
  } as const
  facts.add('route', answeredBy ? { ...row, answeredBy } : row, at)
}

function* routesOf(file: SourceFile, { verb, call }: Use): Generator<Found> {
  const methods = VERBS.get(verb)
  if (methods) yield* verbRoutes(file, call, methods)
  else if (verb === 'route')
    for (const [options] of loopedArguments(file, positional(call)))
      if (options) yield* describedRoutes(file, options)
}

/** `app.get('/x', show)`, `app.get('/x', { schema }, show)`, `app.get('/x', { handler: show })`. */
function* verbRoutes(file: SourceFile, call: SyntaxNode, methods: readonly Method[]): Generator<Found> {
  for (const [path, ...others] of loopedArguments(file, positional(call))) {
    const last = others.at(-1)
    if (!path || !last || last.is('String', 'Template', 'Number', 'Boolean')) continue
    const inner = property(file.value(last), 'handler')
    if (last.unwrapped.kind === 'Dictionary' && !inner && !hasMethod(last.unwrapped, 'handler')) continue
    for (const it of pathsAt(file, path)) yield { methods, path: it, handler: inner ?? last, at: path }
  }
}

function hasMethod(object: SyntaxNode, name: string): boolean {
  return object.children('element').some(it => it.kind === 'Function' && it.child('name')?.name === name)
}

/** `app.route({ method: ['GET', 'HEAD'], url: '/x', handler })` */
function* describedRoutes(file: SourceFile, given: SyntaxNode): Generator<Found> {
  const options = peeled(file.value(given))
  const method = property(options, 'method')
  const url = property(options, 'url') ?? property(options, 'path')
  if (!method || !url) return
  const value = file.value(method)
  const written = value.kind === 'List' ? value.children('element') : [method]
  const methods = written.flatMap(it => {
    const word = file.constant(it)
    return word?.kind === 'string' ? [word.value.toUpperCase()] : []
  })
  const handler = property(options, 'handler')
  for (const path of pathsAt(file, url))
    yield {
      methods: methods.length > 0 ? methods : ['*'],
      path,
      handler,
      at: url,
    }
}

/** `app.register(users, { prefix: '/users' })` */
function addPlugins(
  file: SourceFile,
  routers: Routers,
  router: Router,
  call: SyntaxNode,
  facts: FactWriter,
): void {
  for (const [plugin, options] of loopedArguments(file, positional(call))) {
    const child = plugin && pluginReference(file, routers, plugin)
    if (!child) continue
    for (const prefix of prefixesIn(file, options))
      facts.add('mount', { parent: router.reference, child, prefix }, call)
  }
}

function pluginReference(file: SourceFile, routers: Routers, plugin: SyntaxNode): Reference | undefined {
  const fn = functionOf(file, plugin)
  if (fn) return routers.of(fn)[0]?.reference
  const it = peeled(plugin)
  if (it.is('Name', 'Member')) return ofProject(referenceOf(file, it))
  if (it.kind !== 'Call') return undefined
  const [wrapped] = positional(it)
  if (wrapped && PLUGIN_WRAPPER.test(calleeName(it))) return pluginReference(file, routers, wrapped)
  const loaded = calleeName(it) === 'require' ? referenceOf(file, it) : calleeReference(file, it)
  return ofProject(loaded ?? calleeReference(file, it.child('callee') ?? it))
}

/** Plugins that come in packages have no routes that anybody could read. */
function ofProject(reference: Reference | undefined): Reference | undefined {
  return reference && /^(?:fastify-|@fastify\/)/.test(reference.module) ? undefined : reference
}

function prefixesIn(file: SourceFile, given: SyntaxNode | undefined): (RoutePath | undefined)[] {
  if (!given) return ['']
  const options = peeled(file.value(given))
  const prefix = property(options, 'prefix')
  if (prefix) return pathsAt(file, prefix)
  return options.kind === 'Dictionary' && !options.children('element').some(it => it.kind === 'Spread')
    ? ['']
    : [undefined]
}
