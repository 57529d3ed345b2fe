// Texts of URLs in Python, also where they lie in an object: `self.url`, and classes' own constants.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import { isHole, type Piece, textsOf } from '../../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { TextPart, TextParts } from '../../rows/names.ts'
import { joined, textIn } from '../text.ts'
import { lineage } from './classes.ts'

/** `self.url` is made of `self.base`, and that of something else: nobody writes longer chains. */
const DEPTH = 4

/** Each text that an expression may stand for. */
export function urlsIn(file: SourceFile, node: SyntaxNode, depth = 0): TextParts[] {
  return textsOf(file, node).map(it => joined(it.flatMap(piece => partsOf(file, piece, depth))))
}

function partsOf(file: SourceFile, piece: Piece, depth: number): readonly TextPart[] {
  if (!isHole(piece)) return [piece]
  const node = piece.node.unwrapped
  if (depth >= DEPTH) return textIn(file, node)
  if (node.kind === 'Member') {
    const value = attributeValue(file, node)
    const text = value && urlsIn(file, value, depth + 1)[0]
    if (text?.some(it => typeof it === 'string' || 'from' in it)) return withoutParameters(text)
  }
  if (node.kind === 'Call' && calleeName(node) === 'urljoin') {
    const [base, path] = positional(node).map(it => urlsIn(file, it, depth + 1)[0] ?? [])
    if (base && path) return below(base, path)
  }
  return textIn(file, node)
}

/** What `self.name` is given in its class, when it is given one thing only. */
export function attributeValue(file: SourceFile, member: SyntaxNode): SyntaxNode | undefined {
  const object = member.child('object')?.unwrapped
  const name = member.child('property')?.name
  const owner =
    object?.kind === 'Name' && /^(self|cls)$/.test(object.name) ? object.closest('Class') : undefined
  if (!owner || !name) return undefined
  for (const it of lineage(file, owner)) {
    const values = valuesOf(it, name)
    if (values.length > 0) return values.length === 1 ? values[0] : undefined
  }
  return undefined
}

/** `name = …` in a class, and `self.name = …` in its functions. */
function valuesOf(owner: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (const it of owner.named(name, 'any')) {
    const target = it.role === 'property' ? it.parent : it
    const assignment = target?.role === 'target' ? target.parent : undefined
    if (assignment?.kind !== 'Assignment') continue
    const isOwn =
      target!.kind === 'Member'
        ? /^(self|cls)$/.test(target!.child('object')?.name ?? '')
        : assignment.closest('Function', 'Class')?.row === owner.row
    const value = assignment.child('value')
    if (isOwn && value) found.push(value)
  }
  return found
}

/** What a function was given stays with the object: whoever calls another of its functions does not give it. */
export function withoutParameters(parts: TextParts): TextParts {
  return parts.map(it => (typeof it !== 'string' && 'parameter' in it ? { hole: it.hole ?? '' } : it))
}

/** One text behind another, with one slash between. */
export function below(base: TextParts, path: TextParts): TextParts {
  const [first] = path
  if (typeof first === 'string' && /^[a-z]+:\/\//i.test(first)) return path
  const last = base.at(-1)
  const start = typeof last === 'string' ? [...base.slice(0, -1), last.replace(/\/+$/, '')] : base
  if (path.length === 0) return start
  const rest =
    typeof first === 'string' ? [`/${first.replace(/^\/+/, '')}`, ...path.slice(1)] : ['/', ...path]
  return joined([...start, ...(base.length === 0 && typeof first !== 'string' ? path : rest)])
}
