// One whole number that stands where another stood, with its sign.

import { type Found, kindOf, rangeOf, type Side } from './side.ts'

/** Undefined when what changed is more than an integer. */
export function replacedIntegers(
  one: Side,
  i: number,
  removed: number,
  two: Side,
  j: number,
  added: number,
): Found | undefined {
  if (removed > 2 || added > 2) return undefined
  const was = integerAround(one, i, removed)
  const is = integerAround(two, j, added)
  if (!was || !is || was.value === is.value) return undefined
  if (Math.abs(was.value) > LARGEST_INTEGER || Math.abs(is.value) > LARGEST_INTEGER) return undefined
  return { kind: 'literal', before: rangeOf(one, was.from, was.to), after: rangeOf(two, is.from, is.to) }
}

/** A whole number with its sign. */
interface Integer {
  readonly value: number
  readonly from: number
  readonly to: number
}

/** Larger numbers are settings. */
const LARGEST_INTEGER = 10

/** The integer that the `count` tokens at `i` are part of, when nothing else is among them. */
function integerAround({ tree, tokens }: Side, i: number, count: number): Integer | undefined {
  const at = count === 2 || tokens.text[i] === '-' ? i + 1 : i
  const row = tokens.row[at]
  if (row === undefined || row < 0 || kindOf(tree, row) !== 'Number') return undefined
  const digits = /^(\d[\d_]*)([iu](8|16|32|64|128|size)|n)?$/.exec(tokens.text[at]!)
  if (!digits) return undefined
  const value = Number(digits[1]!.replaceAll('_', ''))
  const isNegative =
    at > 0 && tokens.text[at - 1] === '-' && tree.start[tree.parent[row]!] === tokens.start[at - 1]
  if (at > i && !isNegative) return undefined
  return isNegative ? { value: -value, from: at - 1, to: at } : { value, from: at, to: at }
}
