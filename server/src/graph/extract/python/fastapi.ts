// Routes of FastAPI and Starlette: decorators, `include_router`, `mount`, `add_api_route`, and lists of routes.

import { argument, calleeName, keywordArgument, positional, receiver } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { answeredMethods, classNamed, lineage } from './classes.ts'
import {
  type Answerer,
  addDependencies,
  addDependencyTypes,
  addFastApiHandlers,
  answererOf,
  type Served,
} from './fastapi-handlers.ts'
import { decorationOf, makingOf } from './router-heads.ts'
import { RouterRows } from './router-rows.ts'
import {
  eachOf,
  frameworkOf,
  givenBack,
  handedOn,
  isNamedRouter,
  methodsIn,
  placeOf,
  prefixIn,
  routerReference,
  wholeText,
} from './routers.ts'
import { isRouteList, mountApplication, parametersOf, readRouteList } from './starlette.ts'

export function extractFastApi(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'python' || !MAY_HOLD_ROUTES.test(file.tree.text)) return
  const rows = new RouterRows(facts, 'fastapi')
  for (const it of file.root.descendants('Assignment')) readAssignment(file, it, rows)
  const served = new Map<number, Served>()
  for (const it of file.root.descendants('Decorator')) readDecorator(file, it, served, rows)
  for (const it of file.root.descendants('Call')) readCall(file, it, rows)
  for (const { row, at } of givenBack(file)) rows.giveBack(row, at)
  rows.write()
  addFastApiHandlers(file, served, facts)
  addDependencies(file, served, facts)
  addDependencyTypes(file, facts)
}

/** Files that only put routes on somebody else's router may not name the framework. */
const MAY_HOLD_ROUTES =
  /\b(fastapi|starlette)\b|APIRouter|\.include_router\(|@[\w.]*(app|api|router?s?)\.(get|post|put|patch|delete|api_route)\(/

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'])

/** `router = APIRouter(prefix="/users")`, `routes = [Route("/", home)]` */
function readAssignment(file: SourceFile, assignment: SyntaxNode, rows: RouterRows): void {
  const target = assignment.child('target')
  const value = assignment.child('value')?.unwrapped
  if (!target?.is('Name', 'Member')) return
  if (value?.kind === 'Call') readRouter(file, target, value, rows)
  else if (isRouteList(file, value) && target.kind === 'Name' && file.binding(target)?.isModuleLevel) {
    const reference: Reference = { module: '', names: [target.name] }
    rows.declare({ reference, prefix: '', isRoot: false, isSure: true, at: target })
    readRouteList(file, value, reference, rows)
  }
}

function readRouter(file: SourceFile, target: SyntaxNode, call: SyntaxNode, rows: RouterRows): void {
  const making = makingOf(file, call)
  if (!making) return
  const { name, superclass, qualified } = making
  const isRoot = /^(FastAPI|Starlette)$/.test(name) || /(FastAPI|Starlette)$/.test(superclass)
  if (!isRoot && !/Router$/.test(name)) return
  if (/^(rest_framework\w*|django|ninja|aiogram|litestar)\b/.test(qualified)) return
  const reference = routerReference(file, target)
  if (!reference) return
  const given = keywordArgument(call, 'prefix')
  const prefix = given || isRoot ? prefixIn(file, given) : ownPrefix(file, call)
  const isSure = isRoot || /^(fastapi|starlette)\./.test(qualified) || /APIRouter$/.test(name)
  rows.declare({ reference, prefix, isRoot, isSure, at: call })
  const routes = keywordArgument(call, 'routes')
  if (routes) readRouteList(file, routes, reference, rows)
}

/** What a class of this file puts before the paths of each of its routers: `super().__init__(prefix="/admin")`. */
function ownPrefix(file: SourceFile, made: SyntaxNode): RoutePath | undefined {
  const callee = made.child('callee')
  const own = callee && classNamed(file, callee)
  for (const it of own ? lineage(file, own) : []) {
    for (const call of it.descendants('Call')) {
      if (calleeName(call) !== '__init__') continue
      const given = keywordArgument(call, 'prefix')
      const binding = given?.kind === 'Name' ? file.binding(given) : undefined
      if (binding?.kind !== 'parameter') return prefixIn(file, given)
      const { parent } = binding.declaration
      return prefixIn(file, parent?.is('Parameter', 'DefaultPattern') ? parent.child('value') : undefined)
    }
  }
  return ''
}

/** `@router.get("/users/{id}")` */
function readDecorator(
  file: SourceFile,
  decorator: SyntaxNode,
  served: Map<number, Served>,
  rows: RouterRows,
): void {
  const decoration = decorationOf(decorator)
  if (!decoration) return
  const { call, verb, router, definition } = decoration
  const isListed = verb === 'api_route' || verb === 'route'
  if (!VERBS.has(verb) && !isListed) return
  const path = argument(call, 0, 'path')
  if (!path || !isPath(file, path) || frameworkOf(file, router) !== 'fastapi') return
  if (wholeText(file, path) === undefined && !isNamedRouter(router)) return
  if (definition && definition.kind !== 'Function') return
  const methods = isListed ? methodsIn(file, keywordArgument(call, 'methods'), 'GET') : [verb.toUpperCase()]
  if (definition) {
    const known = served.get(definition.row) ?? { fn: definition, routes: [] }
    served.set(definition.row, known)
    known.routes.push({ call, path: wholeText(file, path) })
  }
  addRoute(file, router, methods, path, definition ? answererOf(definition) : { handler: '' }, rows)
}

/** Nothing, or with a slash in front; what cannot be read may be one. */
function isPath(file: SourceFile, node: SyntaxNode): boolean {
  if (!node.is('String', 'Template', 'Name', 'Member', 'Binary', 'Concatenation')) return false
  const text = wholeText(file, node)
  return text === undefined ? node.kind !== 'String' : text === '' || text.startsWith('/')
}

function addRoute(
  file: SourceFile,
  node: SyntaxNode,
  methods: readonly Method[],
  path: SyntaxNode,
  answerer: Answerer,
  rows: RouterRows,
): void {
  const router = holderOf(file, node)
  if (!router) return
  const text = wholeText(file, path)
  rows.route({ router, methods, path: text && parametersOf(text), ...answerer }, placeOf(path, node))
}

/** `app.router` is the application's own. */
function holderOf(file: SourceFile, router: SyntaxNode): Reference | undefined {
  const object = router.kind === 'Member' ? router.child('object')?.unwrapped : undefined
  const isInner = object && router.child('property')?.name === 'router' && isApplication(file, object)
  return routerReference(file, isInner ? object : router)
}

function isApplication(file: SourceFile, node: SyntaxNode): boolean {
  const value = file.value(node)
  if (value.kind === 'Call') return /^(FastAPI|Starlette)$/.test(calleeName(value))
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  return binding?.kind === 'parameter' && /^_?(app|application)$/.test(binding.name)
}

function readCall(file: SourceFile, call: SyntaxNode, rows: RouterRows): void {
  const router = receiver(call)?.unwrapped
  switch (calleeName(call)) {
    case 'include_router':
      return router && readInclude(file, call, router, rows)
    case 'mount':
      return router && readMount(file, call, router, rows)
    case 'add_api_route':
    case 'add_route':
      return router && readAdded(file, call, router, rows)
    default: {
      const row = handedOn(file, call)
      if (row) rows.handOn(row, call)
    }
  }
}

function readInclude(file: SourceFile, call: SyntaxNode, router: SyntaxNode, rows: RouterRows): void {
  const given = argument(call, 0, 'router')
  const parent = holderOf(file, router)
  if (!given || !parent) return
  const path = argument(call, 1, 'prefix')
  for (const it of eachOf(file, given)) {
    const child = routerReference(file, it)
    if (child) rows.mount({ parent, child, prefix: prefixIn(file, path) }, path ?? given)
  }
}

/** `app.mount("/static", StaticFiles(…))`, `app.mount("/v1", v1)` */
function readMount(file: SourceFile, call: SyntaxNode, router: SyntaxNode, rows: RouterRows): void {
  const path = argument(call, 0, 'path')
  const app = argument(call, 1, 'app')
  const parent = path && app && holderOf(file, router)
  if (!path || !app || !parent || !isPath(file, path) || frameworkOf(file, router) !== 'fastapi') return
  mountApplication(file, app, parent, prefixIn(file, path), path, rows)
}

function readAdded(file: SourceFile, call: SyntaxNode, router: SyntaxNode, rows: RouterRows): void {
  const path = argument(call, 0, 'path')
  const endpoint = argument(call, 1, 'endpoint') ?? argument(call, 1, 'route')
  if (!path || !endpoint || !isPath(file, path) || frameworkOf(file, router) !== 'fastapi') return
  const third = calleeName(call) === 'add_route' ? positional(call)[2] : undefined
  const given = keywordArgument(call, 'methods') ?? third
  const made = classNamed(file, endpoint)
  const methods = made && !given ? answeredMethods(file, made) : methodsIn(file, given, 'GET')
  const handler = endpoint.kind === 'Call' ? calleeName(endpoint) : (endpoint.text.split('.').at(-1) ?? '')
  addRoute(file, router, methods, path, { handler: /^\w+$/.test(handler) ? handler : '' }, rows)
}
