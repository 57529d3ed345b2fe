// Places that satisfy a formula, and putting together what two of them know.

import { type Bindings, lookUp } from './pattern.ts'
import type { Target } from './target.ts'

/** A place in a file, and what metavariables stand for there. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly bindings: Bindings | undefined
  /** It only surrounds: it is no place to report. */
  readonly isAround: boolean
}

/** A part of the file that is looked at alone: what a metavariable stands for. */
export interface Context {
  readonly start: number
  readonly end: number
  /** The row that it is, where it is one. */
  readonly row?: number
}

/** Both together, or false where they disagree. */
export function merge(
  target: Target,
  one: Bindings | undefined,
  other: Bindings | undefined,
): Bindings | undefined | false {
  let merged = one
  for (let it = other; it; it = it.before) {
    const known = lookUp(one, it.name)
    if (!known) merged = { name: it.name, bound: it.bound, before: merged }
    else if (!isGroup(it.name) && !target.same(known, it.bound)) return false
  }
  return merged
}

/** `$1`: a group of a regular expression, which each has for itself. */
function isGroup(name: string): boolean {
  return /^\d/.test(name)
}
