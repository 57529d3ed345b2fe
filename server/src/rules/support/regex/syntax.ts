// What a regular expression is made of. All offsets are those of the pattern, not of the file.

import type { CharSet } from './char-set.ts'

/** How a pattern is read. `unicode` and `sets` are JavaScript's flags `u` and `v`. */
export type Dialect = 'javascript' | 'python' | 'rust'

export interface RegexFlags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly multiline: boolean
  /** JavaScript's `u` and `v`: strict syntax, whole characters. */
  readonly unicode: boolean
  /** JavaScript's `v`: classes with sets in them. */
  readonly sets: boolean
  /** Blanks and comments do not count: Python's and Rust's `x`. */
  readonly verbose: boolean
  /** `\w`, `\d` and `\s` know ASCII only: Python's `a`, and its byte patterns. */
  readonly ascii: boolean
  /** The pattern is a sequence of bytes. */
  readonly bytes: boolean
}

export const NO_FLAGS: RegexFlags = {
  ignoreCase: false,
  dotAll: false,
  multiline: false,
  unicode: false,
  sets: false,
  verbose: false,
  ascii: false,
  bytes: false,
}

interface Place {
  readonly start: number
  readonly end: number
}

export interface Choice extends Place {
  readonly kind: 'choice'
  readonly options: readonly RegexNode[]
}
export interface Sequence extends Place {
  readonly kind: 'sequence'
  readonly items: readonly RegexNode[]
}
export interface Repeat extends Place {
  readonly kind: 'repeat'
  readonly body: RegexNode
  readonly min: number
  readonly max: number
  readonly mode: 'greedy' | 'lazy' | 'possessive'
}
export interface Group extends Place {
  readonly kind: 'group'
  readonly body: RegexNode
  /** 0 when it captures nothing. */
  readonly capture: number
  readonly name?: string
  readonly atomic: boolean
}
export interface Look extends Place {
  readonly kind: 'look'
  readonly body: RegexNode
  readonly ahead: boolean
  readonly negative: boolean
}
/** One character out of a set: a letter, a dot, a class, `\w`. */
export interface Chars extends Place {
  readonly kind: 'chars'
  readonly set: CharSet
  /** A letter that stands for itself. */
  readonly literal: boolean
  /** A class or an escape for several characters, not negated: what Python merges in an alternation. */
  readonly positive: boolean
}
export interface Anchor extends Place {
  readonly kind: 'anchor'
  readonly at: 'start' | 'end' | 'line-start' | 'line-end' | 'end-or-newline' | 'boundary' | 'no-boundary'
}
export interface Reference extends Place {
  readonly kind: 'reference'
  readonly group: number
}
/** Python's `(?(1)yes|no)`. */
export interface Conditional extends Place {
  readonly kind: 'conditional'
  readonly group: number
  readonly yes: RegexNode
  readonly no: RegexNode
}

export type RegexNode = Choice | Sequence | Repeat | Group | Look | Chars | Anchor | Reference | Conditional

/** A part of a character class as it was written. */
export interface ClassItem extends Place {
  readonly kind: 'character' | 'range' | 'escape' | 'nested'
  /** For a character and a range. */
  readonly from: number
  readonly to: number
}
export interface CharacterClass extends Place {
  readonly negated: boolean
  readonly items: readonly ClassItem[]
  readonly ignoreCase: boolean
}

export type Problem =
  | 'unclosed-group'
  | 'unopened-group'
  | 'unclosed-class'
  | 'lone-bracket'
  | 'nothing-to-repeat'
  | 'repeated-twice'
  | 'unclosed-count'
  | 'count-backwards'
  | 'range-backwards'
  | 'range-of-class'
  | 'bad-class-set'
  | 'bad-escape'
  | 'open-end'
  | 'unknown-group-kind'
  | 'bad-group-name'
  | 'repeated-group-name'
  | 'unknown-group'
  | 'open-group'
  | 'width-behind'
  | 'late-flags'
  | 'no-look'
  | 'no-reference'

export interface RegexError extends Place {
  readonly problem: Problem
}

export interface Parsed {
  readonly source: string
  readonly dialect: Dialect
  readonly flags: RegexFlags
  /** Absent when the pattern does not compile. */
  readonly root?: RegexNode
  readonly error?: RegexError
  readonly classes: readonly CharacterClass[]
  readonly groups: number
}
