// The thing that a call is made on, whatever stands between: `app` for `app.use(x).route('/y')`, and by which name others
// know it.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import { referenceOfBinding } from '../reference.ts'
import { VERBS } from './router-likeness.ts'
import { functionNames, functionTaking, isReturned, peeled, unpeeled } from './script-router-names.ts'

/** The same key for the same thing. */
export interface Subject {
  readonly key: string
  /** The name, the member or the call that makes it. */
  readonly base: SyntaxNode
  readonly binding: Binding | undefined
  /** The path of `router.route('/x')` on the way. */
  readonly route: SyntaxNode | undefined
}

/** Methods of routers that add no route by themselves. */
export const OTHER_CALLS = ['use', 'route', 'on', 'openapi', 'mount', 'register', 'prefix', 'basePath']
/** What is called on routers and gives back the router. */
export const CHAINED: ReadonlySet<string> = new Set([
  ...VERBS.keys(),
  ...OTHER_CALLS,
  'withTypeProvider',
  'param',
  'notFound',
  'onError',
  'after',
])

/** What a chain of calls is made on: `app` for `app.use(x).route('/y')`, and the variable that `new Hono()` is given to. */
export function subjectOf(file: SourceFile, node: SyntaxNode): Subject | undefined {
  let it = peeled(node)
  let route: SyntaxNode | undefined
  for (let steps = 0; steps < 400; steps++) {
    const value = it.kind === 'Name' ? routeMadeBefore(file, it) : undefined
    if (value) it = value
    const object =
      it.kind === 'Call' && CHAINED.has(calleeName(it)) ? it.child('callee')?.child('object') : undefined
    if (!object) break
    const args = positional(it)
    if (calleeName(it) === 'route' && args.length === 1) route ??= args[0]
    it = peeled(object)
  }
  if (it.is('New', 'Call')) {
    const holder = holderOf(it)
    if (!holder) return { key: `c${it.row}`, base: it, binding: undefined, route }
    it = holder
  }
  if (it.kind === 'Name') {
    const binding = file.binding(it)
    return { key: binding ? `b${binding.id}` : `g${it.name}`, base: it, binding, route }
  }
  const key = it.is('Member', 'PropertyName') ? memberKey(file, it) : undefined
  return key === undefined ? undefined : { key, base: it, binding: undefined, route }
}

/** `router.route('/x')` behind `const x = router.route('/x')`, and what only has another type than the router. */
function routeMadeBefore(file: SourceFile, name: SyntaxNode): SyntaxNode | undefined {
  const value = file.binding(name)?.onlyValue
  const call = value && peeled(value)
  if (call?.kind !== 'Call' || call.child('callee')?.kind !== 'Member') return undefined
  if (calleeName(call) === 'withTypeProvider') return call
  return calleeName(call) === 'route' && positional(call).length === 1 ? call : undefined
}

/** The variable or member that what is made here, and the chain of calls on it, is given to. */
function holderOf(made: SyntaxNode): SyntaxNode | undefined {
  let it = unpeeled(made)
  while (it.role === 'object' && it.parent?.role === 'callee' && it.parent.parent?.kind === 'Call') {
    if (!CHAINED.has(it.parent.child('property')?.name ?? '')) return undefined
    it = unpeeled(it.parent.parent)
  }
  let exported: SyntaxNode | undefined
  for (let { parent } = it; it.role === 'value' && parent; parent = it.parent) {
    if (parent.kind === 'Field') return parent.child('name')
    const target = parent.is('Declarator', 'Assignment', 'Parameter') ? parent.child('target') : undefined
    if (target?.kind === 'Name') return target
    if (target?.kind === 'Member') exported ??= target
    if (parent.kind !== 'Assignment') break
    it = unpeeled(parent)
  }
  return exported
}

/** The same for the same member of the same thing. */
function memberKey(file: SourceFile, member: SyntaxNode): string | undefined {
  if (member.kind === 'PropertyName') return `t${member.closest('Class')?.row ?? -1}.${member.name}`
  const exported = exportedMember(member)
  if (exported !== undefined) return `e.${exported}`
  const object = member.child('object')?.unwrapped
  const name = member.child('property')?.name
  if (!object || !name) return undefined
  if (object.kind === 'This') return `t${member.closest('Class')?.row ?? -1}.${name}`
  if (object.kind === 'Member') {
    const key = memberKey(file, object)
    return key && `${key}.${name}`
  }
  const binding = object.kind === 'Name' ? file.binding(object) : undefined
  return binding && `m${binding.id}.${name}`
}

/** `module.exports`, `exports.router` */
function exportedMember(member: SyntaxNode): string | undefined {
  const match = /^(?:module\.exports|exports)(?:\.(\w+))?$/.exec(member.text)
  return match ? (match[1] ?? 'default') : undefined
}

/** The function that is given this router: `app` and `args.app` are parameters both. */
export function takerOf(file: SourceFile, { base, binding }: Subject): SyntaxNode | undefined {
  if (binding) return functionTaking(file, binding)
  let head = base
  while (head.kind === 'Member') head = head.child('object')?.unwrapped ?? file.root
  const holder = base.kind === 'Member' && head.kind === 'Name' ? file.binding(head) : undefined
  return holder && functionTaking(file, holder)
}

export function referenceFor(
  file: SourceFile,
  { base, binding }: Subject,
  taker: SyntaxNode | undefined,
  isMade: boolean,
): Reference {
  if (taker) return { module: '', names: functionNames(file, taker) }
  if (binding) {
    const reference = isMade && binding.kind !== 'import' ? undefined : referenceOfBinding(file, binding)
    if (reference) return reference
    if (binding.isModuleLevel) return { module: '', names: [binding.name] }
    const fn = binding.declaration.closest('Function')
    if (!fn) return { module: '', names: [binding.name] }
    const isResult = [...binding.reads()].some(it => it.closest('Function')?.row === fn.row && isReturned(it))
    return {
      module: '',
      names: isResult ? functionNames(file, fn) : [...functionNames(file, fn), binding.name],
    }
  }
  if (base.is('Member', 'PropertyName')) return memberReference(file, base)
  return { module: '', names: inlineNames(file, base) }
}

function memberReference(file: SourceFile, member: SyntaxNode): Reference {
  const exported = exportedMember(member)
  if (exported !== undefined) return { module: '', names: [exported] }
  const names: string[] = []
  let it = member
  while (it.kind === 'Member') {
    names.unshift(it.child('property')?.name ?? '')
    it = it.child('object')?.unwrapped ?? file.root
  }
  if (it.kind === 'PropertyName') names.push(it.name)
  const owner = it.closest('Class')
  if (it.is('This', 'PropertyName') && owner)
    return { module: '', names: [owner.child('name')?.name ?? 'default', ...names] }
  const binding = it.kind === 'Name' ? file.binding(it) : undefined
  return (
    (binding && referenceOfBinding(file, binding, names)) ?? {
      module: '',
      names: [it.name || 'this', ...names],
    }
  )
}

/** What is made in passing: `export default new Hono()`, `return express.Router()`, `app.use('/x', Router().get(…))`. */
function inlineNames(file: SourceFile, made: SyntaxNode): string[] {
  const fn = made.closest('Function')
  if (fn && isReturned(made)) return functionNames(file, fn)
  const isExported = made.closest('Export', 'Declarator', 'Block')?.kind === 'Export'
  return isExported ? ['default'] : [...(fn ? functionNames(file, fn) : []), '()']
}
