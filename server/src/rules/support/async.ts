// Functions that give a promise, a coroutine or a future.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

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

/** The one function that a name is bound to; overloads without a body do not count. */
function namedFunction(file: SourceFile, name: SyntaxNode): SyntaxNode | undefined {
  const binding = file.binding(name)
  if (!binding) return undefined
  if (binding.kind !== 'function') {
    const value = file.value(name)
    return value.kind === 'Function' ? value : undefined
  }
  let only: SyntaxNode | undefined
  for (const write of binding.writes()) {
    const { parent } = write
    if (parent?.kind === 'Signature') continue
    if (only || parent?.kind !== 'Function' || write.role !== 'name') return undefined
    only = parent
  }
  return only
}

/** A method of the class around, called on `this` or `self`. */
function methodOf(file: SourceFile, callee: SyntaxNode): SyntaxNode | undefined {
  const object = callee.child('object')
  const property = callee.child('property')
  if (!object || !property) return undefined
  const body = file.language === 'python' ? pythonClass(file, object) : classOfThis(object)
  if (!body) return undefined
  let only: SyntaxNode | undefined
  for (const member of body.declaring(property)) {
    if (member.kind === 'Signature') continue
    const definition = member.kind === 'Field' ? member.child('value') : member
    if (only || definition?.kind !== 'Function') return undefined
    only = definition
  }
  return only
}

/** What holds the members of the class whose method calls its first parameter `self`. */
function pythonClass(file: SourceFile, object: SyntaxNode): SyntaxNode | undefined {
  const binding = object.kind === 'Name' ? file.binding(object) : undefined
  if (binding?.kind !== 'parameter' || !/^(self|cls)$/.test(object.name)) return undefined
  const method = binding.scope
  const parameters = binding.declaration.parent
  if (parameters?.kind !== 'Parameters' || parameters.firstChild?.row !== binding.declaration.row)
    return undefined
  const block = method.parent?.kind === 'Decorated' ? method.parent.parent : method.parent
  return block?.kind === 'Block' && block.parent?.kind === 'Class' ? block : undefined
}

/** What holds the members of the class that `this` or `self` is an instance of. */
function classOfThis(object: SyntaxNode): SyntaxNode | undefined {
  if (object.kind !== 'This' && object.text !== 'Self') return undefined
  for (const it of object.ancestors()) {
    if (it.kind === 'Implementation') return it.child('body')
    if (it.kind === 'Class') return it
    // A function of its own has a `this` of its own; arrows and closures do not.
    if (it.kind === 'Function' && it.role !== 'member' && it.role !== 'statement' && !isArrow(it))
      return undefined
    if (it.kind === 'Function' && it.role === 'statement' && it.type !== 'function_item') return undefined
  }
  return undefined
}

function isArrow({ type }: SyntaxNode): boolean {
  return type === 'arrow_function' || type === 'closure_expression'
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
