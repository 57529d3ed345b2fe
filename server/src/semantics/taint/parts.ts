// From what is put together to its parts, and from a part to what it is taken of.

import type { SyntaxNode } from '../../syntax/node.ts'
import { keyText } from '../calls.ts'
import { isChecked } from '../checks.ts'
import { ANY } from '../definitions.ts'
import { type Hole, isHole, type Piece, piecesOf } from '../text-pieces.ts'
import { traceBinding } from './names.ts'
import type { Source } from './sources.ts'
import { first, inner, type Path, step, trace, type Walk } from './walk.ts'

export function traceHole(walk: Walk, hole: Hole): Source | undefined {
  if (hole.opaque) return undefined
  if (!hole.binding) return hole.path?.length ? undefined : trace(walk, hole.node, [])
  const before = walk.found?.length ?? 0
  const found = traceBinding(walk, hole.binding, hole.node, hole.path ?? [])
  const isFound = found !== undefined || (walk.found?.length ?? 0) > before
  const subject = { binding: hole.binding, expression: hole.node }
  if (!isFound || !isChecked(walk.file, subject, walk.sink)) return found
  if (walk.found) walk.found.length = before
  return undefined
}

/** What is put into a text. */
export function traceText(walk: Walk, it: SyntaxNode): Source | undefined {
  const pieces = piecesOf(walk.file, it)
  const deciding = walk.found && decidingPieces(pieces)
  return first(walk, pieces, piece => {
    if (!isHole(piece) || piece.node.row === it.row) return undefined
    return traceHole(!deciding || deciding.includes(piece) ? walk : { ...walk, isBehind: true }, piece)
  })
}

/** Rust's blocks have values: that of their last expression. */
export function traceBlock(walk: Walk, it: SyntaxNode, path: Path): Source | undefined {
  if (walk.file.language !== 'rust') return undefined
  if (it.kind === 'If')
    return first(walk, [it.child('consequence'), it.child('alternative')], side => inner(walk, side, path))
  if (it.kind === 'Switch')
    return first(walk, it.children('case'), arm => inner(walk, arm.child('body'), path))
  const last = it.children('statement').at(-1)
  return last && !last.is('ExpressionStatement', 'Declarator') ? trace(walk, last, path) : undefined
}

export function traceElements(walk: Walk, it: SyntaxNode, path: Path): Source | undefined {
  const elements = it.children('element')
  const index = Number(path[0])
  const only = path.length > 0 && Number.isInteger(index) ? elements[index] : undefined
  return only
    ? trace(walk, only, path.slice(1))
    : first(walk, elements, element => trace(walk, element, path.slice(1)))
}

export function traceEntry(walk: Walk, it: SyntaxNode, [name, ...rest]: Path): Source | undefined {
  if (name === undefined) return undefined
  for (const entry of it.children('element').reverse()) {
    if (entry.kind === 'Spread') {
      const found = inner(walk, entry.child('value'), [name, ...rest])
      if (found) return found
    } else if (entry.kind === 'Name' ? entry.name === name || name === ANY : entry.kind === 'Pair') {
      const value = entry.kind === 'Name' ? entry : entry.child('value')
      if (entry.kind === 'Pair' && name !== ANY && keyText(entry.child('key')) !== name) continue
      const found = inner(walk, value, rest)
      if (found || name !== ANY) return found
    }
  }
  return undefined
}

/** The pieces of an address that may decide which host it leads to: nothing behind the host does. */
export function decidingPieces(pieces: readonly Piece[]): readonly Piece[] {
  let before = ''
  for (const [i, piece] of pieces.entries()) {
    // What another value begins with is decided by that value.
    if (isHole(piece) && before === '') return pieces.slice(0, i + 1)
    before += isHole(piece) ? 'x' : piece
    // `//host` and `https://host`, nothing behind the host yet.
    if (!/^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*$/i.test(before)) return pieces.slice(0, i)
  }
  return pieces
}

/** Members that tell about a value without holding it. */
const ABOUT = new Set([
  'length',
  'size',
  'count',
  'byteLength',
  'content_length',
  'content_type',
  'method',
  'status',
])

/** Their members have whatever names the sender chose. */
const HOLDS_FIELDS = /^(body|query|params|args|form|json|GET|POST)$/

export function traceMember(walk: Walk, it: SyntaxNode, name: string, path: Path): Source | undefined {
  const object = it.child('object')
  if (!object || (ABOUT.has(name) && !HOLDS_FIELDS.test(object.child('property')?.name ?? '')))
    return undefined
  // A slice of a text or a list is more of the same.
  const isSlice = it.kind === 'Index' && it.child('index')?.kind === 'Slice'
  return extended(object, it, step(walk, object.unwrapped, isSlice ? path : [name, ...path]))
}

/** The whole of `request.args['name']` is the source, not only the `request` in it. */
export function extended(
  object: SyntaxNode,
  whole: SyntaxNode,
  found: Source | undefined,
): Source | undefined {
  return found && found.at.row === object.unwrapped.row ? Object.assign(found, { at: whole }) : found
}
