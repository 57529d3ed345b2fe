// Expressions that put what is already there, and something more, into a new collection.

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { isExamplePath, isTestCode } from './test-code.ts'

export type IsAll = (node: SyntaxNode | undefined) => boolean

/**
 * `[...all, x]`, `all.concat([x])`, `{ ...all, [key]: x }`, `Object.assign({}, all, { [key]: x })`. Whole collections that
 * are added do not count: nobody knows whether they are many, or have the same keys each time.
 */
export function copied(file: SourceFile, value: SyntaxNode, isAll: IsAll): SyntaxNode | undefined {
  if (value.is('List', 'Dictionary', 'Set')) {
    const [first, ...others] = value.children('element')
    if (first?.kind !== 'Spread' || !isAll(first.child('value'))) return undefined
    return others.find(value.kind === 'Dictionary' ? hasOwnKey : it => it.kind !== 'Spread')
  }
  if (value.kind !== 'Call' || file.language === 'python') return undefined
  const args = value.children('argument')
  if (calleeName(value) === 'concat') return isAll(receiver(value)) ? args.find(isOneElement) : undefined
  const callee = value.child('callee')
  if (calleeName(value) !== 'assign' || !callee || file.qualifiedName(callee) !== 'Object.assign')
    return undefined
  const [first, second, third] = args
  if (first?.kind !== 'Dictionary' || first.children('element').length > 0 || !isAll(second)) return undefined
  return third?.kind === 'Dictionary' ? third.children('element').find(hasOwnKey) : undefined
}

/** A key that is written out is set again and again: nothing grows. */
function hasOwnKey(pair: SyntaxNode): boolean {
  const key = pair.kind === 'Pair' ? pair.child('key') : undefined
  return key !== undefined && !key.is('PropertyName', 'String', 'Number')
}

function isOneElement(argument: SyntaxNode): boolean {
  return argument.is('Dictionary', 'List', 'New')
}

/** Tests, examples and scripts: nobody waits for them. */
export function isAside(node: SyntaxNode, file: SourceFile): boolean {
  return isTestCode(node, file) || isExamplePath(file.path) || /(^|\/)scripts?\//.test(file.path)
}

/** For `[...all, x]` and `{ ...all, [key]: x }` with one element: the statement that adds it. */
export function elementAdded(name: string, value: SyntaxNode): string {
  if (value.kind === 'Call') {
    const [list, ...others] = value.children('argument')
    const [one, ...more] = list?.children('element') ?? []
    const isOne = list?.kind === 'List' && one && one.kind !== 'Spread' && more.length + others.length === 0
    return isOne && calleeName(value) === 'concat' ? `${name}.push(${one.text})` : ''
  }
  const added = value.children('element').slice(1)
  const [only] = added
  if (!only || added.length > 1 || only.kind === 'Spread') return ''
  const isPython = value.tree.grammar === 'python'
  if (value.kind === 'List') return isPython ? `${name}.append(${only.text})` : `${name}.push(${only.text})`
  if (value.kind !== 'Dictionary' || only.kind !== 'Pair') return ''
  const key = only.child('key')
  const inner = key?.kind === 'Index' ? key.child('index') : isPython ? key : undefined
  const element = only.child('value')
  return inner && element ? `${name}[${inner.text}] = ${element.text}` : ''
}
