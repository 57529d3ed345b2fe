// A file as the sequence of its tokens, whatever the spacing and the comments: two versions of it can be compared by them.

import { KIND_CODE } from '../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../server/src/syntax/tree.ts'

/** Columns: token `i` stands at `start[i]..end[i]`. */
export interface FlatTokens {
  readonly count: number
  readonly text: readonly string[]
  readonly start: readonly number[]
  readonly end: readonly number[]
  /** The row of the tree that is this token; -1 for punctuation and for the words of the grammar. */
  readonly row: readonly number[]
  /** How many blocks are around it: in Python, spacing has a meaning. */
  readonly depth: readonly number[]
}

/** The tokens of the text `from..to`; both ends lie between tokens. */
export function flatTokens(tree: SyntaxTree, from = 0, to = tree.text.length): FlatTokens {
  const columns = { text: [] as string[], start: [] as number[], end: [] as number[], row: [] as number[] }
  const depth: number[] = []
  const blocks = blockDepths(tree)
  let at = from
  const push = (text: string, start: number, row: number, around: number) => {
    columns.text.push(text)
    columns.start.push(start)
    columns.end.push(start + text.length)
    columns.row.push(row)
    depth.push(blocks[around]!)
  }
  const gap = (until: number, around: number) => {
    if (until <= at) return
    const between = tree.text.slice(at, until)
    if (between === ' ') return
    for (const found of between.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*|\p{N}+|\S/gu))
      push(found[0], at + found.index, -1, around)
  }
  for (let row = 0; row < tree.rows; row++) {
    // `is not` has a child.
    if (tree.after[row] !== row + 1 && tree.kind[row] !== OPERATOR) continue
    const start = tree.start[row]!
    const end = tree.end[row]!
    // What is missing has no width.
    if (end === start || start < at) continue
    if (start >= to) break
    gap(start, tree.parent[row]!)
    if (tree.kind[row] !== COMMENT) push(tree.text.slice(start, end), start, row, tree.parent[row]!)
    at = end
  }
  gap(to, 0)
  return { count: depth.length, depth, ...columns }
}

/** Both tokens say the same at the same depth. */
export function sameToken(a: FlatTokens, i: number, b: FlatTokens, j: number): boolean {
  return a.text[i] === b.text[j] && a.depth[i] === b.depth[j]
}

/** The first token that does not begin before `offset`. */
export function tokenAt({ start, count }: FlatTokens, offset: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (start[middle]! < offset) low = middle + 1
    else high = middle
  }
  return low
}

function blockDepths(tree: SyntaxTree): Uint16Array {
  const depths = new Uint16Array(tree.rows)
  for (let row = 1; row < tree.rows; row++)
    depths[row] = depths[tree.parent[row]!]! + (tree.kind[row] === BLOCK ? 1 : 0)
  return depths
}

const COMMENT = KIND_CODE.Comment
const OPERATOR = KIND_CODE.Operator
const BLOCK = KIND_CODE.Block
