// Character classes: `[…]`, with what each dialect allows inside.

import {
  ANYTHING,
  ASCII_DIGITS,
  ASCII_SPACE,
  ASCII_WORD,
  type CharSet,
  complement,
  ignoringCase,
  intersection,
  NOTHING,
  range,
  union,
} from './char-set.ts'
import { takeEscape } from './escapes.ts'
import { type Atom, eat, fail, peek, type Reading, take, takeCharacter } from './reading.ts'
import type { Chars, ClassItem } from './syntax.ts'

/** Reads a class; the position is on its bracket. */
export function takeClass(it: Reading): Chars {
  const start = it.at
  const set = it.dialect === 'rust' || it.flags.sets ? takeNested(it) : takeFlat(it)
  const negated = it.source[start + 1] === '^'
  return { kind: 'chars', set, literal: false, positive: !negated, start, end: it.at }
}

/** A class without classes in it. */
function takeFlat(it: Reading): CharSet {
  const start = it.at
  it.at++
  const negated = eat(it, '^')
  const items: ClassItem[] = []
  const sets: CharSet[] = []
  const first = it.at
  for (;;) {
    if (it.at >= it.source.length) fail(it, 'unclosed-class', start, start + 1)
    // Python takes a bracket that comes first for itself.
    if (peek(it) === ']' && (it.dialect !== 'python' || it.at > first)) break
    takeItem(it, items, sets)
  }
  it.at++
  it.classes.push({ start, end: it.at, negated, items, ignoreCase: it.flags.ignoreCase })
  return finish(it, sets, negated)
}

function finish(it: Reading, sets: readonly CharSet[], negated: boolean): CharSet {
  const all = sets.length > 0 ? union(sets) : NOTHING
  const folded = it.flags.ignoreCase ? ignoringCase(all) : all
  return negated ? complement(folded) : folded
}

/** A character, an escape, or a range. */
function takeItem(it: Reading, items: ClassItem[], sets: CharSet[]): void {
  const start = it.at
  const left = takeAtom(it)
  const leftEnd = it.at
  if (!rangeFollows(it)) return add(items, sets, left, start, leftEnd)
  it.at++
  const rightStart = it.at
  const right = takeAtom(it)
  if (
    it.dialect === 'python' &&
    (it.source.startsWith('\\N', start) || it.source.startsWith('\\N', rightStart))
  ) {
    // A character by its name, which we do not know.
    sets.push({ ...NOTHING, partial: true })
    return
  }
  if (!('code' in left) || !('code' in right)) {
    if (it.dialect !== 'javascript' || it.flags.unicode) fail(it, 'range-of-class', start)
    // Old JavaScript: three things, the hyphen for itself.
    add(items, sets, left, start, leftEnd)
    add(items, sets, { code: 0x2d }, leftEnd, rightStart)
    return add(items, sets, right, rightStart, it.at)
  }
  if (left.code > right.code) fail(it, 'range-backwards', start)
  items.push({ kind: 'range', from: left.code, to: right.code, start, end: it.at })
  sets.push(range(left.code, right.code))
}

function add(items: ClassItem[], sets: CharSet[], atom: Atom, start: number, end: number): void {
  if ('code' in atom) {
    items.push({ kind: 'character', from: atom.code, to: atom.code, start, end })
    sets.push(range(atom.code, atom.code))
  } else {
    items.push({ kind: 'escape', from: -1, to: -1, start, end })
    sets.push(atom.set)
  }
}

/** A hyphen that is not the last thing in the class, nor the first half of a difference. */
function rangeFollows({ source, at, dialect, flags }: Reading): boolean {
  if (source[at] !== '-' || at + 1 >= source.length || source[at + 1] === ']') return false
  return (dialect !== 'rust' && !flags.sets) || source[at + 1] !== '-'
}

function takeAtom(it: Reading): Atom {
  if (it.at >= it.source.length) fail(it, 'unclosed-class', it.at)
  if (peek(it) !== '\\') return { code: takeCharacter(it) }
  const start = it.at
  const escaped = takeEscape(it, true)
  if ('anchor' in escaped || 'group' in escaped) fail(it, 'bad-escape', start)
  return escaped
}

/** A class of Rust's or of JavaScript's `v`: classes within, intersections, differences. */
function takeNested(it: Reading): CharSet {
  const start = it.at
  it.at++
  const negated = eat(it, '^')
  const items: ClassItem[] = []
  let sets: CharSet[] = []
  let pending: { readonly set: CharSet; readonly operator: string } | undefined
  const first = it.at
  for (;;) {
    if (it.at >= it.source.length) fail(it, 'unclosed-class', start, start + 1)
    if (it.dialect === 'rust' && it.flags.verbose && take(it, BLANK)) continue
    if (peek(it) === ']' && (it.dialect !== 'rust' || it.at > first)) break
    const operator = take(it, it.dialect === 'rust' ? /&&|--|~~/y : /&&|--/y)?.[0]
    if (operator && (it.dialect !== 'rust' || operator !== '--' || it.at - 2 > first)) {
      pending = { set: combine(pending, sets), operator }
      sets = []
    } else if (operator) sets.push(range(0x2d, 0x2d))
    else takeMember(it, items, sets)
  }
  it.at++
  it.classes.push({ start, end: it.at, negated, items, ignoreCase: it.flags.ignoreCase })
  return finish(it, [combine(pending, sets)], negated)
}

const BLANK = /\s+|#[^\n]*/y

function combine(
  pending: { readonly set: CharSet; readonly operator: string } | undefined,
  sets: readonly CharSet[],
): CharSet {
  const right = sets.length > 0 ? union(sets) : NOTHING
  if (!pending) return right
  const { set: left, operator } = pending
  if (operator === '&&') return intersection(left, right)
  if (operator === '--') return intersection(left, complement(right))
  return intersection(union([left, right]), complement(intersection(left, right)))
}

function takeMember(it: Reading, items: ClassItem[], sets: CharSet[]): void {
  const start = it.at
  const posix = it.dialect === 'rust' ? take(it, /\[:(\^?)([a-z]+):\]/y) : undefined
  if (posix) {
    const set = POSIX[posix[2]!] ?? { ...ANYTHING, partial: true }
    sets.push(posix[1] ? complement(set) : set)
    items.push({ kind: 'nested', from: -1, to: -1, start, end: it.at })
    return
  }
  if (peek(it) === '[') {
    sets.push(takeNested(it))
    items.push({ kind: 'nested', from: -1, to: -1, start, end: it.at })
    return
  }
  if (it.dialect === 'javascript') {
    if (take(it, /\\q\{[^}]*\}/y)) {
      sets.push({ ...NOTHING, partial: true })
      items.push({ kind: 'nested', from: -1, to: -1, start, end: it.at })
      return
    }
    if (take(it, RESERVED)) fail(it, 'bad-class-set', start)
  }
  takeItem(it, items, sets)
}

/** What `v` keeps for later: doubled signs, and brackets that stand for themselves. */
const RESERVED = /([!#$%*+,.:;<=>?@^`~])\1|[(){}/|]|-/y

const POSIX: Readonly<Record<string, CharSet>> = {
  alnum: { intervals: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a], partial: false },
  alpha: { intervals: [0x41, 0x5a, 0x61, 0x7a], partial: false },
  ascii: range(0, 0x7f),
  blank: { intervals: [9, 9, 32, 32], partial: false },
  cntrl: { intervals: [0, 31, 127, 127], partial: false },
  digit: ASCII_DIGITS,
  graph: range(0x21, 0x7e),
  lower: range(0x61, 0x7a),
  print: range(0x20, 0x7e),
  punct: { intervals: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e], partial: false },
  space: ASCII_SPACE,
  upper: range(0x41, 0x5a),
  word: ASCII_WORD,
  xdigit: { intervals: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66], partial: false },
}
