// Calls in a loop over a list that is written out: `routes.forEach(it => app.use(it.path, it.router))`.

import { calleeName, property, receiver } from '../../../semantics/calls.ts'
import { parametersOf } from '../../../semantics/definitions.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { functionOf, functionTaking, peeled } from './script-router-names.ts'

/**
 * Argument lists with what a loop over a list that is written out puts into them: each once for
 * `routes.forEach(it => app.use(it.path, it.router))`, and the list itself where there is no such loop.
 */
export function loopedArguments(file: SourceFile, given: readonly SyntaxNode[]): SyntaxNode[][] {
  const loops = given.map(it => loopValues(file, it))
  const turns = loops.find(it => it !== undefined)?.length
  if (turns === undefined) return [[...given]]
  const all: SyntaxNode[][] = []
  for (let turn = 0; turn < turns; turn++) {
    const values = given.map((it, i) => (loops[i] ? loops[i]![turn] : it))
    if (values.every(it => it !== undefined)) all.push(values)
  }
  return all
}

function loopValues(file: SourceFile, node: SyntaxNode): (SyntaxNode | undefined)[] | undefined {
  const it = chainHead(peeled(node))
  if (it.kind === 'Member') {
    const object = it.child('object')?.unwrapped
    const name = it.child('property')?.name
    return object && name ? loopElements(file, object)?.map(element => property(element, name)) : undefined
  }
  return it.kind === 'Name' ? loopElements(file, it) : undefined
}

/** `router` of `router.routes()`. */
function chainHead(node: SyntaxNode): SyntaxNode {
  return node.kind === 'Call' && /^(?:routes|middleware)$/.test(calleeName(node))
    ? (receiver(node)?.unwrapped ?? node)
    : node
}

function loopElements(file: SourceFile, node: SyntaxNode): (SyntaxNode | undefined)[] | undefined {
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  if (!binding) return undefined
  const { declaration } = binding
  const { parent } = declaration
  const list = listLoopedOver(file, binding)
  if (!list || !parent) return undefined
  if (parent.kind === 'ObjectPattern') return list.map(it => property(it, declaration.name))
  if (parent.kind === 'Pair') return list.map(it => property(it, parent.child('key')?.name ?? ''))
  if (parent.kind === 'ListPattern') {
    const index = parent.children('element').findIndex(it => it.row === declaration.row)
    return list.map(it => (it.kind === 'List' ? it.children('element')[index] : undefined))
  }
  return list
}

function listLoopedOver(file: SourceFile, binding: Binding): SyntaxNode[] | undefined {
  const { declaration } = binding
  if (binding.kind === 'loop' || binding.kind === 'constant' || binding.kind === 'variable') {
    const loop = declaration.closest('ForEach', 'Block', 'Function')
    const iterable =
      loop?.kind === 'ForEach' && loop.child('target')?.contains(declaration)
        ? loop.child('iterable')
        : undefined
    return iterable && listAt(file, iterable)
  }
  const fn = functionTaking(file, binding)
  const call = fn?.role === 'argument' ? fn.parent : undefined
  if (!fn || call?.kind !== 'Call' || !/^(?:forEach|map)$/.test(calleeName(call))) return undefined
  const list = receiver(call)
  return list && parametersOf(fn)[0]?.contains(declaration) ? listAt(file, list) : undefined
}

/** The elements of a list that is written out here, or given back by a function of this file. */
function listAt(file: SourceFile, node: SyntaxNode): SyntaxNode[] | undefined {
  const value = peeled(file.value(node))
  if (value.kind === 'List') return value.children('element').map(it => literalAt(file, it))
  const callee = value.kind === 'Call' ? value.child('callee') : undefined
  const body = callee && functionOf(file, callee)?.child('body')
  const returned = body?.kind === 'Block' ? [...body.ownDescendants('Return')] : []
  const list = returned.length === 1 ? returned[0]!.child('value') : body?.kind === 'List' ? body : undefined
  return list?.kind === 'List' ? list.children('element') : undefined
}

/** The object or the list that a name stands for; other names say more than their values. */
function literalAt(file: SourceFile, node: SyntaxNode): SyntaxNode {
  const value = file.value(node)
  return value.is('Dictionary', 'List') ? value : node
}
