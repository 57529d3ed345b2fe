// Classes that answer requests in Flask: flask-restful's resources, and views whose methods are named after those of HTTP.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { answeredMethods, classNamed, lineage, methodsOf, superclassesOf } from './classes.ts'
import type { RouterRows } from './router-rows.ts'
import { isOwn, placeOf, routerReference, wholeText } from './routers.ts'

/** `api.add_resource(Users, "/users", "/people")`. A class of another file is a router there, whose own path is empty. */
export function addResource(
  file: SourceFile,
  call: SyntaxNode,
  node: SyntaxNode,
  served: Set<number>,
  rows: RouterRows,
): void {
  const [resource, ...urls] = positional(call)
  const router = routerReference(file, node)
  if (!resource || !router) return
  const made = classNamed(file, resource)
  const child = made ? undefined : routerReference(file, resource)
  if (!made && child?.names.length === 0) return
  for (const url of urls) {
    const path = ruleIn(file, url)
    if (path === undefined || !(path === '' || path.startsWith('/'))) continue
    const at = placeOf(url, call)
    if (made) {
      const methods = answeredMethods(file, made)
      rows.route({ router, methods, path, handler: made.child('name')?.name ?? '' }, at)
      served.add(made.row)
    } else if (child) rows.mount({ parent: router, child, prefix: path }, at)
  }
}

/** A path as it is written, also for a function of the project that puts something before it: `scoped("/users")`. */
export function ruleIn(file: SourceFile, node: SyntaxNode): RoutePath | undefined {
  const text = wholeText(file, node)
  if (text !== undefined) return ruleOf(text)
  if (node.kind !== 'Call') return undefined
  const inner = positional(node).map(it => (it.is('String', 'Name') ? wholeText(file, it) : undefined))
  const path = inner.find(it => it?.startsWith('/'))
  return path === undefined ? undefined : ruleOf(path)
}

/** `<int:id>` → `{id}`, `<path:rest>` → `{rest*}` */
export function ruleOf(text: string): RoutePath {
  return text.replace(
    /<(?:([A-Za-z_]\w*)(?:\([^()]*\))?:)?(\w+)>/g,
    (_, converter: string | undefined, name: string) => (converter === 'path' ? `{${name}*}` : `{${name}}`),
  )
}

interface View {
  readonly methods: readonly Method[]
  readonly handler: string
  readonly isClass: boolean
}

/** `list_users`, `Users.as_view("users")`, `login_required(Users.as_view("users"))` */
export function viewOf(file: SourceFile, given: SyntaxNode | undefined, served: Set<number>): View {
  const node = given && file.value(given)
  const call = node?.kind === 'Call' ? asView(node) : undefined
  const owner = call?.child('callee')?.child('object')?.unwrapped
  if (!owner) {
    const handler = given?.is('Name', 'Member') ? (given.text.split('.').at(-1) ?? '') : ''
    return { methods: ['*'], handler, isClass: false }
  }
  const made = classNamed(file, owner)
  if (made) served.add(made.row)
  const methods = made ? answeredMethods(file, made) : ['*']
  return { methods, handler: owner.text.split('.').at(-1) ?? '', isClass: true }
}

function asView(call: SyntaxNode): SyntaxNode | undefined {
  if (calleeName(call) === 'as_view') return call
  for (const it of call.descendants('Call')) if (calleeName(it) === 'as_view') return it
  return undefined
}

const BASE = /(Resource|MethodView)$/

/** Classes that other files give a path. */
export function addResourceClasses(file: SourceFile, served: ReadonlySet<number>, rows: RouterRows): void {
  if (!/Resource\b|MethodView\b/.test(file.tree.text)) return
  for (const node of file.root.descendants('Class')) {
    const name = node.child('name')?.name
    if (!name || served.has(node.row) || node.closest('Function', 'Class')) continue
    const superclasses = lineage(file, node).flatMap(it => superclassesOf(it))
    if (superclasses.some(it => BASE.test(it.text) && !isForeign(file, it))) addClass(file, node, name, rows)
  }
}

/** Other things are called resources, too. */
function isForeign(file: SourceFile, node: SyntaxNode): boolean {
  return /^(import_export|tastypie|boto3|aiobotocore|locust|pulumi\w*|opentelemetry)\b/.test(
    file.qualifiedName(node),
  )
}

function addClass(file: SourceFile, node: SyntaxNode, name: string, rows: RouterRows): void {
  const router: Reference = { module: '', names: [name] }
  rows.declare({ reference: router, prefix: '', isRoot: false, isSure: true, at: node.child('name') ?? node })
  const seen = new Set<string>()
  for (const it of lineage(file, node)) {
    for (const method of methodsOf(it)) {
      if (!/^(get|post|put|patch|delete)$/.test(method.name) || seen.has(method.name)) continue
      seen.add(method.name)
      const handler = `${it.child('name')?.name ?? name}.${method.name}`
      const at = method.fn.child('name') ?? method.fn
      rows.route({ router, methods: [method.name.toUpperCase()], path: '', handler }, at)
    }
    for (const superclass of superclassesOf(it)) {
      const child = BASE.test(superclass.text) ? routerReference(file, superclass) : undefined
      if (child && child.module !== '' && isOwn(file, child))
        rows.mount({ parent: router, child, prefix: '' }, superclass)
    }
  }
}
