// All calls of a workspace by the paths that they ask for, to find those that a route that comes or goes may answer.

import type { Call } from './calls.ts'
import { isRest } from './path-pattern.ts'
import { PathTrie, type Placed } from './path-trie.ts'
import type { Route } from './routes.ts'

/** A value behind the last slash may be a query, or nothing. */
const VALUE = '{}'

export class AskedPaths {
  /** From their beginning. */
  readonly #whole: PathTrie<Call>
  /** From their end: all of them, and those of which nobody knows the beginning. */
  readonly #ends: PathTrie<Call>
  readonly #openEnds: PathTrie<Call>

  private constructor(whole: PathTrie<Call>, ends: PathTrie<Call>, openEnds: PathTrie<Call>) {
    this.#whole = whole
    this.#ends = ends
    this.#openEnds = openEnds
  }

  static of(calls: readonly Call[]): AskedPaths {
    return new AskedPaths(PathTrie.empty(), PathTrie.empty(), PathTrie.empty()).changed([], calls)
  }

  changed(gone: readonly Call[], come: readonly Call[]): AskedPaths {
    return new AskedPaths(
      this.#whole.changed(forwards(gone), forwards(come)),
      this.#ends.changed(backwards(gone), backwards(come)),
      this.#openEnds.changed(backwards(gone.filter(isOpen)), backwards(come.filter(isOpen))),
    )
  }

  /** Those that the route answers or may answer, and some more. */
  *mayMean({ pattern: { segments, isOpen } }: Route): Generator<Call> {
    const rest = segments.findIndex(isRest)
    if (rest !== -1) {
      yield* isOpen ? this.#whole.under([]) : this.#whole.under(segments.slice(0, rest))
      yield* this.#openEnds.under([])
      return
    }
    const reversed = segments.toReversed()
    for (const path of [reversed, [VALUE, ...reversed]]) {
      yield* this.#openEnds.along(path)
      if (isOpen) yield* this.#ends.under(path)
    }
    if (isOpen) return
    yield* this.#whole.at(segments)
    yield* this.#whole.at([...segments, VALUE])
  }
}

function isOpen({ pattern }: Call): boolean {
  return pattern?.isOpen === true
}

function forwards(calls: readonly Call[]): Placed<Call>[] {
  return calls.flatMap(it =>
    it.pattern && !it.pattern.isOpen ? [{ segments: it.pattern.segments, value: it }] : [],
  )
}

function backwards(calls: readonly Call[]): Placed<Call>[] {
  return calls.flatMap(it => (it.pattern ? [{ segments: it.pattern.segments.toReversed(), value: it }] : []))
}
