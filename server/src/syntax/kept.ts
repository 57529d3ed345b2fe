// Nodes that the parser made anew although nothing of them changed: it does that where the grammar was ambiguous for a
// moment, with the children as they were.

import type { Edit } from '../text/document.ts'
import { NOT_KEPT, type SyntaxTree } from './tree.ts'

/** Fills in `origin` for rows outside the edit whose children are all kept, in the same order and below the same kind. */
export function keepRemade(
  tree: SyntaxTree,
  before: SyntaxTree,
  origin: Uint32Array,
  { start: editStart, oldEnd, newEnd }: Edit,
): void {
  const { rows, after, start, end, symbol, role, flags } = tree
  const shift = newEnd - oldEnd
  // From the last row on: children are known when it is their parent's turn.
  for (let row = rows - 1; row > 0; row--) {
    if (origin[row] !== NOT_KEPT || after[row] === row + 1) continue
    const moved = start[row]! >= newEnd ? shift : end[row]! <= editStart ? 0 : undefined
    const first = origin[row + 1]!
    if (moved === undefined || first === NOT_KEPT) continue
    const was = before.parent[first]!
    if (
      was !== 0 &&
      first === was + 1 &&
      before.symbol[was] === symbol[row] &&
      before.role[was] === role[row] &&
      before.flags[was] === flags[row] &&
      before.start[was]! + moved === start[row] &&
      before.end[was]! + moved === end[row] &&
      before.after[was]! - was === after[row]! - row &&
      hasSameChildren(tree, row, was, origin)
    )
      origin[row] = was
  }
}

function hasSameChildren(tree: SyntaxTree, row: number, was: number, origin: Uint32Array): boolean {
  for (let child = row + 1; child < tree.after[row]!; child = tree.after[child]!)
    if (origin[child] !== was + child - row) return false
  return true
}
