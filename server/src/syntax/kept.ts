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
  // Every column in a variable of its own: this loop stands between a key and its underline.
  const { rows, start, end, after, symbol, kind, role, flags, name } = tree
  const {
    rows: rowsBefore,
    start: startBefore,
    end: endBefore,
    after: afterBefore,
    symbol: symbolBefore,
    kind: kindBefore,
    role: roleBefore,
    flags: flagsBefore,
    name: nameBefore,
  } = before
  let was = 0
  for (let row = 0; row < rows; row++) {
    if (after[row] !== row + 1) continue
    const from = start[row]!
    const isBehind = from >= edit.newEnd
    if (!isBehind && end[row]! > edit.start) continue
    const moved = isBehind ? shift : 0
    while (was < rowsBefore && (startBefore[was]! + moved < from || afterBefore[was] !== was + 1)) was++
    // Several leaves may begin in one place, some of them empty.
    for (let it = was; it < rowsBefore && startBefore[it]! + moved === from; it++) {
      if (
        afterBefore[it] === it + 1 &&
        endBefore[it]! + moved === end[row] &&
        symbolBefore[it] === symbol[row] &&
        kindBefore[it] === kind[row] &&
        roleBefore[it] === role[row] &&
        flagsBefore[it] === flags[row] &&
        nameBefore[it] === name[row]
      ) {
        origin[row] = it
        was = it + 1
        break
      }
    }
  }
  keepRemade(tree, before, origin, edit)
  return origin
}
