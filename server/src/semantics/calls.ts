// Reading calls the same way in every language.

import type { SyntaxNode } from '../syntax/node.ts'
import type { SourceFile } from './source-file.ts'

/**
 * What is called, without parentheses. TypeScript's grammar reads `await f<T>(x)` as a call of `await f`, which nobody can have
 * meant: what is awaited is the call.
 */
export function calleeOf(call: SyntaxNode): SyntaxNode | undefined {
  const callee = call.child('callee')
  return callee?.kind === 'Await' ? callee.child('value')?.unwrapped : callee?.unwrapped
}

/** The last name of what is called: `execute` in `db.cursor().execute(…)`, `println` in `println!(…)`. */
export function calleeName(call: SyntaxNode): string {
  let callee = calleeOf(call)
  if (callee?.kind === 'GenericType') callee = callee.child('callee')
  if (!callee) return ''
  if (callee.is('Member', 'Path')) return callee.child('property')?.name ?? ''
  return callee.name
}

/** The object of a method call: `db.cursor()` in `db.cursor().execute(…)`. */
export function receiver(call: SyntaxNode): SyntaxNode | undefined {
  const callee = calleeOf(call)
  return callee?.kind === 'Member' ? callee.child('object') : undefined
}

/** The positional arguments. Nothing is said of those behind a spread. */
export function positional(call: SyntaxNode): SyntaxNode[] {
  const all = call.children('argument').filter(it => it.kind !== 'KeywordArgument')
  const spread = all.findIndex(it => it.kind === 'Spread')
  return spread === -1 ? all : all.slice(0, spread)
}

/** An argument by its place, or by its name in Python. */
export function argument(call: SyntaxNode, index: number, name?: string): SyntaxNode | undefined {
  if (name !== undefined) {
    const named = keywordArgument(call, name)
    if (named) return named
  }
  return index < 0 ? undefined : positional(call)[index]
}

/** The value of `name=value`. */
export function keywordArgument(call: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const it of call.children('argument')) {
    if (it.kind === 'KeywordArgument' && it.child('label')?.text === name) return it.child('value')
  }
  return undefined
}

/** `*args`, `**options` or `...rest` among the arguments: what is passed cannot be known. */
export function hasSpread(call: SyntaxNode): boolean {
  return call.children('argument').some(it => it.kind === 'Spread')
}

/** The value of a property in an object or dictionary literal: `{ shell: true }`, `{"shell": True}`. */
export function property(object: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (object?.kind !== 'Dictionary') return undefined
  for (const it of object.children('element')) {
    if (it.kind === 'Pair' && keyText(it.child('key')) === name) return it.child('value')
    if (it.kind === 'Name' && it.name === name) return it
  }
  return undefined
}

/** A key as a plain string: `name`, `'name'`, `"name"`. */
export function keyText(key: SyntaxNode | undefined): string {
  return key ? key.text.replace(/^(['"])(.*)\1$/s, '$2') : ''
}

/** `true` and `True`, written out or through a constant. */
export function isTrue(file: SourceFile, node: SyntaxNode | undefined): boolean {
  const value = node && file.constant(node)
  return value?.kind === 'boolean' && value.value
}

export function isFalse(file: SourceFile, node: SyntaxNode | undefined): boolean {
  const value = node && file.constant(node)
  return value?.kind === 'boolean' && !value.value
}
