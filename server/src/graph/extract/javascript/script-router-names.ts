// By which name other files reach what holds routes in this one: a variable, a member of a class, or the function that takes
// or builds it.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import { assignedName, exportedNameOf, referenceOf } from '../reference.ts'

/** What says nothing about the value inside: `await x`, `x as T`, `module.exports = x`. */
export function peeled(node: SyntaxNode): SyntaxNode {
  let it = node.unwrapped
  while (it.is('Cast', 'NonNull', 'Await', 'Assignment')) {
    const inner = it.child('value')
    if (!inner) return it
    it = inner.unwrapped
  }
  return it
}

/** The whole that a value is the same as: the other way round than `peeled`. */
export function unpeeled(node: SyntaxNode): SyntaxNode {
  let it = node
  for (let { parent } = it; parent; parent = it.parent) {
    const isSame =
      parent.kind === 'Parenthesized' || (parent.is('Cast', 'NonNull', 'Await') && it.role === 'value')
    if (!isSame) return it
    it = parent
  }
  return it
}

/**
 * The names of a function as others write them: `['default']`, `['Users', 'register']`. A function in a function goes by the
 * names of both; one without a name by `()`.
 */
export function functionNames(file: SourceFile, fn: SyntaxNode): string[] {
  const outer = fn.closest('Function')
  const holder = holderOf(fn)
  if (holder?.kind === 'Assignment') {
    const target = outermost(holder).child('target')
    const names = target?.kind === 'Member' ? assignedNames(file, target) : undefined
    if (names) return names
  }
  // `export const users = (db) => async app => {}`: who calls the outer one has the inner one.
  if (outer && (holder?.kind === 'Return' || holder?.row === outer.row)) return functionNames(file, outer)
  const known = outer ? undefined : (exportedNameOf(fn) ?? nameGivenBy(holder))
  if (known !== undefined) return withoutDefault(known.split('.'))
  const own = fn.child('name')?.name ?? nameGivenBy(holder) ?? '()'
  return outer ? [...functionNames(file, outer), own] : [own]
}

/** `module.exports`, `exports.x`, `Auth.reload` where `Auth` is what the module exports, `routes.users`. */
function assignedNames(file: SourceFile, target: SyntaxNode): string[] | undefined {
  const names: string[] = []
  let it = target
  while (it.kind === 'Member') {
    const name = it.child('property')?.name ?? ''
    if (name !== 'prototype') names.unshift(name)
    it = it.child('object')?.unwrapped ?? file.root
  }
  if (it.kind === 'This') return undefined
  const text = target.text
  if (/^(?:module\.)?exports\b/.test(text))
    return exportedNames(text.startsWith('module') ? names.slice(1) : names)
  const binding = it.kind === 'Name' ? file.binding(it) : undefined
  if (!binding?.isModuleLevel) return undefined
  const value = binding.onlyValue?.unwrapped.text
  return value === 'module.exports' || value === 'exports' ? names : [it.name, ...names]
}

function exportedNames(names: string[]): string[] {
  return names.length === 0 ? ['default'] : withoutDefault(names)
}

/** What gives a function its name; calls that wrap it, as in `export default fp(async app => {})`, are looked through. */
function holderOf(fn: SyntaxNode): SyntaxNode | undefined {
  let it = unpeeled(fn)
  while (it.role === 'argument' && it.parent?.is('Call', 'New')) it = unpeeled(it.parent)
  return it.parent
}

function nameGivenBy(holder: SyntaxNode | undefined): string | undefined {
  if (holder?.is('Declarator', 'Assignment')) return assignedName(outermost(holder))
  if (holder?.kind === 'Pair') return holder.child('key')?.name || undefined
  return holder?.kind === 'Export' ? 'default' : undefined
}

/** `exports = module.exports = …`: the one that says most stands outside, or next to it. */
function outermost(assignment: SyntaxNode): SyntaxNode {
  let it = assignment
  while (it.parent?.kind === 'Assignment' && assignedName(it) === undefined) it = it.parent
  return it
}

/** `module.exports = { init() {} }` is `init` to some and `default.init` to others; the graph knows that. */
function withoutDefault(names: string[]): string[] {
  return names.length > 1 && names[0] === 'default' ? names.slice(1) : names
}

/** The function whose parameter this is, or a part of one: `const { app } = options` takes it apart later. */
export function functionTaking(file: SourceFile, binding: Binding): SyntaxNode | undefined {
  const { declaration } = binding
  if (binding.kind === 'parameter') return declaration.closest('Function')
  const pattern = declaration.closest('ObjectPattern', 'ListPattern', 'Declarator')
  const declarator = pattern?.is('ObjectPattern', 'ListPattern') ? pattern.parent : undefined
  const value = declarator?.kind === 'Declarator' ? declarator.child('value')?.unwrapped : undefined
  const whole = value?.kind === 'Name' ? file.binding(value) : undefined
  return whole?.kind === 'parameter' ? whole.declaration.closest('Function') : undefined
}

/** What is called, or made with `new`, by its name for the graph; `functionOf` finds functions of this file first. */
export function calleeReference(file: SourceFile, given: SyntaxNode): Reference | undefined {
  const callee = peeled(given)
  const module = importedModule(callee)
  if (module !== undefined) return { module, names: ['default'] }
  if (callee.kind === 'Member') {
    const own = /^(?:module\.)?exports\.(\w+)$/.exec(callee.text)?.[1]
    if (own) return { module: '', names: [own] }
    const object = peeled(callee.child('object') ?? callee)
    const name = callee.child('property')?.name
    const made = name ? classMade(file, object) : undefined
    if (made) return { module: made.module, names: [...made.names, name!] }
    const imported = importedModule(object)
    if (imported !== undefined) return name ? { module: imported, names: [name] } : undefined
  }
  if (callee.kind === 'Name') {
    const fn = functionOf(file, callee)
    if (fn) return { module: '', names: functionNames(file, fn) }
  }
  return referenceOf(file, callee)
}

/** The class of `new Users()`, or of a variable that holds one. */
function classMade(file: SourceFile, object: SyntaxNode): Reference | undefined {
  const value = peeled(file.value(object))
  const callee = value.kind === 'New' ? value.child('callee') : undefined
  return callee && referenceOf(file, callee)
}

/** `import('../users')` */
function importedModule(call: SyntaxNode): string | undefined {
  if (call.kind !== 'Call' || call.child('callee')?.text !== 'import') return undefined
  const source = call.child('argument')
  return source?.kind === 'String' ? source.text.slice(1, -1) : undefined
}

/** What `fastify-plugin` is called: the plugin is the same with it and without. */
export const PLUGIN_WRAPPER = /^(?:fp|fastifyPlugin|plugin|skipOverride)$/

/** The call that an expression is an argument of, alone or in an object. */
export function callGiven(node: SyntaxNode): SyntaxNode | undefined {
  let it = node
  if (it.parent?.kind === 'Pair' && it.role === 'value') it = it.parent
  if (it.parent?.kind === 'Dictionary') it = it.parent
  const call = it.role === 'argument' ? it.parent : undefined
  return call?.is('Call', 'New') ? call : undefined
}

/** The function of this file that an expression is, or is the name of. */
export function functionOf(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  const it = peeled(node)
  if (it.kind === 'Function') return it
  if (it.kind === 'Call') {
    // `fp(async app => {})`
    const [first] = positional(it)
    return first && /^(?:fp|fastifyPlugin|plugin|skipOverride)$/.test(calleeName(it))
      ? functionOf(file, first)
      : undefined
  }
  const binding = it.kind === 'Name' ? file.binding(it) : undefined
  if (binding?.kind === 'function') {
    const fn = binding.declaration.parent
    return fn?.kind === 'Function' ? fn : undefined
  }
  const value = binding?.onlyValue && peeled(binding.onlyValue)
  if (value?.kind === 'Function') return value
  return value?.kind === 'Call' ? functionOf(file, value) : undefined
}

/** Whether what a function gives back is this expression, or a chain of calls on it. */
export function isReturned(node: SyntaxNode): boolean {
  let it = unpeeled(node)
  while (it.role === 'object' && it.parent?.role === 'callee' && it.parent.parent?.kind === 'Call')
    it = unpeeled(it.parent.parent)
  const { parent } = it
  return parent?.kind === 'Return' || (parent?.kind === 'Function' && it.role === 'body')
}
