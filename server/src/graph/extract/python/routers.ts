// What Python's web frameworks have in common: by which name others find a router, and what is written of paths and methods.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework, Method, MountRow, RoutePath } from '../../rows/routes.ts'
import { exportedNameOf, referenceOf } from '../reference.ts'
import { textIn } from '../text.ts'

/** An instance is of a class whose class is of a call: nobody writes longer chains. */
const DEPTH = 4

/** A class whose instances hold routes. */
const CONSTRUCTOR = /(FastAPI|Starlette|Router|Flask|Quart|Blueprint|Namespace|Api)$/
const APPLICATION = /(FastAPI|Starlette|Flask|Quart)$/

/**
 * What a router is called by others. One that a function makes or takes goes by the function's name, one that an object keeps
 * by its class: `create_app`, `Server.app`. A second one of a function is `create_app.api`.
 */
export function routerReference(file: SourceFile, given: SyntaxNode, depth = 0): Reference | undefined {
  const node = given.unwrapped
  if (depth > DEPTH) return undefined
  if (node.kind === 'Member') return memberReference(file, node, depth)
  if (node.kind === 'Call') {
    const callee = node.child('callee')
    return callee && routerReference(file, callee, depth + 1)
  }
  if (node.kind !== 'Name') return undefined
  const binding = file.binding(node)
  if (!binding) return starReference(file, node.name)
  if (binding.kind === 'import' || binding.isModuleLevel) return referenceOf(file, node)
  return localReference(file, binding, depth)
}

/** A name that is made nowhere here, of the only module that everything is imported from. */
function starReference(file: SourceFile, name: string): Reference | undefined {
  if (!file.tree.text.includes('import *')) return undefined
  const stars = file.root.children().filter(it => it.kind === 'Import' && /\bimport\s+\*/.test(it.text))
  const source = stars.length === 1 ? stars[0]!.child('source')?.text : undefined
  return source ? { module: source, names: [name] } : undefined
}

/** `self.app`, `users.router`, `Users().router`; `users.router` where `users = Users()`. */
function memberReference(file: SourceFile, node: SyntaxNode, depth: number): Reference | undefined {
  const name = node.child('property')?.name
  const object = node.child('object')?.unwrapped
  if (!name || !object) return undefined
  const owner = ownerOf(file, object, depth)
  return owner && { module: owner.module, names: [...owner.names, name] }
}

function ownerOf(file: SourceFile, object: SyntaxNode, depth: number): Reference | undefined {
  if (object.kind === 'Name' && /^(self|cls)$/.test(object.name)) {
    const name = object.closest('Class')?.child('name')?.name
    return name ? { module: '', names: [name] } : undefined
  }
  const value = object.kind === 'Name' ? file.value(object) : object
  return routerReference(file, value.kind === 'Call' ? value : object, depth + 1)
}

function localReference(file: SourceFile, binding: Binding, depth: number): Reference | undefined {
  const fn = outermost(binding.declaration)
  const names = fn && exportedNameOf(fn)?.split('.')
  if (!fn || !names) return undefined
  if (binding.kind === 'parameter') return { module: '', names }
  const value = binding.onlyValue?.unwrapped
  if (value?.kind === 'Call' && !/^[A-Z]/.test(calleeName(value)))
    return routerReference(file, value, depth + 1)
  return { module: '', names: isMain(file, fn, binding) ? names : [...names, binding.name] }
}

/** The router that a function is about: the one it gives back, else its application, else its first. */
function isMain(file: SourceFile, fn: SyntaxNode, binding: Binding): boolean {
  for (const it of fn.ownDescendants('Return')) {
    const value = it.child('value')?.unwrapped
    if (value?.kind === 'Name' && file.binding(value)?.same(binding)) return true
  }
  const parameters = fn.child('parameters')?.children('parameter') ?? []
  if (parameters.some(it => NAMED_ROUTER.test(it.name || (it.child('target')?.name ?? '')))) return false
  const made: SyntaxNode[] = []
  for (const it of fn.descendants('Assignment')) {
    const value = it.child('value')?.unwrapped
    if (value?.kind === 'Call' && CONSTRUCTOR.test(calleeName(value))) made.push(it)
  }
  const main = made.find(it => APPLICATION.test(calleeName(it.child('value')!.unwrapped))) ?? made[0]
  const target = main?.child('target')
  return !target || (target.kind === 'Name' && file.binding(target)?.same(binding) === true)
}

/** The function around that is not inside of another one. */
export function outermost(node: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  for (const it of node.ancestors()) if (it.kind === 'Function') found = it
  return found
}

/** It surely belongs to the project: relative, or of a package that this file lies in. */
export function isOwn(file: SourceFile, { module }: Reference): boolean {
  return module === '' || module.startsWith('.') || file.path.split('/').includes(module.split('.')[0]!)
}

/** A text that is known here to its end. */
export function wholeText(file: SourceFile, node: SyntaxNode): string | undefined {
  const parts = textIn(file, node)
  if (parts.length === 0) return ''
  const [only] = parts
  return parts.length === 1 && typeof only === 'string' ? only : undefined
}

/** What comes before paths: nothing where nothing is given. */
export function prefixIn(file: SourceFile, node: SyntaxNode | undefined): RoutePath | undefined {
  if (!node || node.kind === 'Null') return ''
  const text = wholeText(file, node)
  return text === '/' ? '' : text
}

/** `methods=["GET", "POST"]` */
export function methodsIn(
  file: SourceFile,
  node: SyntaxNode | undefined,
  otherwise: Method,
): readonly Method[] {
  if (!node || node.kind === 'Null') return [otherwise]
  const list = file.value(node)
  const elements = list.is('List', 'Tuple', 'Set') ? list.children('element') : []
  const methods = elements.map(it => methodIn(file, it))
  return methods.length === 0 || methods.includes('*') ? ['*'] : methods
}

/** `"get"`, `HTTPMethod.GET` */
export function methodIn(file: SourceFile, node: SyntaxNode): Method {
  const constant = file.constant(node.unwrapped)
  const text = constant?.kind === 'string' ? constant.value : (node.child('property')?.name ?? '')
  return /^[A-Za-z]+$/.test(text) ? text.toUpperCase() : '*'
}

/** The literal to show for a path: the text in `scoped("/users")`, too. */
export function placeOf(path: SyntaxNode | undefined, otherwise: SyntaxNode): SyntaxNode {
  if (path?.kind === 'Call') return positional(path).find(it => it.is('String', 'Template')) ?? path
  return path ?? otherwise
}

/** The elements of a list that a loop goes through, for the name that it gives them; else the node itself. */
export function eachOf(file: SourceFile, node: SyntaxNode): readonly SyntaxNode[] {
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  const loop = binding?.kind === 'loop' ? binding.declaration.closest('ForEach') : undefined
  const iterable = loop?.child('iterable')
  const list = iterable && file.value(iterable)
  return list?.is('List', 'Tuple') ? list.children('element') : [node]
}

const ROUTERS: readonly [Framework, RegExp][] = [
  ['fastapi', /^(FastAPI|Starlette|\w*APIRouter)$/],
  ['flask', /^(Flask|Quart|\w*Blueprint|Namespace)$/],
]
/** What looks alike and is none of ours. */
const STRANGER = /^(Sanic|Bottle|RouteTableDef|NinjaAPI|Litestar|Robyn|MagicMock|Mock)$/
const SAYS_FASTAPI = /\b(fastapi|starlette)\b|APIRouter/
const SAYS_FLASK = /\b(flask\w*|quart|Blueprint)\b/
const SAYS_STRANGER = /\b(sanic|bottle|aiohttp|ninja|litestar|robyn|blacksheep|falcon)\b/

/** Whose router it is: as it was made, or as the file says that only uses it. */
export function frameworkOf(file: SourceFile, router: SyntaxNode, verb = ''): Framework | undefined {
  const value = file.value(router)
  const made = value.kind === 'Call' ? calleeName(value) : ''
  if (STRANGER.test(made)) return undefined
  for (const [framework, pattern] of ROUTERS) if (pattern.test(made)) return framework
  const { text } = file.tree
  if (SAYS_FASTAPI.test(text)) return SAYS_FLASK.test(text) ? frameworkOfType(file, router) : 'fastapi'
  if (SAYS_FLASK.test(text)) return 'flask'
  if (SAYS_STRANGER.test(text) || !isNamedRouter(router)) return undefined
  return verb === 'route' || /(bp|blueprint|ns|namespace)$/i.test(lastName(router)) ? 'flask' : 'fastapi'
}

/** `def register(app: Flask)` in a file that knows both. */
function frameworkOfType(file: SourceFile, router: SyntaxNode): Framework | undefined {
  const binding = router.kind === 'Name' ? file.binding(router) : undefined
  const type = binding?.kind === 'parameter' ? (binding.declaration.parent?.child('type')?.text ?? '') : ''
  return ROUTERS.find(([, pattern]) => pattern.test(type))?.[0] ?? 'fastapi'
}

/** `b` for `b` and `a.b`. */
export function lastName(node: SyntaxNode): string {
  return node.kind === 'Member' ? (node.child('property')?.name ?? '') : node.name
}

/** Functions that are given a router to put their routes on. */
const REGISTERS = /route|blueprint|endpoint|view|init_app|mount|include|api|resource|urls|^(register|setup)$/i
/** What is initialised with an application without any route of the project. */
const EXTENSION =
  /^_?(db|cache|ma|mail|migrat\w+|login\w*|csrf|babel|limiter|celery|socketio|security|jwt|cors|sentry|session|bcrypt|redis|toolbar|talisman|oauth|moment|bootstrap|users?|metrics|logging|tasks|[A-Z]\w*|.*[Mm]anager)\.init_app$/
const NAMED_ROUTER = /^_?(app|api|application|router|server|bp|blueprint|\w+_(app|router|bp|blueprint))$/

/** `register_routes(app)`: the application answers what the function puts on what it is given. */
export function handedOn(file: SourceFile, call: SyntaxNode): MountRow | undefined {
  const callee = call.child('callee')?.unwrapped
  if (!callee?.is('Name', 'Member') || /^[A-Z]/.test(calleeName(call))) return undefined
  const router = positional(call).find(it => it.is('Name', 'Member') && NAMED_ROUTER.test(lastName(it)))
  const child = router && !EXTENSION.test(callee.text) && routerReference(file, callee)
  if (!router || !child || !isOwn(file, child)) return undefined
  if (child.module !== '' && !REGISTERS.test(calleeName(call))) return undefined
  const parent = routerReference(file, router)
  // A method of the router itself registers something else.
  if (!parent || isMemberOf(child, parent)) return undefined
  return { parent, child, prefix: '' }
}

/** Functions that give back a router of the file: what is put on their result is put on it. */
export function* givenBack(file: SourceFile): Generator<{ readonly row: MountRow; readonly at: SyntaxNode }> {
  for (const at of file.root.descendants('Return')) {
    const value = at.child('value')?.unwrapped
    const fn = value?.kind === 'Name' && NAMED_ROUTER.test(value.name) ? at.function : undefined
    const name = fn && exportedNameOf(fn)
    if (!value || !name || !file.binding(value)?.isModuleLevel) continue
    const parent = referenceOf(file, value)
    if (parent?.module === '')
      yield { row: { parent, child: { module: '', names: name.split('.') }, prefix: '' }, at }
  }
}

/** It goes by the name of a router. */
export function isNamedRouter(node: SyntaxNode): boolean {
  return /(app|api|application|router?s?|bp|blueprint|ns|namespace)$/i.test(lastName(node))
}

function isMemberOf(child: Reference, parent: Reference): boolean {
  return (
    child.module === parent.module && `${child.names.join('.')}.`.startsWith(`${parent.names.join('.')}.`)
  )
}
