// NestJS modules as routers: `Users` is what the modules that it imports answer, `Users.controllers` what its own controllers
// do. Who mounts a module mounts both; a path that `RouterModule` gives to a module is for its controllers alone.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { joinPaths } from '../../path-pattern.ts'
import type { Reference } from '../../rows/names.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { referenceOf } from '../reference.ts'
import { pathsAt } from './colon-path.ts'

/** `@Module({ imports: [UsersModule, RouterModule.register(routes)], controllers: [HealthController] })` */
export function addModule(file: SourceFile, name: string, decorator: SyntaxNode, facts: FactWriter): void {
  const [given] = decorator.kind === 'Call' ? positional(decorator) : []
  const options = given && file.value(given)
  const parent: Reference = { module: '', names: [name] }
  facts.add('router', { name, prefix: '', framework: 'nestjs', isRoot: false }, decorator)
  const imports = elementsOf(file, property(options, 'imports'))
  const placed = imports.flatMap(it => [...placedModules(file, it)])
  for (const { child, prefix, at } of placed) mountControllers(parent, child, prefix, at, facts)
  const known = new Set(placed.map(it => keyOf(it.child)))
  for (const it of imports) {
    const child = moduleReference(file, it)
    if (!child) continue
    facts.add('mount', { parent, child, prefix: '' }, it)
    if (!known.has(keyOf(child))) mountControllers(parent, child, '', it, facts)
  }
  const controllers = elementsOf(file, property(options, 'controllers'))
  if (controllers.length > 0) addControllers(file, name, controllers, decorator, facts)
}

export function mountControllers(
  parent: Reference,
  { module, names }: Reference,
  prefix: RoutePath | undefined,
  at: SyntaxNode,
  facts: FactWriter,
): void {
  facts.add('mount', { parent, child: { module, names: [...names, 'controllers'] }, prefix }, at)
}

function addControllers(
  file: SourceFile,
  name: string,
  controllers: readonly SyntaxNode[],
  at: SyntaxNode,
  facts: FactWriter,
): void {
  const own: Reference = { module: '', names: [name, 'controllers'] }
  facts.add('router', { name: own.names.join('.'), prefix: '', framework: 'nestjs', isRoot: false }, at)
  for (const it of controllers) {
    const child = moduleReference(file, it)
    if (child) facts.add('mount', { parent: own, child, prefix: '' }, it)
  }
}

/** The elements of a list, and of lists that are spread into it. */
function elementsOf(file: SourceFile, node: SyntaxNode | undefined): SyntaxNode[] {
  const list = node && file.value(node)
  if (list?.kind !== 'List') return []
  return list.children('element').flatMap(it => {
    if (it.kind !== 'Spread') return [it]
    const inner = it.child('value') ?? it.firstChild
    return inner && inner.kind !== 'Spread' ? elementsOf(file, inner) : []
  })
}

/** `UsersModule`, `forwardRef(() => UsersModule)`, `UsersModule.forRoot()`, but not those of packages. */
function moduleReference(file: SourceFile, node: SyntaxNode): Reference | undefined {
  const it = node.unwrapped
  if (it.is('Name', 'TypeName')) return ofProject(referenceOf(file, it))
  if (it.kind !== 'Call') return undefined
  if (calleeName(it) === 'forwardRef') {
    const body = positional(it)[0]?.child('body')
    return body && body.kind !== 'Block' ? moduleReference(file, body) : undefined
  }
  const object = it.child('callee')?.child('object')
  return object?.kind === 'Name' ? ofProject(referenceOf(file, object)) : undefined
}

function ofProject(reference: Reference | undefined): Reference | undefined {
  return reference && /^@nestjs\//.test(reference.module) ? undefined : reference
}

interface Placed {
  readonly child: Reference
  readonly prefix: RoutePath | undefined
  readonly at: SyntaxNode
}

/** `RouterModule.register([{ path: 'admin', module: AdminModule, children: [UsersModule] }])` */
function* placedModules(file: SourceFile, node: SyntaxNode): Generator<Placed> {
  const call = node.unwrapped
  const object = call.kind === 'Call' ? call.child('callee')?.child('object') : undefined
  if (object?.name !== 'RouterModule') return
  const [routes] = positional(call)
  yield* placedIn(file, routes, '', 0)
}

/** Nobody nests their modules deeper than this. */
const DEPTH = 8

function* placedIn(
  file: SourceFile,
  routes: SyntaxNode | undefined,
  before: RoutePath | undefined,
  depth: number,
): Generator<Placed> {
  if (depth > DEPTH) return
  for (const it of elementsOf(file, routes)) {
    const route = file.value(it)
    const path = property(route, 'path')
    const own = path ? pathsAt(file, path)[0] : ''
    const prefix = own === undefined || before === undefined ? undefined : joinPaths(before, own)
    const module = route.kind === 'Dictionary' ? property(route, 'module') : it
    const child = module && moduleReference(file, module)
    if (child) yield { child, prefix: module === it ? before : prefix, at: it }
    yield* placedIn(file, property(route, 'children'), prefix, depth + 1)
  }
}

function keyOf({ module, names }: Reference): string {
  return `${module} ${names.join('.')}`
}
