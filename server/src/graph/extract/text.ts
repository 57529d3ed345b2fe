// Text that code puts together, as rows hold it: what this file can tell of it, and what others have to add.

import { calleeName, calleeOf, positional } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { isHole, type Piece, piecesOf, textsOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextPart, TextParts } from '../rows/names.ts'
import { referenceOf } from './reference.ts'

/** Functions are followed so far: `routes.user(id)` calls one that builds a path. */
const DEPTH = 6

/** What is known of the names of a function that is followed, by their declarations. */
type Known = ReadonlyMap<string, TextParts>

const NOTHING: Known = new Map()

/** Each text that an expression may stand for: two where a condition chooses. */
export function textsIn(file: SourceFile, node: SyntaxNode): TextParts[] {
  return textsOf(file, node).map(it => joined(it.flatMap(piece => partsOf(file, piece, NOTHING, 0))))
}

/** A constant that others may send or wait for: `EVENTS.joined = 'room:join'`. */
export function namesMessages(name: string, [only, more]: TextParts): boolean {
  return MESSAGES.test(name) && typeof only === 'string' && more === undefined
}

const MESSAGES = /event|topic|channel|queue|message|socket|subject|stream/i

/** One text. */
export function textIn(file: SourceFile, node: SyntaxNode): TextParts {
  return read(file, node, NOTHING, 0)
}

/** The text in the notation of paths: `/users/{id}`. What other files have to tell is a hole. */
export function written(parts: TextParts): string {
  return parts
    .map(it =>
      typeof it === 'string'
        ? it
        : 'hole' in it
          ? `{${it.hole}}`
          : 'from' in it
            ? `{${it.from.names.at(-1) ?? ''}}`
            : '{}',
    )
    .join('')
}

function read(file: SourceFile, node: SyntaxNode, known: Known, depth: number): TextParts {
  return joined(piecesOf(file, node).flatMap(piece => partsOf(file, piece, known, depth)))
}

function partsOf(file: SourceFile, piece: Piece, known: Known, depth: number): TextParts {
  if (!isHole(piece)) return [piece]
  if (piece.opaque) return [{ hole: '' }]
  if (piece.binding) return [{ hole: piece.path?.at(-1) ?? piece.binding.name }]
  return ofExpression(file, piece.node, known, depth)
}

function ofExpression(file: SourceFile, given: SyntaxNode, known: Known, depth: number): TextParts {
  const node = given.unwrapped
  if (depth > DEPTH) return [{ hole: '' }]
  const variable = environmentVariable(node)
  if (variable !== undefined) return [{ hole: `$${variable}` }]
  switch (node.kind) {
    case 'Name':
      return ofName(file, node, known, depth)
    case 'Member':
    case 'Path':
      return ofMember(file, node, known, depth)
    case 'Call':
    case 'New':
      return ofCall(file, node, known, depth)
    case 'Logical':
      return ofChoice(file, node, known, depth)
    case 'Index':
      return [{ hole: node.child('object')?.name ?? '' }]
    case 'String':
    case 'Template':
    case 'Binary':
    case 'Concatenation':
      return read(file, node, known, depth + 1)
    default:
      return [{ hole: '' }]
  }
}

function ofName(file: SourceFile, node: SyntaxNode, known: Known, depth: number): TextParts {
  const binding = file.binding(node)
  if (!binding) return [{ hole: node.name }]
  const given = known.get(keyOf(binding.declaration))
  if (given) return given
  if (binding.kind === 'parameter') return [{ ...parameterOf(binding.declaration), hole: node.name }]
  const value = binding.onlyValue
  if (value && value.row !== node.row) {
    const text = ofExpression(file, value, known, depth + 1)
    if (saysSomething(text)) return text
  }
  const reference = binding.kind === 'import' ? referenceOf(file, node) : undefined
  return reference?.module ? [{ from: reference }] : [{ hole: node.name }]
}

function ofMember(file: SourceFile, node: SyntaxNode, known: Known, depth: number): TextParts {
  const name = node.child('property')?.name ?? ''
  const member = memberNamed(file, node.child('object')?.unwrapped, name)
  const value = member?.is('Pair', 'Field') ? member.child('value') : undefined
  if (value) {
    const text = ofExpression(file, value, known, depth + 1)
    if (saysSomething(text)) return text
  }
  const reference = referenceOf(file, node)
  return reference?.module && !member ? [{ from: reference }] : [{ hole: name }]
}

function ofCall(file: SourceFile, node: SyntaxNode, known: Known, depth: number): TextParts {
  const name = calleeName(node)
  const values = positional(node)
  const [first, second] = values
  if (node.kind === 'New') {
    if (name !== 'URL' || !first) return [{ hole: '' }]
    const path = ofExpression(file, first, known, depth + 1)
    if (!second) return path
    // What begins with a slash replaces the path of the base, and mostly the base has none.
    return joined([...withoutSlash(ofExpression(file, second, known, depth + 1)), ...withSlash(path)])
  }
  if (first && SAME.has(name)) return ofExpression(file, first, known, depth + 1)
  const object = calleeOf(node)
  if (object?.kind === 'Member' && SAME_METHODS.has(name)) {
    const of = object.child('object')
    if (of) return ofExpression(file, of, known, depth + 1)
  }
  const fn = calledFunction(file, node)
  const result = fn && resultOf(fn)
  if (!fn || !result) return ofUnknownCall(file, node, known, depth)
  const inner = new Map(known)
  for (const [i, parameter] of (fn.child('parameters')?.children('parameter') ?? []).entries()) {
    const target =
      parameter.kind === 'Name' ? parameter : (parameter.child('target') ?? parameter.child('name'))
    const value = values[i]
    if (target)
      inner.set(keyOf(target), value ? ofExpression(file, value, known, depth + 1) : [{ hole: target.name }])
  }
  return ofExpression(file, result, inner, depth + 1)
}

/**
 * A function that nobody can follow. Given a path, it most likely gives back a URL that ends with it; made of one, as in
 * `const users = below('/users')`, it most likely puts that before.
 */
function ofUnknownCall(file: SourceFile, call: SyntaxNode, known: Known, depth: number): TextParts {
  const callee = calleeOf(call)
  const [first] = positional(call)
  const path = first && ofExpression(file, first, known, depth + 1)
  const made = callee?.kind === 'Name' ? file.binding(callee)?.onlyValue?.unwrapped : undefined
  const base = made?.kind === 'Call' ? positional(made)[0] : undefined
  if (base && path) {
    const before = ofExpression(file, base, known, depth + 1)
    if (isPathText(before)) return joined([...withoutSlash(before), ...withSlash(path)])
  }
  if (path && isPathText(path)) return joined([{ hole: calleeName(call) }, ...path])
  const reference = callee && referenceOf(file, callee)
  return reference?.module ? [{ from: reference }] : [{ hole: calleeName(call) }]
}

function isPathText([first]: TextParts): boolean {
  return typeof first === 'string' && first.startsWith('/')
}

/** `process.env.API ?? '/api'`: what is written stands for what is not. */
function ofChoice(file: SourceFile, node: SyntaxNode, known: Known, depth: number): TextParts {
  const right = node.child('right')
  if (!/^(\|\||\?\?|or)$/.test(node.operator) || !right) return [{ hole: '' }]
  const text = ofExpression(file, right, known, depth + 1)
  if (typeof text[0] === 'string' && /^(\/|https?:)/.test(text[0])) return text
  const left = node.child('left')
  return left ? ofExpression(file, left, known, depth + 1) : [{ hole: '' }]
}

const SAME = new Set(
  'encodeURIComponent encodeURI decodeURIComponent String str quote quote_plus urljoin unref toValue withBase'.split(
    ' ',
  ),
)
const SAME_METHODS = new Set('toString toLowerCase href trim replace replaceAll value'.split(' '))

/** `process.env.X`, `import.meta.env.X`, `os.environ['X']`, `os.getenv('X')`, `env::var("X")`. */
function environmentVariable(node: SyntaxNode): string | undefined {
  if (!node.is('Member', 'Index', 'Call')) return undefined
  const { text } = node
  if (text.length > 120) return undefined
  const match =
    /^(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env)(?:\??\.(\w+)|\[['"](\w+)['"]\])$/.exec(text) ??
    /^(?:os\.)?(?:environ|getenv)(?:\.get)?[[(]\s*['"](\w+)['"]/.exec(text) ??
    /^(?:std::)?env::var\(\s*"(\w+)"/.exec(text)
  return match ? (match[1] ?? match[2]) : undefined
}

/** `object.name` where the object is a literal or a class of this file. */
function memberNamed(file: SourceFile, object: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (!object || name === '') return undefined
  const holder =
    object.kind === 'This'
      ? object.closest('Class')
      : object.is('Name', 'Member')
        ? literalOf(file, object)
        : undefined
  if (!holder) return undefined
  for (const it of holder.children()) {
    if (it.is('Pair', 'Field') && (it.child('key') ?? it.child('name'))?.name === name) return it
    if (it.kind === 'Function' && it.child('name')?.name === name) return it
  }
  return undefined
}

/** The object literal that this surely is. */
function literalOf(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  let value: SyntaxNode | undefined
  if (node.kind === 'Name') value = file.value(node)
  else {
    const member = memberNamed(file, node.child('object')?.unwrapped, node.child('property')?.name ?? '')
    value = member?.child('value')
  }
  while (value?.kind === 'Cast' || value?.kind === 'Parenthesized') value = value.child('value')
  if (value?.kind === 'Call' && calleeName(value) === 'freeze') value = positional(value)[0]
  return value?.kind === 'Dictionary' ? value : undefined
}

/** The function of this file that is called. */
function calledFunction(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const callee = calleeOf(call)
  if (!callee) return undefined
  if (callee.kind === 'Member') {
    const member = memberNamed(file, callee.child('object')?.unwrapped, callee.child('property')?.name ?? '')
    if (member?.kind === 'Function') return member
    const value = member?.child('value')?.unwrapped
    return value?.kind === 'Function' ? value : undefined
  }
  if (callee.kind !== 'Name') return undefined
  const binding = file.binding(callee)
  if (!binding) return undefined
  if (binding.kind === 'function') {
    const fn = binding.declaration.closest('Function')
    return fn?.child('name')?.row === binding.declaration.row ? fn : undefined
  }
  const value = binding.onlyValue?.unwrapped
  return value?.kind === 'Function' ? value : undefined
}

/** What a function gives back when it does nothing else. */
function resultOf(fn: SyntaxNode): SyntaxNode | undefined {
  const body = fn.child('body')
  if (!body) return undefined
  if (body.kind !== 'Block') return body
  const returns = [...body.ownDescendants('Return')]
  return returns.length === 1 ? returns[0]!.child('value') : undefined
}

/** A parameter of a function that others can call. */
function parameterOf(declaration: SyntaxNode): { readonly parameter: number } | undefined {
  const fn = declaration.closest('Function')
  const parameters = fn?.child('parameters')?.children('parameter') ?? []
  const own = parameters.filter(it => !/^(self|cls|&self|&mut self)$/.test(it.text))
  const index = own.findIndex(it => it.contains(declaration))
  return index === -1 ? undefined : { parameter: index }
}

/** The functions whose parameters are meant by a text: the one around, in which it stands. */
export function parametersIn(parts: TextParts): number[] {
  return parts.flatMap(it => (typeof it !== 'string' && 'parameter' in it ? [it.parameter] : []))
}

function keyOf(declaration: SyntaxNode): string {
  return String(declaration.row)
}

function saysSomething(parts: TextParts): boolean {
  return parts.some(
    it => typeof it === 'string' || 'from' in it || ('hole' in it && it.hole?.startsWith('$')),
  )
}

export function joined(parts: readonly TextPart[]): TextParts {
  const all: TextPart[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part
    else if (part !== '') all.push(part)
  }
  return all
}

function withoutSlash(parts: TextParts): TextParts {
  const last = parts.at(-1)
  return typeof last === 'string' ? [...parts.slice(0, -1), last.replace(/\/+$/, '')] : parts
}

function withSlash(parts: TextParts): TextParts {
  const [first] = parts
  if (first === undefined || first === '') return parts
  return typeof first === 'string' && first.startsWith('/') ? parts : joined(['/', ...parts])
}
