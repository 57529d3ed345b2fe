// Where the parser is, and what it has met so far. Everything below `parse.ts` reads through this.

import type { CharSet } from './char-set.ts'
import type { CharacterClass, Dialect, Problem, RegexError, RegexFlags, RegexNode } from './syntax.ts'

export interface Reading {
  readonly source: string
  readonly dialect: Dialect
  at: number
  /** Those in force here: a group may change them. */
  flags: RegexFlags
  groups: number
  /** Capturing groups that are still open; Python does not let them be referred to. */
  readonly open: Set<number>
  /** Bodies of closed groups by number, for the width of a reference. */
  readonly bodies: Map<number, RegexNode>
  readonly numbers: Map<string, number>
  /** Names that may not be given again on this way through the pattern. */
  taken: Set<string>
  readonly classes: CharacterClass[]
  /** JavaScript decides what `\1` and `\k` mean by what the whole pattern holds. */
  readonly allGroups: number
  readonly allNames: ReadonlySet<string>
}

export function fail(reading: Reading, problem: Problem, start: number, end: number = reading.at): never {
  const error: RegexError = { problem, start, end }
  throw Object.assign(new Error(problem), { regexError: error })
}

export function regexErrorOf(error: unknown): RegexError | undefined {
  return (error as { regexError?: RegexError }).regexError
}

export function peek(it: Reading): string {
  return it.source[it.at] ?? ''
}

export function eat(it: Reading, text: string): boolean {
  if (!it.source.startsWith(text, it.at)) return false
  it.at += text.length
  return true
}

/** Reads what a sticky pattern matches here. */
export function take(it: Reading, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = it.at
  const match = pattern.exec(it.source)
  if (!match) return undefined
  it.at += match[0].length
  return match
}

/** The character here, whole or half as the dialect has it. */
export function takeCharacter(it: Reading): number {
  const whole = it.dialect !== 'javascript' ? !it.flags.bytes : it.flags.unicode
  const code = whole ? it.source.codePointAt(it.at)! : it.source.charCodeAt(it.at)
  it.at += code > 0xffff ? 2 : 1
  return code
}

/** One character, or what stands for several. */
export type Atom = { readonly code: number } | { readonly set: CharSet }
