// Why a rule matched a place, or did not: what each operator of it found, as a tree of plain data.

import type { Reason } from './reasons.ts'

/** A stretch of the code, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface BoundText extends Partial<Span> {
  readonly name: string
  readonly text: string
}

export interface WhyPlace extends Span {
  readonly bindings: readonly BoundText[]
}

/** As the operator is written in its format: `pattern-inside`, `has`. */
export interface Why {
  readonly operator: string
  /** What stands behind it: a pattern, a condition. Empty where it only holds others. */
  readonly source: string
  /** Whether it lets the place pass. `unasked`: another one had said no already. */
  readonly outcome: 'holds' | 'fails' | 'unasked'
  /** What it matched: what lets the place pass, or, of a negation, what does not. The first ones; `count` is of all. */
  readonly places: readonly WhyPlace[]
  readonly count: number
  /** Why it did not match. */
  readonly reason?: Reason
  /** The part of the code that the reason speaks of. */
  readonly at?: Span
  readonly parts: readonly Why[]
}

/** So many places are told of each operator. */
export const MOST_PLACES = 20

export function overlaps(one: Span, other: Span | undefined): boolean {
  return other === undefined || (one.start < other.end && other.start < one.end) || isAt(one, other)
}

/** A cursor, or an empty match, lies where the other begins or ends, too. */
function isAt(one: Span, other: Span): boolean {
  return (
    (one.start === one.end || other.start === other.end) && one.start <= other.end && other.start <= one.end
  )
}

/** In one line, and no longer than a person reads. */
export function brief(text: string, most = 60): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
