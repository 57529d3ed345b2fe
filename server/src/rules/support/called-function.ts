// Which function of the same file a call runs, as far as that is certain.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { rootOf } from './variables.ts'

/**
 * The one function, method or constructor of this file that a call runs. Undefined when it may be another: there are
 * overloads, a decorator makes something else of it, or the object may be of a class that lies elsewhere.
 */
export function calledFunction(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  let callee = call.child('callee')?.unwrapped
  if (callee?.kind === 'GenericType') callee = callee.child('callee')
  if (!callee) return undefined
  const found = call.kind === 'New' ? constructorNamed(file, callee) : functionCalled(file, callee)
  return found && !isDecorated(found) && !hasOverloads(found) ? found : undefined
}

/**
 * For `it.draw(…)` on who knows what: the only function of this file that is a method or a property called `draw`. A guess,
 * for those who have more to go by than the name.
 */
export function onlyMethodNamed(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const callee = call.child('callee')?.unwrapped
  const name = callee?.kind === 'Member' ? (callee.child('property')?.name ?? '') : ''
  const object = callee?.child('object')
  if (name === '' || !object || file.qualifiedName(object).includes('.')) return undefined
  if (object.kind === 'Name' && (file.importedName(object) || file.isFree(object))) return undefined
  if (object.kind === 'Name' && comesFromElsewhere(object, file)) return undefined
  let only: SyntaxNode | undefined
  for (const it of file.root.named(name, 'any')) {
    const definition = it.role === 'name' ? it.parent : valueAt(it)
    if (definition?.kind === 'Signature') return undefined
    if (definition?.kind !== 'Function') continue
    if (only || isOfAnotherObject(it, object)) return undefined
    only = definition
  }
  return only && !isDecorated(only) && (isMethod(only) || only.role === 'value') ? only : undefined
}

/** `log = logging.getLogger()`: another module made it, so it is of no class of this one. */
function comesFromElsewhere(object: SyntaxNode, file: SourceFile): boolean {
  const made = file.value(object).unwrapped
  const head = made.is('Call', 'New') ? rootOf(made.child('callee') ?? made) : undefined
  return head?.kind === 'Name' && file.importedName(head) !== undefined
}

/** What is given to the property that this name is: `A.prototype.draw = …`, `{ draw: … }`. */
function valueAt(name: SyntaxNode): SyntaxNode | undefined {
  const owner = name.role === 'property' ? name.parent : name
  const holder = owner?.role === 'target' || owner?.role === 'key' ? owner.parent : undefined
  return holder?.is('Assignment', 'Pair') ? holder.child('value') : undefined
}

/** `Shop.tools.open = …` says nothing of `Shop.open(…)`: what stands before the dot is spelt out, and it is not the same. */
function isOfAnotherObject(name: SyntaxNode, object: SyntaxNode): boolean {
  const owner = name.role === 'property' ? name.parent?.child('object') : undefined
  const [one, other] = [owner && rootOf(owner), rootOf(object)]
  return (
    owner !== undefined &&
    owner.child('property')?.name !== 'prototype' &&
    one?.kind === 'Name' &&
    other?.kind === 'Name' &&
    one.name === other.name &&
    !owner.same(object)
  )
}

function functionCalled(file: SourceFile, callee: SyntaxNode): SyntaxNode | undefined {
  if (callee.is('Name', 'TypeName'))
    return (
      namedFunction(file, callee) ?? (file.language === 'python' ? constructorNamed(file, callee) : undefined)
    )
  if (!callee.is('Member', 'Path')) return undefined
  const found = methodOf(file, callee)
  if (found) return callee.kind === 'Path' && takesSelf(found) ? undefined : found
  const object = callee.child('object')
  const property = callee.child('property')
  if (!object || !property) return undefined
  if (callee.kind === 'Path') {
    const method = onlyMember(implementationsOf(file, object), property.name)
    return method && !takesSelf(method) ? method : undefined
  }
  const home = classOfInstance(file, object)
  return home && onlyMember([home], property.name)
}

/** `A(…)` and `new A(…)`: what is run to fill the new object. */
function constructorNamed(file: SourceFile, name: SyntaxNode): SyntaxNode | undefined {
  const home = classNamed(file, name)
  if (!home) return undefined
  if (file.language !== 'python') return onlyMember([home], 'constructor')
  return onlyMember([home], '__new__') ? undefined : onlyMember([home], '__init__')
}

/** The class that a name of this file stands for: its body, where it has one of its own. */
function classNamed(file: SourceFile, name: SyntaxNode): SyntaxNode | undefined {
  const binding = name.is('Name', 'TypeName') ? file.binding(name) : undefined
  if (binding?.kind !== 'class' || binding.writeCount > 1) return undefined
  const home = binding.declaration.parent
  return home?.kind === 'Class' ? (home.child('body') ?? home) : undefined
}

/** For a name that is only ever given a new object of a class of this file: that class. */
function classOfInstance(file: SourceFile, object: SyntaxNode): SyntaxNode | undefined {
  if (object.kind !== 'Name') return undefined
  const value = file.value(object)
  const callee = value.is('New', 'Call') ? value.child('callee') : undefined
  if (!callee || (value.kind === 'Call' && file.language !== 'python')) return undefined
  return classNamed(file, callee)
}

/** The blocks that hold what a type of Rust can do, as far as they are in this file. */
function implementationsOf(file: SourceFile, type: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  if (!type.is('Name', 'TypeName')) return found
  for (const it of file.root.named(type.name, 'any')) {
    const of = it.parent?.kind === 'GenericType' ? it.parent : it
    const body = of.role === 'type' && of.parent?.kind === 'Implementation' && of.parent.child('body')
    if (body) found.push(body)
  }
  return found
}

function onlyMember(homes: readonly SyntaxNode[], name: string): SyntaxNode | undefined {
  let only: SyntaxNode | undefined
  for (const home of homes) {
    for (const it of home.named(name, 'any')) {
      const member = it.parent
      if (it.role !== 'name' || !member || !isMember(home, member)) continue
      const definition = member.kind === 'Field' ? member.child('value') : member
      if (only || definition?.kind !== 'Function') return undefined
      only = definition
    }
  }
  return only
}

function isMember(home: SyntaxNode, member: SyntaxNode): boolean {
  const around = member.parent?.kind === 'Decorated' ? member.parent.parent : member.parent
  return around?.row === home.row
}

function isMethod(definition: SyntaxNode): boolean {
  const around = definition.parent?.kind === 'Decorated' ? definition.parent.parent : definition.parent
  return around?.is('Class', 'Dictionary') || around?.parent?.is('Class', 'Implementation') || false
}

function takesSelf(method: SyntaxNode): boolean {
  return method.child('parameters')?.firstChild?.type === 'self_parameter'
}

/** Python's decorators may add parameters and take others away. */
function isDecorated(definition: SyntaxNode): boolean {
  const { parent } = definition
  return parent?.kind === 'Decorated' && parent.children('decorator').some(it => !KEEPS_SHAPE.test(it.text))
}

const KEEPS_SHAPE =
  /^@((abc\.)?abstractmethod|staticmethod|classmethod|(typing\.)?(final|override|no_type_check)|((functools\.)?(lru_)?cache|(numba\.)?n?jit)(\(.*\))?|(contextlib\.)?(async)?contextmanager)$/s

/** TypeScript's signatures before the function say what its callers see. */
function hasOverloads(definition: SyntaxNode): boolean {
  const statement = definition.parent?.kind === 'Export' ? definition.parent : definition
  const before = statement.previous
  return before?.kind === 'Signature' || before?.child('definition')?.kind === 'Signature'
}

/** The one function that a name is bound to; overloads without a body do not count. */
export function namedFunction(file: SourceFile, name: SyntaxNode): SyntaxNode | undefined {
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
export function methodOf(file: SourceFile, callee: SyntaxNode): SyntaxNode | undefined {
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
