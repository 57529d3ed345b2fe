// Sets of characters as sorted, disjoint intervals of code points: what a dot, a class or an escape of a regular
// expression matches.

export interface CharSet {
  /** `from, to, from, to, …`, both ends included. */
  readonly intervals: readonly number[]
  /** Right only for code points below `KNOWN`; above that, what it holds is not all that it matches. */
  readonly partial: boolean
}

/** Where properties such as `\p{L}` are worked out; beyond it they count as empty. */
const KNOWN = 0x250
const LAST = 0x10ffff

export const NOTHING: CharSet = { intervals: [], partial: false }
export const ANYTHING: CharSet = { intervals: [0, LAST], partial: false }
export const ASCII_DIGITS = range(0x30, 0x39)
export const ASCII_WORD: CharSet = {
  intervals: [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a],
  partial: false,
}
export const ASCII_SPACE: CharSet = { intervals: [9, 13, 32, 32], partial: false }
/** White space in JavaScript, and, near enough, Unicode's. */
export const SPACE: CharSet = {
  intervals: [
    9, 13, 32, 32, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f,
    0x3000, 0x3000, 0xfeff, 0xfeff,
  ],
  partial: false,
}
/** Python also counts the four separators of ASCII and the next-line sign as white space. */
export const PYTHON_SPACE: CharSet = {
  intervals: [
    9, 13, 28, 32, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f,
    0x205f, 0x205f, 0x3000, 0x3000,
  ],
  partial: false,
}
export const UNICODE_WORD = where(/[\p{L}\p{N}_]/u)
export const UNICODE_DIGITS = where(/\p{Nd}/u)

export function range(from: number, to: number): CharSet {
  return { intervals: [from, to], partial: false }
}

/** All characters that a pattern for one character matches, as far as they are looked at. */
export function where(pattern: RegExp): CharSet {
  const intervals: number[] = []
  for (let code = 0; code < KNOWN; code++) {
    if (!pattern.test(String.fromCharCode(code))) continue
    if (intervals.at(-1) === code - 1) intervals[intervals.length - 1] = code
    else intervals.push(code, code)
  }
  return { intervals, partial: true }
}

export function union(sets: readonly CharSet[]): CharSet {
  if (sets.length === 1) return sets[0]!
  const pairs: [number, number][] = []
  for (const { intervals } of sets)
    for (let i = 0; i < intervals.length; i += 2) pairs.push([intervals[i]!, intervals[i + 1]!])
  pairs.sort((a, b) => a[0] - b[0])
  const intervals: number[] = []
  for (const [from, to] of pairs) {
    const last = intervals.length - 1
    if (last >= 0 && from <= intervals[last]! + 1) intervals[last] = Math.max(intervals[last]!, to)
    else intervals.push(from, to)
  }
  return { intervals, partial: sets.some(it => it.partial) }
}

/** Everything else. Of a set that is only known in part, only the known part of everything else. */
export function complement({ intervals, partial }: CharSet): CharSet {
  const found: number[] = []
  const last = partial ? KNOWN - 1 : LAST
  let from = 0
  for (let i = 0; i < intervals.length; i += 2) {
    if (intervals[i]! > from) found.push(from, Math.min(intervals[i]! - 1, last))
    from = intervals[i + 1]! + 1
    if (from > last) break
  }
  if (from <= last) found.push(from, last)
  return { intervals: found, partial }
}

export function intersection(a: CharSet, b: CharSet): CharSet {
  const intervals: number[] = []
  for (let i = 0, j = 0; i < a.intervals.length && j < b.intervals.length; ) {
    const from = Math.max(a.intervals[i]!, b.intervals[j]!)
    const to = Math.min(a.intervals[i + 1]!, b.intervals[j + 1]!)
    if (from <= to) intervals.push(from, to)
    if (a.intervals[i + 1]! < b.intervals[j + 1]!) i += 2
    else j += 2
  }
  return { intervals, partial: a.partial || b.partial }
}

export function overlaps(a: CharSet, b: CharSet): boolean {
  return intersection(a, b).intervals.length > 0
}

export function includes({ intervals }: CharSet, code: number): boolean {
  for (let i = 0; i < intervals.length; i += 2) if (code <= intervals[i + 1]!) return code >= intervals[i]!
  return false
}

/** With every ASCII letter in its other case. */
export function ignoringCase(set: CharSet): CharSet {
  const moved = (from: number, to: number, by: number): CharSet => ({
    intervals: intersection(set, range(from, to)).intervals.map(it => it + by),
    partial: false,
  })
  return union([set, moved(0x41, 0x5a, 32), moved(0x61, 0x7a, -32)])
}

/** One character of the set, readable if there is one. */
export function member(set: CharSet): number | undefined {
  for (const character of READABLE) {
    const code = character.charCodeAt(0)
    if (includes(set, code)) return code
  }
  return set.intervals[0]
}

const READABLE = 'a0 -x."\'/,:;@b1A=_*\\<>()[]{}#&%$+!\n\t'
