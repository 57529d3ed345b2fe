// Functions that give a promise, a coroutine or a future.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { methodOf, namedFunction } from './called-function.ts'

export function isAsync(definition: SyntaxNode): boolean {
  return definition.children().some(it => it.kind === 'Keyword' && it.text === 'async')
}

/** `function*`, and in Python whatever has a `yield`. */
export function isGenerator(definition: SyntaxNode): boolean {
  if (definition.type !== 'function_definition')
    return definition.children('operator').some(it => it.text === '*')
  const body = definition.child('body')
  if (!body) return false
  for (const _ of body.ownDescendants('Yield')) return true
  return false
}

/** The async function of this file that a name or a member of `this` stands for. */
export function asyncFunction(file: SourceFile, callee: SyntaxNode): SyntaxNode | undefined {
  const definition = callee.kind === 'Name' ? namedFunction(file, callee) : methodOf(file, callee)
  if (!definition || !isAsync(definition) || isGenerator(definition)) return undefined
  return isChanged(definition) ? undefined : definition
}

/** What the code around an await must be: an async function, with no other function in between. */
export function isInAsync(node: SyntaxNode): boolean {
  const home = node.closest('Function', 'AsyncBlock', 'Class')
  return home !== undefined && (home.kind === 'AsyncBlock' || (home.kind === 'Function' && isAsync(home)))
}

/** Decorated with something that may make another kind of function of it. */
function isChanged(definition: SyntaxNode): boolean {
  const { parent } = definition
  if (parent?.kind === 'Decorated') return parent.children('decorator').some(it => !KEEPS.test(it.text))
  for (let it = definition.previous; it?.kind === 'Decorator'; it = it.previous)
    if (!KEEPS.test(it.text)) return true
  return false
}

const KEEPS =
  /^(@(staticmethod|classmethod|override|(abc\.)?abstractmethod|typing\.override)$|#\[(allow|cfg|deprecated|doc|expect|inline|must_use|warn|(tracing::)?instrument)\b)/

/** Whatever it waits for lies in a `try` that catches, so no error is lost when nobody waits for it. */
export function dealsWithErrors(definition: SyntaxNode): boolean {
  let waits = false
  for (const it of definition.ownDescendants('Await')) {
    const statement = it.closest('Try', 'Function')
    if (statement?.kind !== 'Try' || !isTried(it) || !catches(statement)) return false
    waits = true
  }
  return waits
}

function catches(statement: SyntaxNode): boolean {
  const handler = statement.child('handler')
  return handler !== undefined && !handler.has('Throw')
}

/** In the body of a `try`, in the same function. */
export function isTried(call: SyntaxNode): boolean {
  let child = call
  for (const it of call.ancestors()) {
    if (it.is('Function', 'Class')) return false
    if (it.kind === 'Try') return child.role === 'body'
    child = it
  }
  return false
}
