// Two arguments of a call that changed places.

import { KIND_CODE, ROLE_CODE } from '../../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import { tokenAt } from '../flat-tokens.ts'
import { type Found, kindOf, type Range, type Side } from './side.ts'

/** Two arguments of the innermost call around all that changed have changed places. */
export function swapped(
  one: Side,
  i: number,
  to: number,
  two: Side,
  j: number,
  until: number,
): Found | undefined {
  if (to - i < 3) return undefined
  const was = callAround(one, i, to)
  const is = callAround(two, j, until)
  if (was === undefined || is === undefined) return undefined
  const these = argumentsOf(one.tree, was)
  const those = argumentsOf(two.tree, is)
  if (these.length !== those.length) return undefined
  const before = these.map(it => spokenBy(one, it))
  const after = those.map(it => spokenBy(two, it))
  const places = before.flatMap((it, place) => (it === after[place] ? [] : [place]))
  const [first, second] = places
  if (first === undefined || second === undefined || places.length !== 2) return undefined
  if (before[first] !== after[second] || before[second] !== after[first]) return undefined
  const ends = [these[first]!, these[second]!]
  // The order of what is named does not matter.
  if (ends.every(it => kindOf(one.tree, it) === 'KeywordArgument')) return undefined
  const span = (side: Side, from: number, last: number): Range => [
    side.tree.start[from]!,
    side.tree.end[last]!,
  ]
  const [start, end] = span(one, ends[0]!, ends[1]!)
  if (one.tokens.start[i]! < start || one.tokens.end[to - 1]! > end) return undefined
  return { kind: 'swap', before: [start, end], after: span(two, those[first]!, those[second]!) }
}

function callAround({ tree, tokens }: Side, from: number, to: number): number | undefined {
  const start = tokens.start[from]!
  const end = tokens.end[to - 1]!
  let found: number | undefined
  for (let row = 0; row < tree.rows; row++) {
    if (tree.end[row]! < end) continue
    if (tree.start[row]! > start) break
    const kind = kindOf(tree, row)
    if (kind === 'Call' || kind === 'New') found = row
  }
  return found
}

function argumentsOf(tree: SyntaxTree, call: number): number[] {
  const found: number[] = []
  for (let row = call + 1; row < tree.after[call]!; row = tree.after[row]!)
    if (tree.role[row] === ARGUMENT && tree.kind[row] !== COMMENT) found.push(row)
  return found
}

function spokenBy({ tree, tokens }: Side, row: number): string {
  return tokens.text.slice(tokenAt(tokens, tree.start[row]!), tokenAt(tokens, tree.end[row]!)).join(' ')
}

const COMMENT = KIND_CODE.Comment
const ARGUMENT = ROLE_CODE.argument
