// Which router stands below which, and where: `app.use('/api', router)`, Hono's `app.route('/x', sub)`, `mount('/x', koa)`,
// and functions that are given a router to fill, `require('./routes')(app)`.

import { calleeName, hasSpread, positional, receiver } from '../../../semantics/calls.ts'
import { parameterName, parametersOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework, RoutePath } from '../../rows/routes.ts'
import { referenceOf } from '../reference.ts'
import { pathsAt } from './colon-path.ts'
import { describedRoute } from './described-route.ts'
import { loopedArguments } from './looped-arguments.ts'
import { CHAINED } from './router-subjects.ts'
import { calleeReference, callGiven, functionOf, peeled } from './script-router-names.ts'
import type { Router, Routers } from './script-routers.ts'

interface Mount {
  readonly parent: Reference
  readonly child: Reference
  readonly prefix: RoutePath | undefined
  readonly at: SyntaxNode
}

export function addMounts(file: SourceFile, routers: Routers, facts: FactWriter): void {
  const written = new Set<string>()
  for (const { parent, child, prefix, at } of mountsIn(file, routers, facts)) {
    const key = JSON.stringify([parent, child, prefix])
    if (written.has(key) || sameReference(parent, child)) continue
    written.add(key)
    facts.add('mount', { parent, child, prefix }, at)
  }
}

function* mountsIn(file: SourceFile, routers: Routers, facts: FactWriter): Generator<Mount> {
  for (const router of routers.all) {
    if (router.framework !== 'fastify') {
      for (const { verb, call } of router.uses) {
        if (verb === 'use') yield* usedIn(file, routers, router, call, facts)
        else if (verb === 'route' || verb === 'mount') yield* routedIn(file, routers, router, call)
      }
      yield* basedOn(file, routers, router)
    }
    yield* builtBy(file, router)
    yield* givenAway(file, routers, router)
  }
}

/** `app.use('/api', auth, router)` */
function* usedIn(
  file: SourceFile,
  routers: Routers,
  router: Router,
  call: SyntaxNode,
  facts: FactWriter,
): Generator<Mount> {
  for (const all of loopedArguments(file, positional(call))) {
    const [first, ...others] = all
    const hasPath = first !== undefined && others.length > 0 && isPath(file, first)
    const children = (hasPath ? others : all).flatMap(it =>
      it.unwrapped.kind === 'List' ? it.unwrapped.children('element') : [it],
    )
    for (const path of hasPath ? pathsAt(file, first) : ['']) {
      const prefix = path?.replace(/\/\{\w+\*\}$/, '')
      for (const it of children) yield* mounted(file, routers, router.reference, it, prefix, call)
      if (hasPath && path && path !== '/') addPrefixRoute(router, children.at(-1), path, first, facts)
    }
  }
}

function isPath(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.value(node)
  if (value.kind === 'List') return value.children('element')[0]?.is('String', 'Template', 'Regex') ?? false
  if (value.is('String', 'Template', 'Regex', 'Binary')) return true
  const name = node.name || node.child('property')?.name || ''
  return node.is('Name', 'Member') && /(?:path|prefix|url|root|base|endpoint|mount|version)$/i.test(name)
}

/** `app.route('/x', users)`, `app.mount('/x', handler)`. */
function* routedIn(file: SourceFile, routers: Routers, router: Router, call: SyntaxNode): Generator<Mount> {
  for (const [path, child] of loopedArguments(file, positional(call)))
    if (path && child)
      for (const prefix of pathsAt(file, path))
        yield* mounted(file, routers, router.reference, child, prefix, call)
}

/** What may be a router below another; a name of another file may be a mere middleware, and then nothing comes of it. */
function* mounted(
  file: SourceFile,
  routers: Routers,
  parent: Reference,
  node: SyntaxNode,
  prefix: RoutePath | undefined,
  at: SyntaxNode,
): Generator<Mount> {
  const known = routers.at(node)
  if (known) return yield { parent, child: known.reference, prefix, at }
  const it = peeled(node)
  if (it.kind === 'Call' && calleeName(it) === 'mount') {
    const [path, child] = positional(it)
    if (child && path)
      for (const inner of pathsAt(file, path)) yield* mounted(file, routers, parent, child, inner, at)
    else if (path) yield* mounted(file, routers, parent, path, prefix, at)
    return
  }
  for (const child of childrenOf(file, routers, it))
    if (mayRoute(child, it)) yield { parent, child, prefix, at }
}

function* childrenOf(file: SourceFile, routers: Routers, it: SyntaxNode): Generator<Reference> {
  if (it.is('Name', 'Member')) {
    const object = it.kind === 'Member' ? it.child('object') : undefined
    const isMade = object && file.value(object).kind === 'New'
    const reference = isMade ? calleeReference(file, it) : referenceOf(file, it)
    if (reference) yield reference
  }
  const callee = it.is('Call', 'New') ? it.child('callee') : undefined
  if (!callee || calleeName(it) === 'allowedMethods') return
  const module = referenceOf(file, it)
  if (module) return yield module
  const object = /^(?:routes|middleware|callback)$/.test(calleeName(it)) ? receiver(it) : undefined
  const known = object && routers.at(object)?.reference
  // `new Users().routes()` may build one; what others made has its own.
  const held = known ?? (object && file.value(object).kind !== 'New' ? referenceOf(file, object) : undefined)
  if (held) return yield held
  const built = builderOf(file, routers, callee)
  if (built) yield built
}

/** What `createRouter()` gives back. */
function builderOf(file: SourceFile, routers: Routers, callee: SyntaxNode): Reference | undefined {
  const fn = functionOf(file, callee)
  return (fn && routers.of(fn)[0]?.reference) ?? calleeReference(file, callee)
}

/** What packages make has no routes that anybody could read: `app.use(cors())`. */
function mayRoute({ module }: Reference, it: SyntaxNode): boolean {
  return it.kind !== 'Call' || !PACKAGE.test(module)
}

/** Not of the project itself, where scoped packages may be. */
const PACKAGE = /^(?:[a-z][\w.-]*|@(?:hono|koa|fastify|sentry)\/)/

/** Files below a path, and what answers all of it. */
function addPrefixRoute(
  { reference, framework }: Router,
  last: SyntaxNode | undefined,
  prefix: RoutePath,
  at: SyntaxNode,
  facts: FactWriter,
): void {
  const isFiles = last?.kind === 'Call' && /^(?:static|serveStatic)$/.test(calleeName(last))
  const answersAll =
    last?.kind === 'Function'
      ? isFinal(last, framework)
      : (last?.kind === 'Call' && SERVERS.test(last.child('callee')?.text ?? '')) || isHandler(last)
  if (!isFiles && !answersAll) return
  const path = prefix.endsWith('*}') ? prefix : `${prefix.replace(/\/$/, '')}/{path*}`
  facts.add(
    'route',
    { router: reference, methods: [isFiles ? 'GET' : '*'], path, handler: '', framework },
    at,
  )
}

/** Whole servers that come in packages. */
const SERVERS =
  /graphql|swagger|proxy|trpc|apollo|playground|createExpressMiddleware|toNodeHandler|serveIndex|getRouter/i

/** `jobs.apiHandler`, `jobs.getHandler()`: one that says that it answers, not that it looks on or refuses. */
function isHandler(node: SyntaxNode | undefined): boolean {
  if (!node?.is('Name', 'Member', 'Call')) return false
  const name = node.kind === 'Call' ? calleeName(node) : node.name || node.child('property')?.name || ''
  return /(?:[a-z]Handler|Server|^handler)$/.test(name) && !LOOKS_ON.test(name)
}

const LOOKS_ON = /error|exception|not_?found|auth|session|limit|cors|log|metric|middleware|options|preflight/i

/** `(req, res) => …` passes nothing on, and neither does a context alone. */
function isFinal(fn: SyntaxNode, framework: Framework): boolean {
  const [first, second, ...others] = parametersOf(fn).map(parameterName)
  if (framework === 'hono' && first !== undefined && second === undefined) return true
  return others.length === 0 && /^_?req/.test(first ?? '') && /^_?res/.test(second ?? '')
}

/** Hono's `const v1 = app.basePath('/v1')`. */
function* basedOn(file: SourceFile, routers: Routers, { binding, reference, at }: Router): Generator<Mount> {
  const value = binding?.onlyValue && peeled(binding.onlyValue)
  const object = value?.kind === 'Call' && calleeName(value) === 'basePath' ? receiver(value) : undefined
  const parent = object && routers.at(object)
  const path = parent && positional(value!)[0]
  if (path) yield { parent: parent.reference, child: reference, prefix: pathsAt(file, path)[0], at }
}

/** `const app = createApp()`: what the function routes is routed by the variable. */
function* builtBy(file: SourceFile, { binding, origin, reference, at }: Router): Generator<Mount> {
  const value = binding?.onlyValue && !origin ? peeled(binding.onlyValue) : undefined
  const isMaker = value?.kind === 'Call' && !CHAINED.has(calleeName(value))
  const callee = isMaker ? value.child('callee') : undefined
  const child = callee && calleeReference(file, callee)
  if (child && reference.module === '') yield { parent: reference, child, prefix: '', at }
}

/** `routes(app, db)`, `new Users(router)`, `init({ app })`. */
function* givenAway(file: SourceFile, routers: Routers, router: Router): Generator<Mount> {
  for (const read of readsOf(file, routers, router)) {
    const call = callGiven(read)
    const isElsewhere = !call || isOwnCall(routers, call) || describedRoute(file, call, read) !== undefined
    const child = call && !isElsewhere ? fillerOf(file, routers, call, read) : undefined
    if (child) yield { parent: router.reference, child, prefix: '', at: call! }
  }
}

function* readsOf(file: SourceFile, routers: Routers, router: Router): Generator<SyntaxNode> {
  if (router.binding) return yield* router.binding.reads()
  // `this.app`
  for (const name of file.root.named(router.reference.names.at(-1) ?? '', 'any')) {
    const member = name.role === 'property' ? name.parent : undefined
    if (member?.role === 'argument' && routers.at(member) === router) yield member
  }
}

function isOwnCall(routers: Routers, call: SyntaxNode): boolean {
  const object = receiver(call)
  return (
    /^(?:use|route|mount|createServer|serve|listen|log|push|request)$/.test(calleeName(call)) ||
    (!!object && !!routers.at(object))
  )
}

/** The function that fills a router it is given; of several routers each is told apart by its number. */
function fillerOf(
  file: SourceFile,
  routers: Routers,
  call: SyntaxNode,
  read: SyntaxNode,
): Reference | undefined {
  const callee = call.child('callee')
  if (!callee || hasSpread(call)) return undefined
  const given = positional(call).filter(it => routers.at(it) !== undefined)
  const index = Math.max(
    0,
    given.findIndex(it => it.contains(read)),
  )
  const fn = functionOf(file, callee)
  if (fn) return routers.of(fn)[index]?.reference
  const reference = calleeReference(file, callee)
  if (!reference || PACKAGE.test(reference.module)) return undefined
  const names = call.kind === 'New' ? [...reference.names, 'constructor'] : reference.names
  return { module: reference.module, names: index > 0 ? [...names, String(index)] : names }
}

function sameReference(a: Reference, b: Reference): boolean {
  return a.module === b.module && a.names.join('.') === b.names.join('.')
}
