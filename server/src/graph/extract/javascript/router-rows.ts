// What a file says of its routers themselves: prefix, whether they stand on their own, and under which name they are exported.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { assignedName } from '../reference.ts'
import { pathsAt } from './colon-path.ts'
import type { Use } from './router-likeness.ts'
import { functionNames, isReturned, unpeeled } from './script-router-names.ts'
import type { Router } from './script-routers.ts'

/** Nothing for a router of another file, which that file tells of. */
export function addRouterRow(file: SourceFile, router: Router, facts: FactWriter): void {
  const { reference, framework, at } = router
  if (reference.module !== '') return
  const name = reference.names.join('.')
  facts.add('router', { name, prefix: prefixOf(file, router), framework, isRoot: isRoot(file, router) }, at)
  const others = new Set([exportedBeside(file, router), ...giversOf(file, router)])
  for (const it of others)
    if (it !== undefined && it !== name) facts.add('alias', { name: it, of: reference }, at)
}

/** Functions that give back a router which is not theirs: `module.exports = () => router`, `getRouter() { return this.router }`. */
function* giversOf(file: SourceFile, { binding, reference }: Router): Generator<string> {
  if (binding?.isModuleLevel) for (const read of binding.reads()) yield* giverAround(file, read)
  if (binding || reference.names.length !== 2) return
  for (const name of file.root.named(reference.names[1]!, 'any')) {
    const member = name.role === 'property' ? name.parent : undefined
    if (member?.child('object')?.kind === 'This') yield* giverAround(file, member)
  }
}

function* giverAround(file: SourceFile, read: SyntaxNode): Generator<string> {
  const fn = read.closest('Function')
  const names = fn && isReturned(read) ? functionNames(file, fn) : undefined
  if (names && !names.includes('()')) yield names.join('.')
}

/** `new Router({ prefix: '/x' })`, `router.prefix('/x')`. */
function prefixOf(file: SourceFile, { origin, uses, taker }: Router): RoutePath | undefined {
  const call = uses.find(it => it.verb === 'prefix')?.call
  const said = origin?.prefix ?? (call && positional(call)[0]) ?? (taker && automaticPrefix(file))
  return said ? pathsAt(file, said)[0] : ''
}

/** `export const autoPrefix = '/x'`, which `@fastify/autoload` reads. */
function automaticPrefix(file: SourceFile): SyntaxNode | undefined {
  for (const name of file.root.named('autoPrefix')) {
    const value = name.parent?.kind === 'Declarator' ? name.parent.child('value') : undefined
    if (value) return value
  }
  return undefined
}

/** An application that nobody mounts; of those that other files may mount, one that is seen to listen. */
function isRoot(file: SourceFile, { origin, framework, binding, reference, uses }: Router): boolean {
  if (!origin?.isApplication) return false
  // `(app = new Koa()) => …` has it made where nobody brings one.
  if (framework === 'fastify' || binding?.kind === 'parameter') return true
  const reads = binding ? [...binding.reads()] : []
  if (reads.some(isMounted)) return false
  const isExported =
    reads.some(it => it.parent?.is('Export', 'ExportName', 'Return', 'Pair') || isGivenAway(it)) ||
    binding?.declaration.closest('Export', 'Block')?.kind === 'Export' ||
    (binding !== undefined && exportedBeside(file, { binding }) !== undefined) ||
    (binding === undefined && reference.names.length === 1)
  return !isExported || reads.some(isServed) || (framework === 'express' && uses.some(isForAll))
}

/** `exports.app = app`; what a class keeps for itself is not given to anybody. */
function isGivenAway(read: SyntaxNode): boolean {
  const { parent } = unpeeled(read)
  return parent?.kind === 'Assignment' && parent.child('target')?.child('object')?.kind !== 'This'
}

function isMounted(read: SyntaxNode): boolean {
  const call = read.role === 'argument' ? read.parent : undefined
  return call?.kind === 'Call' && /^(?:use|route|mount)$/.test(calleeName(call))
}

/** `app.use(express.json())`: what an application does for all that it mounts. */
function isForAll({ verb, call }: Use): boolean {
  const [first] = positional(call)
  if (verb !== 'use' || first?.kind !== 'Call') return false
  return /^(?:json|urlencoded|cors|helmet|morgan|bodyParser|koaBody|cookieParser|compression|session|logger)$/.test(
    calleeName(first),
  )
}

/** `app.listen(80)`, `app.set('view engine', …)`, `serve(app)`, `{ fetch: app.fetch }`. */
function isServed(read: SyntaxNode): boolean {
  const { parent } = read
  if (read.role === 'argument' && parent?.kind === 'Call')
    return /^(?:createServer|serve|handle|serverless|createSecureServer)$/.test(calleeName(parent))
  if (read.role !== 'object' || parent?.kind !== 'Member') return false
  return /^(?:listen|set|enable|disable|engine|fetch|fire|callback)$/.test(
    parent.child('property')?.name ?? '',
  )
}

/** `const app = module.exports = express()`, `module.exports = router.routes()`: names that no plain assignment gives. */
function exportedBeside(file: SourceFile, { binding }: Pick<Router, 'binding'>): string | undefined {
  if (!binding?.isModuleLevel) return undefined
  for (const write of binding.writes()) {
    const { parent } = write
    const value = parent?.kind === 'Declarator' ? parent.child('value')?.unwrapped : undefined
    if (value?.kind === 'Assignment') return assignedName(value)
  }
  if (!file.tree.names.includes('routes')) return undefined
  for (const read of binding.reads()) {
    const call = read.role === 'object' && read.parent?.role === 'callee' ? read.parent.parent : undefined
    if (call?.kind !== 'Call' || calleeName(call) !== 'routes') continue
    const { parent } = call
    if (parent?.kind === 'Export') return 'default'
    if (parent?.kind === 'Assignment') return assignedName(parent)
  }
  return undefined
}
