// What the arguments of a call are for, where the function that is called stands in the same file.

import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { FunctionNode } from './function-node.ts'
import { NEVER_MEANT } from './symbols.ts'

/** The rows of a call's arguments, each with the name of the parameter that it is for. */
export function* expectedParameters(
  fn: FunctionNode,
  call: number,
): Generator<readonly [argument: number, name: string]> {
  const { tree } = fn
  const { kind, role, after } = tree
  const callee = childRow(tree, call, 'callee')
  const declaration = callee === -1 ? -1 : calledFunction(fn, callee)
  if (declaration === -1) return
  const names = parameterNames(tree, declaration)
  let position = 0
  for (let it = call + 1; it < after[call]!; it = after[it]!) {
    if (role[it] !== R.argument) continue
    if (kind[it] === K.Spread) return
    if (kind[it] === K.KeywordArgument) continue
    const name = names[position++]
    if (name) yield [it, name]
  }
}

/** The row of the function of this file that a callee names, or -1. */
function calledFunction(fn: FunctionNode, callee: number): number {
  const { tree, scopes } = fn
  const { kind } = tree
  if (kind[callee] === K.Name) {
    const binding = scopes.bindingOf[callee]!
    if (binding < 0) return -1
    const name = scopes.bindingRow[binding]!
    const declared = tree.parent[name]!
    return kind[declared] === K.Function && name === childRow(tree, declared, 'name') ? declared : -1
  }
  if (kind[callee] !== K.Member) return -1
  const object = childRow(tree, callee, 'object')
  const property = childRow(tree, callee, 'property')
  if (object === -1 || property === -1 || !isOwnObject(tree, object)) return -1
  return methodAround(fn, tree.name[property]!)
}

function isOwnObject({ kind, name, names }: SyntaxTree, object: number): boolean {
  return kind[object] === K.This || (kind[object] === K.Name && NEVER_MEANT.has(names[name[object]!]!))
}

/** The method of this name in the class around, or -1. */
function methodAround(fn: FunctionNode, name: number): number {
  const { tree } = fn
  const { kind, parent, after } = tree
  let around = parent[fn.row]!
  while (around !== 0 && kind[around] !== K.Class && kind[around] !== K.Implementation)
    around = parent[around]!
  if (around === 0) return -1
  for (let row = around + 1; row < after[around]!; row = kind[row] === K.Function ? after[row]! : row + 1) {
    if (kind[row] !== K.Function) continue
    const own = childRow(tree, row, 'name')
    if (own !== -1 && tree.name[own] === name) return row
  }
  return -1
}

/** Without the first when that is the object itself, which no argument is for. */
function parameterNames(tree: SyntaxTree, declaration: number): readonly string[] {
  const { role, after } = tree
  const parameters = childRow(tree, declaration, 'parameters')
  const names: string[] = []
  if (parameters === -1) return names
  for (let it = parameters + 1; it < after[parameters]!; it = after[it]!) {
    if (role[it] !== R.parameter) continue
    const name = parameterName(tree, it)
    if (names.length === 0 && NEVER_MEANT.has(name)) continue
    names.push(name)
  }
  return names
}

/** '' when it takes its argument apart. */
function parameterName(tree: SyntaxTree, parameter: number): string {
  if (tree.kind[parameter] === K.Name) return tree.names[tree.name[parameter]!]!
  const target = childRow(tree, parameter, 'target')
  return target !== -1 && tree.kind[target] === K.Name ? tree.names[tree.name[target]!]! : ''
}
