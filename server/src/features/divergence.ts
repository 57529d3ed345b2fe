// Copies that went their own ways: the same function twice, of which one was changed and the other was not.

import type { SimilarPair } from './similar-functions.ts'

/** The lines of each side that the other does not have, without their indentation. */
export interface Divergence {
  readonly pair: SimilarPair
  readonly onlyOne: readonly Line[]
  readonly onlyOther: readonly Line[]
}

export interface Line {
  /** Counted from 1, in its file. */
  readonly line: number
  readonly text: string
}

/** More than this differs, and they are two functions that resemble each other. */
const MOST_LINES = 6
/** Of the longer one's lines, so many must stand in the other too. */
const LEAST_SHARED = 0.7
/** In so few lines, sharing most of them says nothing. */
const LEAST_LINES = 6

/** Undefined where the two are copies still, or never were. */
export function divergenceOf(
  pair: SimilarPair,
  textOf: (file: string) => string | undefined,
): Divergence | undefined {
  const { one, other, alike } = pair
  if (alike !== 'similar' || one.name !== other.name || one.language !== other.language) return undefined
  const [a, b] = [linesOf(one, textOf(one.file)), linesOf(other, textOf(other.file))]
  if (Math.min(a.length, b.length) < LEAST_LINES) return undefined
  const shared = sharedLines(a, b)
  if (shared.length < LEAST_SHARED * Math.max(a.length, b.length)) return undefined
  const onlyOne = a.filter((_, i) => !shared.some(it => it[0] === i))
  const onlyOther = b.filter((_, i) => !shared.some(it => it[1] === i))
  if (onlyOne.length + onlyOther.length === 0 || Math.max(onlyOne.length, onlyOther.length) > MOST_LINES)
    return undefined
  return { pair, onlyOne, onlyOther }
}

function linesOf({ start, end, line }: SimilarPair['one'], text: string | undefined): Line[] {
  if (text === undefined) return []
  return text
    .slice(start, end)
    .split('\n')
    .map((it, i) => ({ line: line + i, text: it.trim() }))
    .filter(it => it.text !== '' && !/^(?:\/\/|#(?!\[)|\/?\*)/.test(it.text))
}

/** The longest common subsequence, as pairs of indices. Functions are short: the table is small. */
function sharedLines(a: readonly Line[], b: readonly Line[]): [number, number][] {
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] =
        a[i]!.text === b[j]!.text
          ? longest[i + 1]![j + 1]! + 1
          : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!)
  const shared: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]!.text === b[j]!.text) shared.push([i++, j++])
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++
    else j++
  }
  return shared
}
