// When two pieces of code say the same.

import { KIND_CODE } from './kinds.ts'
import type { SyntaxTree } from './tree.ts'

const COMMENT = KIND_CODE.Comment

/** Both subtrees say the same, whatever the spacing and the comments. */
export function saysTheSame(one: SyntaxTree, first: number, two: SyntaxTree, second: number): boolean {
  if (first === second && one === two) return true
  const lastA = one.after[first]!
  const lastB = two.after[second]!
  let i = first
  let j = second
  for (;;) {
    while (i < lastA && one.kind[i] === COMMENT) i = one.after[i]!
    while (j < lastB && two.kind[j] === COMMENT) j = two.after[j]!
    if (i >= lastA || j >= lastB) return i >= lastA && j >= lastB
    if (one.symbol[i] !== two.symbol[j] || (i !== first && one.role[i] !== two.role[j])) return false
    const leaf = one.after[i] === i + 1
    if (leaf !== (two.after[j] === j + 1)) return false
    if (leaf && !sameLeaf(one, i, two, j)) return false
    if (!leaf && SPELLED.has(one.kind[i]!) && ownText(one, i) !== ownText(two, j)) return false
    i++
    j++
  }
}

/** Kinds that say something between their children: `a[1:]`, `/a/`, `yield from a`, `[a,,b]`, `m!(a; b)`. */
const SPELLED: ReadonlySet<number> = new Set(
  (
    [
      'Template',
      'Interpolation',
      'Regex',
      'Slice',
      'Yield',
      'List',
      'ListPattern',
      'TokenTree',
      'Other',
    ] as const
  ).map(it => KIND_CODE[it]),
)
const TEXTS: ReadonlySet<number> = new Set(
  (['Template', 'Interpolation', 'Regex'] as const).map(it => KIND_CODE[it]),
)

/** What a node says outside its children; blanks and a last comma count only inside a text. */
function ownText({ text, kind, start, end, after }: SyntaxTree, row: number): string {
  let own = ''
  let from = start[row]!
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    own += `${text.slice(from, start[child])}\0`
    from = end[child]!
  }
  own += text.slice(from, end[row])
  if (TEXTS.has(kind[row]!)) return own
  return own.replace(/[\s\0]+/g, blank => (blank.includes('\0') ? '\0' : '')).replace(/,(\0?[\])}])$/, '$1')
}

function sameLeaf(one: SyntaxTree, i: number, two: SyntaxTree, j: number): boolean {
  if (one === two && one.name[i] !== 0) return one.name[i] === two.name[j]
  const length = one.end[i]! - one.start[i]!
  if (length !== two.end[j]! - two.start[j]!) return false
  return one.text.slice(one.start[i], one.end[i]) === two.text.slice(two.start[j], two.end[j])
}

/**
 * A number for a subtree: equal for subtrees of one document that say the same; different, most likely, for others.
 * `known` has one entry a row, 0 for those that nobody asked about yet.
 */
export function digestOf(tree: SyntaxTree, row: number, known: Uint32Array): number {
  const { kind, symbol, role, after, name, text, start, end } = tree
  // Children come behind their parent: from the last row on, they are known when it is their parent's turn.
  for (let it = after[row]! - 1; it >= row; it--) {
    if (known[it] !== 0) continue
    let hash = Math.imul(0x811c9dc5 ^ symbol[it]!, PRIME)
    const last = after[it]!
    if (last === it + 1)
      hash =
        name[it] !== 0 ? Math.imul(hash ^ name[it]!, PRIME) : digestText(hash, text, start[it]!, end[it]!)
    else {
      if (SPELLED.has(kind[it]!)) {
        const own = ownText(tree, it)
        hash = digestText(hash, own, 0, own.length)
      }
      for (let child = it + 1; child < last; child = after[child]!)
        if (kind[child] !== COMMENT)
          hash = Math.imul((hash ^ known[child]! ^ (hash >>> 15)) + role[child]!, PRIME)
    }
    known[it] = hash ^ (hash >>> 16) || 1
  }
  return known[row]!
}

const PRIME = 0x01000193

function digestText(hash: number, text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return hash
}
