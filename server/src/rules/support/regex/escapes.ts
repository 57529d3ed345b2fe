// What a backslash begins, in each dialect, inside a class and outside of it.

import {
  ASCII_DIGITS,
  ASCII_SPACE,
  ASCII_WORD,
  type CharSet,
  complement,
  NOTHING,
  PYTHON_SPACE,
  SPACE,
  UNICODE_DIGITS,
  UNICODE_WORD,
  where,
} from './char-set.ts'
import { type Atom, fail, peek, type Reading, take, takeCharacter } from './reading.ts'
import type { Anchor } from './syntax.ts'

export type Escape =
  | Atom
  | { readonly anchor: Anchor['at'] }
  /** A reference to a group, or one that the dialect has no words for. */
  | { readonly group: number }

/** Reads an escape; the position is on the backslash. */
export function takeEscape(it: Reading, inClass: boolean): Escape {
  const start = it.at
  it.at++
  if (it.at >= it.source.length) fail(it, 'open-end', start)
  const shorthand = takeShorthand(it)
  if (shorthand) return { set: shorthand }
  if (it.dialect === 'javascript') return javascript(it, start, inClass)
  return it.dialect === 'python' ? python(it, start, inClass) : rust(it, start, inClass)
}

/** `\d`, `\w`, `\s`, `\p{…}` and their opposites. */
function takeShorthand(it: Reading): CharSet | undefined {
  const letter = peek(it)
  const set = shorthandSet(it, letter.toLowerCase())
  if (set) {
    it.at++
    return letter === letter.toLowerCase() ? set : complement(set)
  }
  if ((letter !== 'p' && letter !== 'P') || it.dialect === 'python') return undefined
  if (it.dialect === 'javascript' && !it.flags.unicode) return undefined
  const start = it.at - 1
  const match = take(it, it.dialect === 'rust' ? RUST_PROPERTY : PROPERTY)
  if (!match) fail(it, 'bad-escape', start, it.at + 1)
  const inverted = (letter === 'P') !== (match[1] === '^')
  const property = propertySet(match[2] ?? match[3]!)
  return inverted ? complement(property) : property
}

const PROPERTY = /[pP]\{()([\w=]+)\}/y
const RUST_PROPERTY = /[pP](?:\{(\^?)([^{}]+)\}|()([A-Za-z]))/y

function propertySet(name: string): CharSet {
  try {
    return where(new RegExp(`\\p{${name}}`, 'u'))
  } catch {
    // A property that this engine does not know: nothing is known of it.
    return { ...NOTHING, partial: true }
  }
}

function shorthandSet({ dialect, flags }: Reading, letter: string): CharSet | undefined {
  const ascii = dialect === 'javascript' || flags.ascii || flags.bytes
  if (letter === 'd') return ascii ? ASCII_DIGITS : UNICODE_DIGITS
  if (letter === 'w') return ascii ? ASCII_WORD : UNICODE_WORD
  if (letter !== 's') return undefined
  if (dialect === 'python') return ascii ? ASCII_SPACE : PYTHON_SPACE
  return flags.ascii ? ASCII_SPACE : SPACE
}

const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 }

function javascript(it: Reading, start: number, inClass: boolean): Escape {
  const { flags } = it
  const letter = peek(it)
  if (letter === 'b' || letter === 'B') {
    if (!inClass) {
      it.at++
      return { anchor: letter === 'b' ? 'boundary' : 'no-boundary' }
    }
    if (letter === 'b') {
      it.at++
      return { code: 8 }
    }
  }
  if (letter in CONTROL) {
    it.at++
    return { code: CONTROL[letter]! }
  }
  if (/\d/.test(letter)) return javascriptDigits(it, start, inClass)
  const control = take(it, inClass && !flags.unicode ? /c([A-Za-z0-9_])/y : /c([A-Za-z])/y)
  if (control) return { code: control[1]!.charCodeAt(0) & 31 }
  const hex = take(it, /x([0-9a-fA-F]{2})/y)
  if (hex) return { code: Number.parseInt(hex[1]!, 16) }
  if (flags.unicode) {
    const pair = take(it, /u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/y)
    if (pair) {
      const high = Number.parseInt(pair[1]!, 16)
      const low = Number.parseInt(pair[2]!, 16)
      return { code: (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000 }
    }
    const point = take(it, /u\{([0-9a-fA-F]+)\}/y)
    if (point) {
      const code = Number.parseInt(point[1]!, 16)
      return code <= 0x10ffff ? { code } : fail(it, 'bad-escape', start)
    }
  }
  const unit = take(it, /u([0-9a-fA-F]{4})/y)
  if (unit) return { code: Number.parseInt(unit[1]!, 16) }
  if (!inClass && letter === 'k' && (flags.unicode || it.allNames.size > 0))
    return javascriptReference(it, start)
  if (flags.unicode) {
    const allowed = inClass ? (flags.sets ? SETS_ESCAPES : CLASS_ESCAPES) : SYNTAX
    if (!allowed.test(letter)) {
      takeCharacter(it)
      fail(it, 'bad-escape', start)
    }
  } else if (letter === 'c') return { code: 0x5c }
  return { code: takeCharacter(it) }
}

const SYNTAX = /[\^$\\.*+?()[\]{}|/]/
const CLASS_ESCAPES = /[\^$\\.*+?()[\]{}|/-]/
const SETS_ESCAPES = /[\^$\\.*+?()[\]{}|/\-&!#%,:;<=>@`~]/

function javascriptDigits(it: Reading, start: number, inClass: boolean): Escape {
  const [digits] = take(it, /\d+/y)!
  if (digits === '0') return { code: 0 }
  const number = Number(digits)
  if (it.flags.unicode) {
    if (inClass || digits[0] === '0' || number > it.allGroups)
      fail(it, inClass || digits[0] === '0' ? 'bad-escape' : 'unknown-group', start)
    return { group: number }
  }
  if (!inClass && digits[0] !== '0' && number <= it.allGroups) return { group: number }
  // What is left of old times: an octal number, or the digit itself.
  const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(digits)?.[0]
  it.at = start + 1 + (octal?.length ?? 1)
  return { code: octal ? Number.parseInt(octal, 8) : digits.charCodeAt(0) }
}

function javascriptReference(it: Reading, start: number): Escape {
  const match = take(it, /k<([^>]*)>/y)
  if (!match) fail(it, 'bad-escape', start, it.at + 1)
  if (!it.allNames.has(match[1]!) && !match[1]!.includes('\\')) fail(it, 'unknown-group', start)
  return { group: it.numbers.get(match[1]!) ?? 0 }
}

const PYTHON_ANCHORS: Readonly<Record<string, Anchor['at']>> = {
  A: 'start',
  Z: 'end',
  z: 'end',
  b: 'boundary',
  B: 'no-boundary',
}

function python(it: Reading, start: number, inClass: boolean): Escape {
  const letter = peek(it)
  if (letter in CONTROL) {
    it.at++
    return { code: CONTROL[letter]! }
  }
  if (letter === 'a' || (inClass && letter === 'b')) {
    it.at++
    return { code: letter === 'a' ? 7 : 8 }
  }
  if (!inClass && letter in PYTHON_ANCHORS) {
    it.at++
    return { anchor: PYTHON_ANCHORS[letter]! }
  }
  const hex = take(
    it,
    it.flags.bytes ? /x([0-9a-fA-F]{2})/y : /(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y,
  )
  if (hex) return { code: Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16) }
  if (!it.flags.bytes && letter === 'N' && take(it, /N\{[^}]+\}/y))
    return { set: { ...NOTHING, partial: true } }
  const octal = take(it, inClass ? /[0-7]{1,3}/y : /0[0-7]{0,2}|[0-3][0-7]{2}/y)
  if (octal) {
    const code = Number.parseInt(octal[0], 8)
    return code <= 0o377 ? { code } : fail(it, 'bad-escape', start)
  }
  if (/\d/.test(letter)) {
    const [digits] = take(it, inClass ? /\d/y : /\d\d?/y)!
    if (inClass) fail(it, 'bad-escape', start)
    return pythonReference(it, start, Number(digits))
  }
  if (/[A-Za-z]/.test(letter)) fail(it, 'bad-escape', start, it.at + 1)
  return { code: takeCharacter(it) }
}

export function pythonReference(it: Reading, start: number, group: number): { readonly group: number } {
  if (group > it.groups) fail(it, 'unknown-group', start)
  if (it.open.has(group)) fail(it, 'open-group', start)
  return { group }
}

function rust(it: Reading, start: number, inClass: boolean): Escape {
  const letter = peek(it)
  if (/\d/.test(letter)) {
    take(it, /\d+/y)
    fail(it, 'no-reference', start)
  }
  if (letter in CONTROL) {
    it.at++
    return { code: CONTROL[letter]! }
  }
  if (letter === 'a') {
    it.at++
    return { code: 7 }
  }
  const hex = take(it, /(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[xuU]\{([0-9a-fA-F]+)\})/y)
  if (hex) return { code: Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? hex[4]!, 16) }
  if (!inClass) {
    const anchor = take(it, /b\{[a-z-]+\}|[bBAz<>]/y)
    if (anchor) return { anchor: RUST_ANCHORS[anchor[0]] ?? 'boundary' }
  }
  if (/[A-Za-z]/.test(letter)) fail(it, 'bad-escape', start, it.at + 1)
  return { code: takeCharacter(it) }
}

const RUST_ANCHORS: Readonly<Record<string, Anchor['at']>> = {
  A: 'start',
  z: 'end',
  b: 'boundary',
  B: 'no-boundary',
}
