// What a rename across the language border is: where it begins, what it changes, what nobody but its author can decide, and why
// it is refused.

import type { At } from '../graph/routes.ts'

/** A text to be put in a place of some file. */
export interface Replacement {
  readonly at: At
  readonly newText: string
}

export interface Renaming {
  /** What is under the cursor, and its name. */
  readonly at: At
  readonly name: string
  /** What has to be changed for another name. */
  to(name: string): Changes | Refusal
}

export interface Changes {
  readonly certain: readonly Replacement[]
  /** May be meant as well; only who looks at them can tell. */
  readonly doubtful: readonly Replacement[]
  /** What no edit can change. */
  readonly beyond?: Beyond
}

export type Beyond =
  /** Programs of others may send or read it. */
  | 'unknown callers'
  /** Data comes into a field by its name, such as from a column: that other name has to follow. */
  | 'filled by name'
  /** Servers and their settings are not part of a workspace. */
  | 'machines'
  /** Names that are put together at run time. */
  | 'names made at run time'

/** Why nothing is renamed; `at` is what stands in the way. */
export type Refusal =
  | { readonly reason: 'not-written'; readonly name: string; readonly at: At }
  /** Something answers to the new name already. */
  | { readonly reason: 'taken'; readonly name: string; readonly at: At }
  /** The name is that of something else, such as a column of a model. */
  | { readonly reason: 'from-elsewhere'; readonly name: string; readonly at: At }
  | { readonly reason: 'no-segment' | 'no-name' | 'no-topic'; readonly name: string }
  /** One language writes the name otherwise than the other, and this one cannot be written so. */
  | { readonly reason: 'no-case'; readonly name: string; readonly at: At }
  /** Who is allowed to see a variable, its name says. */
  | { readonly reason: 'prefix'; readonly name: string; readonly prefix: string }

export function isRefusal<T extends object>(it: T | Refusal): it is Refusal {
  return 'reason' in it
}

/** Each place once, where several ways lead to it. */
export function once(replacements: Iterable<Replacement>): readonly Replacement[] {
  const byPlace = new Map<string, Replacement>()
  for (const it of replacements) byPlace.set(`${it.at.file}\n${it.at.place}`, it)
  return [...byPlace.values()]
}
