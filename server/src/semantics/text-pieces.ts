// Text that is put together: its constant parts, and the holes that other values are put into.
//
// `"a" + b`, `${a}b`, f"{a}b", "%s b" % a, "{} b".format(a), format!("{a} b"), ["a", b].join(" "), and text that grows with
// `+=` are all the same here. What is constant, by whatever name, counts as text.

import type { SyntaxNode } from '../syntax/node.ts'
import { calleeName, receiver } from './calls.ts'
import { definitionOf, writesBefore } from './definitions.ts'
import { chosenSides, isNeverRun } from './known.ts'
import { type MacroArgument, macroArguments } from './macro-arguments.ts'
import type { Binding, SourceFile } from './source-file.ts'

export type Piece = string | Hole

export interface Hole {
  /** The expression whose value is put in; in a Rust macro the name it begins with, or the string that names it. */
  readonly node: SyntaxNode
  /** In a Rust macro: the variable, and the fields that are read of it. */
  readonly binding?: Binding | undefined
  readonly path?: readonly string[]
  /** In a Rust macro: more than names and fields, so that nobody can say what it gives. */
  readonly opaque?: boolean
}

const DEPTH = 8

/** Each text that an expression may stand for: more than one when it is chosen by a condition. */
export function textsOf(file: SourceFile, node: SyntaxNode, depth = 0): Piece[][] {
  const it = transparent(node)
  if (it.kind === 'Conditional') {
    return chosenSides(file, it).flatMap(side => textsOf(file, side, depth + 1).slice(0, 3))
  }
  if (it.kind === 'Name' && !file.constant(it)) {
    const all = writesTo(file, it)
    const writes = all.length > 1 ? all.filter(write => !isNeverRun(file, write)) : all
    const definitions = writes.map(definitionOf)
    const [only] = definitions
    if (writes.length === 1 && only?.kind === 'value' && only.path.length === 0 && only.value) {
      const value = transparent(only.value)
      // `query = query if query else …` is chosen by itself.
      if (value.kind === 'Conditional' && depth < DEPTH) return textsOf(file, value, depth + 1)
    }
    if (
      writes.length > 1 &&
      writes.length <= 4 &&
      definitions.every(definition => definition?.kind === 'value' && definition.path.length === 0)
    ) {
      return definitions.map(definition =>
        definition?.kind === 'value' && definition.value ? piecesOf(file, definition.value, 1) : [],
      )
    }
  }
  return [piecesOf(file, it, 0)]
}

/** The pieces of one text, neighbouring constants joined. A value that is not put together is one hole. */
export function piecesOf(file: SourceFile, node: SyntaxNode, depth = 0): Piece[] {
  return joined(read(file, node, depth))
}

export function isHole(piece: Piece): piece is Hole {
  return typeof piece !== 'string'
}

/** Something constant and something that is not. */
export function isPutTogether(pieces: readonly Piece[]): boolean {
  return pieces.length > 1 && pieces.some(isHole)
}

function read(file: SourceFile, node: SyntaxNode, depth: number): Piece[] {
  const it = transparent(node)
  const constant = depth < DEPTH ? file.constant(it) : undefined
  if (constant) return [constant.value === null ? '' : String(constant.value)]
  if (depth >= DEPTH) return [{ node: it }]
  switch (it.kind) {
    case 'Template':
      return templatePieces(file, it, depth)
    case 'Concatenation':
      return it.children('part').flatMap(part => read(file, part, depth + 1))
    case 'Binary':
      return binaryPieces(file, it, depth)
    case 'Call':
      return callPieces(file, it, depth)
    case 'MacroCall':
      return /^(format|format_args)$/.test(calleeName(it)) ? macroPieces(file, it) : [{ node: it }]
    case 'Name':
      return namePieces(file, it, depth)
    default:
      return [{ node: it }]
  }
}

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece
    else if (piece !== '') all.push(piece)
  }
  return all
}

/** Without what changes nothing about a text: parentheses, `await`, casts, `.trim()`, `.to_string()`, `dedent(…)`. */
function transparent(node: SyntaxNode): SyntaxNode {
  let it = node.unwrapped
  for (let steps = 0; steps < 12; steps++) {
    let inner: SyntaxNode | undefined
    if (it.is('Cast', 'NonNull', 'Borrow', 'Await', 'Propagate')) inner = it.child('value')
    else if (it.kind === 'Call') {
      const name = calleeName(it)
      const object = receiver(it)
      if (object) inner = SAME_TEXT_METHODS.has(name) ? object : undefined
      else if (SAME_TEXT_FUNCTIONS.has(name) || /^String::from$/.test(it.child('callee')?.text ?? ''))
        inner = it.children('argument')[0]
      if (!inner && name === 'dedent') inner = it.children('argument')[0]
    }
    if (!inner || inner.is('KeywordArgument', 'Spread')) return it
    it = inner.unwrapped
  }
  return it
}

const SAME_TEXT_METHODS = new Set(
  'strip rstrip lstrip trim trimStart trimEnd to_string to_owned as_str into as_ref clone'.split(' '),
)
const SAME_TEXT_FUNCTIONS = new Set(['dedent', 'str', 'String', 'cleandoc'])

function templatePieces(file: SourceFile, node: SyntaxNode, depth: number): Piece[] {
  const { text, start } = node
  const isPython = file.language === 'python'
  const opening = /^[A-Za-z]*("""|'''|"|'|`)/.exec(text)
  if (!opening) return [{ node }]
  const isRaw = isPython && /^[a-z]*r/i.test(opening[0])
  const constant = (from: number, to: number) => {
    let part = text.slice(from, to)
    if (isPython) part = part.replace(/\{\{|\}\}/g, it => it[0]!)
    return isRaw ? part : part.replace(/\\([\s\S])/g, (_, it: string) => (/[nrt\n]/.test(it) ? ' ' : it))
  }
  const pieces: Piece[] = []
  let from = opening[0].length
  for (const part of node.children('part')) {
    if (part.kind !== 'Interpolation') continue
    pieces.push(constant(from, part.start - start))
    from = part.end - start
    const value = part.child('value')
    if (isPython && /:[^:}]*[bdoxXeEfFgG%]\}$/.test(part.text)) pieces.push('0')
    else if (value) pieces.push(...read(file, value, depth + 1))
  }
  pieces.push(constant(from, text.length - opening[1]!.length))
  return pieces
}

function binaryPieces(file: SourceFile, node: SyntaxNode, depth: number): Piece[] {
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right) return [{ node }]
  if (node.operator === '+') return [...read(file, left, depth + 1), ...read(file, right, depth + 1)]
  if (node.operator !== '%' || file.language !== 'python') return [{ node }]
  const format = joined(read(file, left, depth + 1))
  if (!format.some(it => typeof it === 'string' && it.includes('%'))) return [{ node }]
  const values = right.unwrapped.kind === 'Tuple' ? right.unwrapped.children('element') : [right]
  let next = 0
  return format.flatMap(piece =>
    isHole(piece)
      ? [piece]
      : fill(piece, PERCENT, match => {
          const [, key, type] = match
          if (type === '%') return ['%']
          const value = key === undefined ? values[next++] : entry(right.unwrapped, key)
          if (/[diouxXeEfFgGc]/.test(type!)) return ['0']
          return value ? read(file, value, depth + 1) : [{ node: right }]
        }),
  )
}

const PERCENT = /%(?:\((\w+)\))?[-+ #0]*\d*(?:\.\d+)?[hlL]?([diouxXeEfFgGcrsa%])/g
const BRACES = /\{\{|\}\}|\{([^{}:!]*)(?:![rsa])?(?::([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}/g

function callPieces(file: SourceFile, call: SyntaxNode, depth: number): Piece[] {
  const object = receiver(call)
  const name = calleeName(call)
  if (!object) return [{ node: call }]
  if (name === 'format' && file.language === 'python') {
    const format = joined(read(file, object, depth + 1))
    if (!format.some(it => typeof it === 'string' && it.includes('{'))) return [{ node: call }]
    const positional = call.children('argument').filter(it => it.kind !== 'KeywordArgument')
    let next = 0
    return format.flatMap(piece =>
      isHole(piece)
        ? [piece]
        : fill(piece, BRACES, match => {
            if (match[0] === '{{' || match[0] === '}}') return [match[0][0]!]
            if (/[bdoxXeEfFgG%]$/.test(match[2] ?? '')) return ['0']
            const key = /^\w*/.exec(match[1] ?? '')![0]
            const value = key === '' ? positional[next++] : (positional[Number(key)] ?? named(call, key))
            return !value || value.kind === 'Spread' ? [{ node: call }] : read(file, value, depth + 1)
          }),
    )
  }
  if (
    name === 'format' &&
    file.language !== 'rust' &&
    file.qualifiedName(call.child('callee')!) === 'util.format'
  )
    return formatPieces(file, call, depth)
  if (name === 'join') {
    const list = file.language === 'python' ? call.children('argument')[0] : object
    const separator = file.language === 'python' ? object : call.children('argument')[0]
    const between = separator ? file.constant(separator) : undefined
    const elements = list && file.value(list)
    if (between?.kind !== 'string' || !elements?.is('List', 'Tuple')) return [{ node: call }]
    return elements
      .children('element')
      .flatMap((it, i) => [
        ...(i > 0 ? [between.value] : []),
        ...(it.kind === 'Spread' ? [{ node: it }] : read(file, it, depth + 1)),
      ])
  }
  if (name === 'concat' && file.language !== 'python' && file.language !== 'rust') {
    const parts = [object, ...call.children('argument')]
    if (parts.some(it => it.kind === 'Spread') || !parts.some(it => it.is('String', 'Template')))
      return [{ node: call }]
    return parts.flatMap(it => read(file, it, depth + 1))
  }
  return [{ node: call }]
}

/** Node's `util.format('… %s', value)` */
function formatPieces(file: SourceFile, call: SyntaxNode, depth: number): Piece[] {
  const [head, ...values] = call.children('argument')
  if (!head || values.some(it => it.kind === 'Spread')) return [{ node: call }]
  let next = 0
  const format = joined(read(file, head, depth + 1)).flatMap(piece =>
    isHole(piece)
      ? [piece]
      : fill(piece, FORMAT, ([, type]) => {
          if (type === '%') return ['%']
          const value = values[next++]
          if (/[dif]/.test(type!)) return ['0']
          return value ? read(file, value, depth + 1) : []
        }),
  )
  return [...format, ...values.slice(next).flatMap(it => [' ', ...read(file, it, depth + 1)])]
}

const FORMAT = /%([sdifjoOc%])/g

function namePieces(file: SourceFile, name: SyntaxNode, depth: number): Piece[] {
  const writes = writesTo(file, name)
  const pieces: Piece[] = []
  for (const [i, write] of writes.entries()) {
    const definition = definitionOf(write)
    if (!definition || definition.kind === 'parameter' || definition.path.length > 0 || !definition.value)
      return [{ node: name }]
    const isAdded = definition.kind === 'added'
    if (isAdded !== i > 0 || (isAdded && write.parent?.operator !== '+=')) return [{ node: name }]
    pieces.push(...read(file, definition.value, depth + 1))
  }
  // A name for one other value says more by its own name than by what it stands for.
  return pieces.length > 1 ? pieces : [{ node: name }]
}

function writesTo(file: SourceFile, name: SyntaxNode): SyntaxNode[] {
  const binding = file.binding(name)
  if (!binding || !(binding.kind === 'variable' || binding.kind === 'constant')) return []
  return writesBefore(binding, name)
}

function macroPieces(file: SourceFile, call: SyntaxNode): Piece[] {
  const [format, ...values] = macroArguments(call)
  const literal = format?.nodes.length === 1 ? format.nodes[0]! : undefined
  const constant = literal && file.constant(literal)
  if (!literal || constant?.kind !== 'string') return [{ node: call, opaque: true }]
  const implicit = file.implicitReads(literal)
  let next = 0
  return fill(constant.value, BRACES, match => {
    if (match[0] === '{{' || match[0] === '}}') return [match[0][0]!]
    const key = match[1] ?? ''
    const value =
      key === ''
        ? values[next++]
        : (values[Number(key)] ?? values.find(it => it.name !== '' && it.name === key))
    if (value) return [macroHole(file, value, call)]
    const binding = implicit.find(it => it.name === key)
    return [binding ? { node: literal, binding, path: [] } : { node: call, opaque: true }]
  })
}

/** `x`, `&x.name`, `x.name.as_str()` of a macro's tokens. */
function macroHole(file: SourceFile, { nodes, gaps }: MacroArgument, call: SyntaxNode): Piece {
  let first = 0
  while (nodes[first]?.kind === 'Operator') first++
  const head = nodes[first]
  if (!head) return { node: call, opaque: true }
  if (nodes.length === 1 && !head.is('Name', 'This')) {
    const constant = file.constant(head)
    return constant ? String(constant.value) : { node: head, opaque: true }
  }
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  const path: string[] = []
  for (let i = first + 1; i < nodes.length; i++) {
    const node = nodes[i]!
    const isCall = nodes[i + 1]?.kind === 'TokenTree'
    if (gaps[i] !== '.' || node.kind !== 'Name') return { node: head, opaque: true }
    if (!isCall) path.push(node.name)
    else if (SAME_TEXT_METHODS.has(node.name) && nodes[i + 1]!.size === 1) i++
    else return { node: head, opaque: true }
  }
  if (nodes.length === first + 1 && head.kind === 'Name') {
    const constant = file.constant(head)
    if (constant) return String(constant.value)
  }
  return { node: head, binding, path }
}

function fill(text: string, pattern: RegExp, value: (match: RegExpMatchArray) => Piece[]): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(from, match.index), ...value(match))
    from = match.index + match[0].length
  }
  pieces.push(text.slice(from))
  return pieces
}

function entry(dictionary: SyntaxNode, key: string): SyntaxNode | undefined {
  if (dictionary.kind !== 'Dictionary') return undefined
  return dictionary
    .children('element')
    .find(it => it.kind === 'Pair' && it.child('key')?.text.slice(1, -1) === key)
    ?.child('value')
}

function named(call: SyntaxNode, name: string): SyntaxNode | undefined {
  return call
    .children('argument')
    .find(it => it.kind === 'KeywordArgument' && it.child('label')?.text === name)
    ?.child('value')
}
