// Nodes that the parser made anew although nothing of them changed: single ones where the grammar was ambiguous for a
// moment, with the children as they were; nearly all when the text was broken in between.

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

/**
 * Where each row of `tree` stood in `before`, two trees of one document that `edit` lies between, found by comparing
 * them: for versions of which the parser cannot tell, since the text did not parse in between.
 */
export function keptBetween(before: SyntaxTree, tree: SyntaxTree, edit: Edit): Uint32Array {
  const origin = new Uint32Array(tree.rows).fill(NOT_KEPT)
  const shift = edit.newEnd - edit.oldEnd
  let was = 0
  for (let row = 0; row < tree.rows; row++) {
    const start = tree.start[row]!
    const isBehind = start >= edit.newEnd
    if (tree.after[row] !== row + 1 || (!isBehind && tree.end[row]! > edit.start)) continue
    const moved = isBehind ? shift : 0
    while (was < before.rows && (before.start[was]! + moved < start || before.after[was] !== was + 1)) was++
    // Several leaves may begin in one place, some of them empty.
    for (let it = was; it < before.rows && before.start[it]! + moved === start; it++) {
      if (!isSameLeaf(before, it, tree, row, moved)) continue
      origin[row] = it
      was = it + 1
      break
    }
  }
  keepRemade(tree, before, origin, edit)
  return origin
}

function isSameLeaf(a: SyntaxTree, was: number, b: SyntaxTree, row: number, moved: number): boolean {
  return (
    a.after[was] === was + 1 &&
    a.end[was]! + moved === b.end[row] &&
    a.symbol[was] === b.symbol[row] &&
    a.kind[was] === b.kind[row] &&
    a.role[was] === b.role[row] &&
    a.flags[was] === b.flags[row] &&
    a.name[was] === b.name[row]
  )
}
