// Routes of Flask and Quart: decorators, blueprints, `add_url_rule`, and the routers of flask-restful, flask-restx and flask-smorest.

import { argument, calleeName, keywordArgument, positional, receiver } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { answeredMethods, methodsOf, superclassesOf } from './classes.ts'
import { answererOf } from './fastapi-handlers.ts'
import { addFlaskHandler } from './flask-handlers.ts'
import { addResource, addResourceClasses, ruleIn, ruleOf, viewOf } from './flask-resources.ts'
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

export function extractFlask(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'python' || !MAY_HOLD_ROUTES.test(file.tree.text)) return
  const rows = new RouterRows(facts, 'flask')
  for (const it of file.root.descendants('Assignment')) readRouter(file, it, rows)
  const served = new Set<number>()
  const views = new Map<number, SyntaxNode>()
  for (const it of file.root.descendants('Decorator')) {
    const view = readDecorator(file, it, served, rows)
    if (view) views.set(view.row, view)
  }
  for (const it of file.root.descendants('Call')) readCall(file, it, served, rows)
  addResourceClasses(file, served, rows)
  for (const { row, at } of givenBack(file)) rows.giveBack(row, at)
  rows.write()
  if (file.isTest) return
  for (const it of viewMethods(file)) views.set(it.row, it)
  for (const it of views.values()) addFlaskHandler(file, it, facts)
}

/** The methods of resources and view classes. */
function* viewMethods(file: SourceFile): Generator<SyntaxNode> {
  if (!/Resource\b|MethodView\b/.test(file.tree.text)) return
  for (const node of file.root.descendants('Class')) {
    if (!superclassesOf(node).some(it => /(Resource|View)$/.test(it.text))) continue
    for (const { name, fn } of methodsOf(node)) if (VERBS.has(name)) yield fn
  }
}

/** Files that only put routes on somebody else's router may not name the framework. */
const MAY_HOLD_ROUTES =
  /\bflask|\bquart\b|Blueprint|(Resource|MethodView)\)|\.(register_blueprint|add_url_rule|add_\w*resource)\(|@[\w.]*(app|api|bp|blueprint|router?s?)\.route\(/

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete'])
const APPLICATION = /^(Flask|Quart|APIFlask|OpenAPI)$/
const LIBRARY = /^(flask|quart|flask_\w+|apiflask|dash)\./

function readRouter(file: SourceFile, assignment: SyntaxNode, rows: RouterRows): void {
  const target = assignment.child('target')
  const call = assignment.child('value')?.unwrapped
  const making = call?.kind === 'Call' ? makingOf(file, call) : undefined
  if (!target?.is('Name', 'Member') || !call || !making) return
  const { name, superclass, qualified } = making
  const isRoot = APPLICATION.test(name) || /\b(Flask|Quart)$/.test(superclass)
  const isApi = /(Api|API|ApiExt)$/.test(name) || /\bApi$/.test(superclass)
  const isNamespace = name === 'Namespace' && !/^(argparse|socketio|flask_socketio)\./.test(qualified)
  if (!isRoot && !isApi && !isNamespace && !/Blueprint$/.test(name)) return
  const reference = routerReference(file, target)
  if (!reference) return
  const isSure = !isApi || LIBRARY.test(qualified) || superclass !== ''
  rows.declare({
    reference,
    prefix: ownPrefix(file, call, isNamespace),
    isRoot,
    isSure: isSure && !isNamespace,
    at: call,
  })
  if (isRoot && !file.isTest) addStatic(file, call, reference, rows)
  const around = isApi ? (argument(call, 0, 'app') ?? keywordArgument(call, 'blueprint')) : undefined
  const parent = around?.is('Name', 'Member') ? routerReference(file, around) : undefined
  if (parent) rows.mount({ parent, child: reference, prefix: '' }, call)
}

/** A namespace has its name for a path, but whoever adds it mostly says another: so it is read there. */
function ownPrefix(file: SourceFile, call: SyntaxNode, isNamespace: boolean): RoutePath | undefined {
  const given = keywordArgument(call, isNamespace ? 'path' : 'url_prefix') ?? keywordArgument(call, 'prefix')
  const prefix = prefixIn(file, given)
  return prefix === undefined ? undefined : ruleOf(prefix)
}

/** The files that every application serves. */
function addStatic(file: SourceFile, call: SyntaxNode, router: Reference, rows: RouterRows): void {
  const folder = keywordArgument(call, 'static_folder')
  const url = keywordArgument(call, 'static_url_path')
  if (folder?.kind === 'Null') return
  const name = folder ? wholeText(file, folder)?.split('/').at(-1) : 'static'
  const base = url ? prefixIn(file, url) : name && `/${name}`
  if (base === undefined) return
  rows.route({ router, methods: ['GET'], path: `${base}/{filename*}`, handler: 'static' }, call)
}

/** `@bp.route("/users/<int:id>", methods=["GET"])`, also over a class of flask-restx. */
function readDecorator(
  file: SourceFile,
  decorator: SyntaxNode,
  served: Set<number>,
  rows: RouterRows,
): SyntaxNode | undefined {
  const decoration = decorationOf(decorator)
  if (!decoration) return undefined
  const { call, verb, router: node, definition } = decoration
  if (verb !== 'route' && !VERBS.has(verb)) return undefined
  const paths = pathsOf(file, call, definition?.kind === 'Class')
  if (
    paths.length === 0 ||
    (!isNamedRouter(node) && paths.some(it => ruleIn(file, it) === undefined)) ||
    frameworkOf(file, node, verb) !== 'flask'
  )
    return undefined
  const router = routerReference(file, node)
  if (!router) return undefined
  const answerer = definition ? answererOf(definition) : { handler: '' }
  const given = keywordArgument(call, 'methods')
  let methods: readonly Method[] = verb === 'route' ? methodsIn(file, given, 'GET') : [verb.toUpperCase()]
  if (definition?.kind === 'Class') {
    methods = answeredMethods(file, definition)
    served.add(definition.row)
  }
  for (const it of paths)
    rows.route({ router, methods, path: ruleIn(file, it), ...answerer }, placeOf(it, call))
  return definition?.kind === 'Function' ? definition : undefined
}

/** Paths begin with a slash, or are empty; what cannot be read may be one. */
function pathsOf(file: SourceFile, call: SyntaxNode, isClass: boolean): SyntaxNode[] {
  const named = keywordArgument(call, 'rule')
  const given = named ? [named] : isClass ? positional(call) : positional(call).slice(0, 1)
  return given.filter(it => {
    const rule = ruleIn(file, it)
    return rule === undefined
      ? it.is('Template', 'Name', 'Member', 'Binary', 'Call')
      : rule === '' || rule.startsWith('/')
  })
}

function readCall(file: SourceFile, call: SyntaxNode, served: Set<number>, rows: RouterRows): void {
  const node = receiver(call)?.unwrapped
  const name = calleeName(call)
  if (node && name === 'register_blueprint') return readBlueprint(file, call, node, rows)
  if (node && name === 'add_namespace') return readNamespace(file, call, node, rows)
  if (node && name === 'add_url_rule') return readRule(file, call, node, served, rows)
  if (node && /^add_(\w+_)?resource$/.test(name)) return addResource(file, call, node, served, rows)
  if (node && name === 'init_app' && /api$/i.test(node.name || calleeName(node.parent!))) {
    const [app] = positional(call)
    const parent = app?.is('Name', 'Member') ? routerReference(file, app) : undefined
    const child = routerReference(file, node)
    if (parent && child) rows.mount({ parent, child, prefix: '' }, call)
    return
  }
  const row = SAYS_FLASK.test(file.tree.text) ? handedOn(file, call) : undefined
  if (row) rows.handOn(row, call)
}

const SAYS_FLASK = /\bflask|\bquart\b|Blueprint/i

/** What is said here takes the place of the blueprint's own prefix. */
function readBlueprint(file: SourceFile, call: SyntaxNode, node: SyntaxNode, rows: RouterRows): void {
  const parent = routerReference(file, node)
  const given = argument(call, 0, 'blueprint')
  if (!parent || !given) return
  const path = keywordArgument(call, 'url_prefix')
  const prefix = prefixIn(file, path)
  for (const it of eachOf(file, given)) {
    const child = routerReference(file, it)
    if (!child) continue
    if (path && path.kind !== 'Null') rows.withoutPrefix(child)
    rows.mount({ parent, child, prefix: prefix && ruleOf(prefix) }, path ?? given)
  }
}

/** Without a path of its own, a namespace goes by its name. */
function readNamespace(file: SourceFile, call: SyntaxNode, node: SyntaxNode, rows: RouterRows): void {
  const parent = routerReference(file, node)
  const given = argument(call, 0, 'ns')
  const child = given && routerReference(file, given)
  if (!parent || !given || !child) return
  const path = argument(call, 1, 'path')
  if (path) rows.withoutPrefix(child)
  const prefix = path ? prefixIn(file, path) : namespacePath(file, given)
  rows.mount({ parent, child, prefix: prefix && ruleOf(prefix) }, path ?? given)
}

function namespacePath(file: SourceFile, node: SyntaxNode): RoutePath | undefined {
  const made = file.value(node)
  if (made.kind !== 'Call') return undefined
  if (keywordArgument(made, 'path')) return ''
  const name = argument(made, 0, 'name')
  const text = name && wholeText(file, name)
  return text && `/${text}`
}

/** `app.add_url_rule("/users", view_func=Users.as_view("users"))` */
function readRule(
  file: SourceFile,
  call: SyntaxNode,
  node: SyntaxNode,
  served: Set<number>,
  rows: RouterRows,
): void {
  const rule = argument(call, 0, 'rule')
  const router = routerReference(file, node)
  if (!rule || !router) return
  const path = ruleIn(file, rule)
  if (path !== undefined && !path.startsWith('/') && path !== '') return
  const view = argument(call, 2, 'view_func')
  const given = keywordArgument(call, 'methods')
  const { methods, handler, isClass } = viewOf(file, view, served)
  const said = given ? methodsIn(file, given, 'GET') : isClass ? methods : ['GET']
  rows.route({ router, methods: said, path, handler }, placeOf(rule, call))
}
