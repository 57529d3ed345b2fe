// A string with values in it, piece by piece: text that stands there, and rows of what is put in.

import { KIND_CODE } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

const INTERPOLATION = KIND_CODE.Interpolation

/** Numbers are rows of interpolations. Empty pieces are left out. */
export function stringPieces(
  { text, start, end, after, kind }: SyntaxTree,
  row: number,
): (string | number)[] {
  const source = text.slice(start[row], end[row])
  const quote = /^[A-Za-z]*("""|'''|"|'|`)/.exec(source)
  const open = quote ? quote[0].length : 0
  const close = quote ? quote[1]!.length : 0
  const pieces: (string | number)[] = []
  let from = start[row]! + open
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    if (kind[child] !== INTERPOLATION) continue
    if (start[child]! > from) pieces.push(text.slice(from, start[child]))
    pieces.push(child)
    from = end[child]!
  }
  const last = end[row]! - close
  if (last > from) pieces.push(text.slice(from, last))
  return pieces
}
