// NestJS applications: `NestFactory.create(AppModule)` with the prefix of all its routes.

import { calleeName, positional, property, receiver } from '../../../semantics/calls.ts'
import { parametersOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { referenceOf } from '../reference.ts'
import { pathsAt } from './colon-path.ts'
import { mountControllers } from './nestjs-modules.ts'
import { callGiven, functionNames, peeled } from './script-router-names.ts'

export function addApplications(file: SourceFile, facts: FactWriter): void {
  for (const call of file.root.descendants('Call')) {
    const [module] = positional(call)
    if (calleeName(call) !== 'create' || receiver(call)?.name !== 'NestFactory' || !module) continue
    const target = targetOf(call)
    const own: Reference = { module: '', names: [...around(file, call), target?.name ?? 'app'] }
    const prefix = versioned(file, globalPrefix(file, file.root))
    facts.add('router', { name: own.names.join('.'), prefix, framework: 'nestjs', isRoot: true }, call)
    addExcluded(file, facts)
    let parent = own
    for (const it of configurators(file, target)) {
      facts.add('mount', { parent, child: it, prefix: '' }, call)
      parent = it
    }
    const child = referenceOf(file, module)
    if (!child) continue
    facts.add('mount', { parent, child, prefix: '' }, call)
    mountControllers(parent, child, '', call, facts)
  }
  addConfigurators(file, facts)
}

/** What `app.setGlobalPrefix('api')` says; nothing where nobody says it. */
function globalPrefix(file: SourceFile, scope: SyntaxNode): RoutePath | undefined {
  for (const name of scope.named('setGlobalPrefix', 'any')) {
    const [path] = positional(callAround(name) ?? name)
    if (path) return pathsAt(file, path)[0]
  }
  return ''
}

/** Functions of other files that are given the application, `setupApp(app)`: they may give it a prefix. */
function* configurators(file: SourceFile, target: SyntaxNode | undefined): Generator<Reference> {
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  for (const read of binding?.reads() ?? []) {
    const call = callGiven(read)
    const callee = call?.kind === 'Call' ? call.child('callee') : undefined
    const reference = callee && referenceOf(file, callee)
    if (reference && /^(?:\.|@\/|~|#|src\/)/.test(reference.module)) yield reference
  }
}

function addConfigurators(file: SourceFile, facts: FactWriter): void {
  if (!/:\s*(?:INestApplication|Nest\w+Application)\b/.test(file.tree.text)) return
  for (const fn of file.root.children('statement').flatMap(it => functionAt(it) ?? [])) {
    if (!parametersOf(fn).some(it => /:\s*(?:INestApplication|Nest\w+Application)\b/.test(it.text))) continue
    const name = functionNames(file, fn).join('.')
    facts.add(
      'router',
      { name, prefix: globalPrefix(file, fn), framework: 'nestjs', isRoot: false },
      fn.child('name') ?? fn,
    )
    addExcluded(file, facts)
  }
}

/** The function that a statement declares. */
function functionAt(statement: SyntaxNode): SyntaxNode | undefined {
  const it =
    statement.kind === 'Export' ? (statement.child('definition') ?? statement.child('value')) : statement
  if (it?.kind === 'Function') return it
  const value = it?.kind === 'Declaration' ? it.child('definition')?.child('value') : undefined
  return value?.kind === 'Function' ? value : undefined
}

function around(file: SourceFile, call: SyntaxNode): string[] {
  const fn = call.closest('Function')
  return fn ? functionNames(file, fn) : []
}

/** `app` of `const app = await NestFactory.create(…)`. */
function targetOf(call: SyntaxNode): SyntaxNode | undefined {
  const holder = call.closest('Declarator', 'Assignment', 'Block')
  const value = holder?.child('value')
  return value && peeled(value).row === call.row ? holder!.child('target') : undefined
}

function callAround(property: SyntaxNode): SyntaxNode | undefined {
  const call =
    property.role === 'property' && property.parent?.role === 'callee' ? property.parent.parent : undefined
  return call?.kind === 'Call' ? call : undefined
}

/** `app.enableVersioning({ defaultVersion: '1' })` puts a version before what has none of its own. */
function versioned(file: SourceFile, prefix: RoutePath | undefined): RoutePath | undefined {
  for (const name of file.root.named('enableVersioning', 'any')) {
    const [options] = positional(callAround(name) ?? name)
    const version = property(options && file.value(options), 'defaultVersion')
    const type = property(options && file.value(options), 'type')?.text ?? 'URI'
    const value = version && file.constant(version)
    if (prefix !== undefined && value?.kind === 'string' && /URI/.test(type))
      return `${prefix.replace(/\/$/, '')}/v${value.value}`
  }
  return prefix
}

/** `{ exclude: ['health', { path: 'metrics', method: RequestMethod.GET }] }`: routes that stand outside of the prefix. */
function addExcluded(file: SourceFile, facts: FactWriter): void {
  const [name] = file.root.named('setGlobalPrefix', 'any')
  const call = name && callAround(name)
  const options = call && positional(call)[1]
  const list = property(options && file.value(options), 'exclude')
  const value = list && file.value(list)
  for (const it of value?.kind === 'List' ? value.children('element') : []) {
    const path = it.kind === 'Dictionary' ? property(it, 'path') : it
    const method = /RequestMethod\.([A-Z]+)$/.exec(property(it, 'method')?.text ?? '')?.[1]
    const methods: Method[] = [method && method !== 'ALL' ? method : '*']
    for (const whole of path ? pathsAt(file, path) : []) {
      if (whole === undefined || whole.includes('*')) continue
      facts.add(
        'route',
        {
          router: undefined,
          methods,
          path: whole,
          handler: '',
          framework: 'nestjs',
        },
        it,
      )
    }
  }
}
