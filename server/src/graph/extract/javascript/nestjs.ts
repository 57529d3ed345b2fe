// Routes of NestJS, and of others whose controllers are classes with decorators. The modules say what stands below what:
// the application mounts its root module, a module those that it imports, and its controllers.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { joinPaths } from '../../path-pattern.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework, Method, RoutePath } from '../../rows/routes.ts'
import { pathsAt } from './colon-path.ts'
import { addApplications } from './nestjs-application.ts'
import { addNestHandler } from './nestjs-handlers.ts'
import { addModule } from './nestjs-modules.ts'

export function extractNestJs(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (/@(?:\w*Controller|Module)\b/i.test(text) || /@(?:Get|Post|Put|Patch|Delete|All)\(/.test(text)) {
    for (const node of file.root.descendants('Class')) addClass(file, node, facts)
  }
  if (text.includes('@nestjs/')) addApplications(file, facts)
}

function addClass(file: SourceFile, node: SyntaxNode, facts: FactWriter): void {
  const name = node.child('name')?.name ?? 'default'
  const decorators = decoratorsOf(node)
  const module = decorators.find(it => calleeName(it) === 'Module')
  if (module) addModule(file, name, module, facts)
  const controller = decorators.find(it => CONTROLLER.test(calleeName(it)))
  const framework = frameworkOf(file, controller)
  const routes = [...routesIn(file, node)]
  if (!controller && !routes.some(it => it.isKnown)) return
  const router: Reference = { module: '', names: [name] }
  // Several paths of one controller are told with its routes: a router has one prefix.
  const prefixes = controller ? prefixesOf(file, controller) : ['']
  const [only, ...others] = prefixes
  const prefix = others.length > 0 ? '' : only
  facts.add('router', { name, prefix, framework, isRoot: false }, controller ?? node.child('name') ?? node)
  const read = new Set<string>()
  for (const { methods, path, handler, method, decorators, at } of routes) {
    const answeredBy: Reference = { module: '', names: [name, handler] }
    if (!read.has(handler)) addNestHandler(file, `${name}.${handler}`, method, decorators, facts)
    read.add(handler)
    for (const before of others.length > 0 ? prefixes : ['']) {
      const whole = path === undefined || before === undefined ? undefined : joinPaths(before, path)
      facts.add('route', { router, methods, path: whole, handler, answeredBy, framework }, at)
    }
  }
}

const CONTROLLER = /^(?:[A-Z]\w*)?Controller$|^controller$/

const METHODS: ReadonlyMap<string, Method> = new Map([
  ...['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'Search'].map(
    it => [it, it.toUpperCase()] as const,
  ),
  ...['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head'].map(it => [`http${it}`, it.toUpperCase()] as const),
  ['All', '*'],
  ['Sse', 'GET'],
])

interface Found {
  readonly methods: readonly Method[]
  readonly path: RoutePath | undefined
  readonly handler: string
  readonly method: SyntaxNode
  /** The calls before the method. */
  readonly decorators: readonly SyntaxNode[]
  readonly at: SyntaxNode
  /** The decorator is that of a framework, not only called like it. */
  readonly isKnown: boolean
}

/** `@Get(':id') find() {}`; decorators stand before what they decorate. */
function* routesIn(file: SourceFile, node: SyntaxNode): Generator<Found> {
  let before: SyntaxNode[] = []
  for (const member of node.children('member')) {
    if (member.kind === 'Decorator') {
      before.push(member)
      continue
    }
    const calls = [...before, ...member.children('decorator')].flatMap(it => it.child('value') ?? [])
    before = []
    for (const call of calls) yield* routesOfDecorator(file, call, calls, member)
  }
}

function* routesOfDecorator(
  file: SourceFile,
  call: SyntaxNode,
  decorators: readonly SyntaxNode[],
  method: SyntaxNode,
): Generator<Found> {
  const verb = METHODS.get(calleeName(call))
  if (!verb || call.kind !== 'Call') return
  const isKnown = KNOWN.test(moduleOf(file, call))
  const [path] = positional(call)
  const version = versionAt(file, decorators.find(it => calleeName(it) === 'Version')?.child('argument'))
  for (const it of path ? pathsAt(file, path) : [''])
    yield {
      methods: [verb],
      path: it === undefined ? undefined : version + it,
      handler: method.child('name')?.name ?? '',
      ...{ method, decorators, at: path ?? call, isKnown },
    }
}

const KNOWN =
  /^(?:@nestjs\/common|routing-controllers|inversify-express-utils|@overnightjs\/core|@tsed\/schema)/

function moduleOf(file: SourceFile, call: SyntaxNode): string {
  const callee = call.child('callee')
  return callee ? file.qualifiedName(callee) : ''
}

function frameworkOf(file: SourceFile, controller: SyntaxNode | undefined): Framework {
  const module = controller ? moduleOf(file, controller) : '@nestjs/'
  return module.startsWith('@nestjs/') ? 'nestjs' : 'express'
}

/** `@Controller('users')`, `@Controller(['a', 'b'])`, `@Controller({ path: 'users', version: '1' })`. */
function prefixesOf(file: SourceFile, controller: SyntaxNode): (RoutePath | undefined)[] {
  const [given] = controller.kind === 'Call' ? positional(controller) : []
  if (!given) return ['']
  const options = file.value(given)
  if (options.kind !== 'Dictionary') return pathsAt(file, given)
  const path = property(options, 'path')
  const version = versionAt(file, property(options, 'version'))
  return (path ? pathsAt(file, path) : ['']).map(it =>
    it === undefined ? undefined : version === '' ? it : version + it,
  )
}

/** `/v1`: by default versions stand in the path. Those of a list, and neutral ones, are left out. */
function versionAt(file: SourceFile, node: SyntaxNode | undefined): string {
  const value = node && file.constant(node)
  return value?.kind === 'string' || value?.kind === 'number' ? `/v${value.value}` : ''
}

/** The calls that decorate a class; of an exported one they stand before `export`. */
function decoratorsOf(node: SyntaxNode): SyntaxNode[] {
  const exported = node.parent?.kind === 'Export' ? node.parent.children('decorator') : []
  return [...exported, ...node.children('decorator')].flatMap(it => it.child('value') ?? [])
}
