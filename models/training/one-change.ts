// Whether a function of a file became another by a single change of the kinds that a model can learn to undo.

import { FLAG_ERROR, type SyntaxTree } from '../../server/src/syntax/tree.ts'
import { sameToken } from './flat-tokens.ts'
import { differing, sameOutside, sidesOf } from './one-change/differing-functions.ts'
import { inserted } from './one-change/inserted.ts'
import { replaced } from './one-change/replaced.ts'
import { replacedIntegers } from './one-change/replaced-integers.ts'
import type { ChangeKind, Found, Range, Side, Span } from './one-change/side.ts'
import { swapped } from './one-change/swapped.ts'

/** Ranges are UTF-16 offsets of the whole file's text. */
export interface Change {
  readonly kind: ChangeKind
  /** The outermost function around the change. */
  readonly beforeFunction: Range
  readonly afterFunction: Range
  /** What was replaced; empty where something was added. */
  readonly beforeRange: Range
  readonly afterRange: Range
  /** The file is otherwise the same. */
  readonly isOnly: boolean
}

/** Every function of which a single change made the one in `after`. Functions with syntax errors are passed over. */
export function singleChanges(before: SyntaxTree, after: SyntaxTree): Change[] {
  const [one, two] = sidesOf(before, after)
  const changes: Change[] = []
  const { pairs, isOnlyOne } = differing(one, two)
  for (const [was, is] of pairs) {
    if ((before.flags[was.row]! | after.flags[is.row]!) & FLAG_ERROR) continue
    const found = compare(one, was, two, is)
    if (!found) continue
    changes.push({
      kind: found.kind,
      beforeFunction: [before.start[was.row]!, before.end[was.row]!],
      afterFunction: [after.start[is.row]!, after.end[is.row]!],
      beforeRange: found.before,
      afterRange: found.after,
      isOnly: isOnlyOne && sameOutside(one, was, two, is),
    })
  }
  return changes
}

/** What made the one of the other: their tokens are the same but for one stretch. */
function compare(one: Side, was: Span, two: Side, is: Span): Found | undefined {
  const a = one.tokens
  const b = two.tokens
  let from = 0
  const shorter = Math.min(was.to - was.from, is.to - is.from)
  while (from < shorter && sameToken(a, was.from + from, b, is.from + from)) from++
  let behind = 0
  while (behind < shorter - from && sameToken(a, was.to - 1 - behind, b, is.to - 1 - behind)) behind++
  const i = was.from + from
  const j = is.from + from
  const removed = was.to - behind - i
  const added = is.to - behind - j
  if (Math.max(removed, added) > MOST_TOKENS) return undefined
  if (removed === 1 && added === 1) {
    const found = replaced(one, i, two, j)
    if (found) return found
  }
  const integers = replacedIntegers(one, i, removed, two, j, added)
  if (integers) return integers
  if (removed < added) return inserted(one, { ...was, from: i }, two, { ...is, from: j })
  if (removed > added) {
    const turned = inserted(two, { ...is, from: j }, one, { ...was, from: i })
    return turned && { kind: turned.kind, before: turned.after, after: turned.before }
  }
  return swapped(one, i, i + removed, two, j, j + added)
}

/** Two exchanged arguments may be long; what is longer is not read as one mistake. */
const MOST_TOKENS = 60
