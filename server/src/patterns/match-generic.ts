// Finds a generic pattern in bare text. Blocks of the pattern are blocks of the text; what has none may cross them.

import type { GenericPattern, GenericStep } from './generic.ts'
import type { GenericDocument } from './generic-document.ts'
import type { Bindings, Match } from './pattern.ts'
import { lookUp } from './pattern.ts'

/** Steps that one pattern may take in one text; patterns that people write stay far below. */
const FUEL = 1_000_000

export function genericMatches(pattern: GenericPattern, document: GenericDocument, text: string): Match[] {
  return new GenericMatcher(pattern, document, text).find()
}

class GenericMatcher {
  readonly #pattern: GenericPattern
  readonly #document: GenericDocument
  readonly #text: string
  #fuel = FUEL
  /** Behind the match, and behind the last of its tokens that a gap at its end did not take. */
  #end = 0
  #last = 0

  constructor(pattern: GenericPattern, document: GenericDocument, text: string) {
    this.#pattern = pattern
    this.#document = document
    this.#text = text
  }

  find(): Match[] {
    const { start, end, texts } = this.#document
    const { steps } = this.#pattern
    const found: Match[] = []
    let first = 0
    // What may be left out at the beginning says nothing.
    while (steps[first]?.what === 'gap') first++
    if (first === steps.length) {
      if (texts.length > 0) found.push({ start: 0, end: this.#text.length, bindings: undefined })
      return found
    }
    const ends: number[] = []
    for (const token of this.#beginnings(first)) {
      if (this.#fuel < 0) break
      const bindings = this.#step(first, token, token, texts.length, [], undefined)
      if (bindings === false) continue
      // Of matches that end with the same token, the shortest is meant.
      if (ends.at(-1) === this.#last) found.pop()
      else ends.push(this.#last)
      found.push({ start: start[token]!, end: end[Math.max(token, this.#end - 1)]!, bindings })
    }
    return found
  }

  *#beginnings(first: number): Generator<number> {
    const step = this.#pattern.steps.slice(first).find(it => it.what !== 'open')
    const { places, texts } = this.#document
    if (step?.what === 'token') yield* places.get(step.text) ?? []
    else for (let token = 0; token < texts.length; token++) yield token
  }

  /**
   * From step `i` on at token `at`, which may not reach `limit`, the end of the block that the pattern is in; `outer` are
   * the ends of those around it. `last` is behind the last token that matched.
   */
  #step(
    i: number,
    at: number,
    last: number,
    limit: number,
    outer: readonly number[],
    bindings: Bindings | undefined,
  ): Bindings | undefined | false {
    if (--this.#fuel < 0) return false
    const { steps } = this.#pattern
    const { texts, isWord, blocks } = this.#document
    const step = steps[i]
    if (step === undefined) {
      this.#end = at
      this.#last = steps.at(-1)?.what === 'gap' ? last : at
      return bindings
    }
    switch (step.what) {
      case 'token':
        if (at >= limit || texts[at] !== step.text) return false
        return this.#step(i + 1, at + 1, at + 1, limit, outer, bindings)
      case 'hole': {
        if (at >= limit || !isWord[at]) return false
        const bound = this.#bind(step.name, at, at + 1, bindings)
        return bound === false ? false : this.#step(i + 1, at + 1, at + 1, limit, outer, bound)
      }
      case 'gap':
        return this.#gap(i, step, at, last, limit, outer, bindings)
      case 'open':
        for (const end of blocks[at] ?? []) {
          if (end > limit) continue
          const found = this.#step(i + 1, at, last, end, [...outer, limit], bindings)
          if (found !== false) return found
        }
        // A block that may be empty.
        if (steps.slice(i + 1, step.end).every(it => it.what === 'gap'))
          return this.#step(step.end + 1, at, last, limit, outer, bindings)
        return false
      case 'close':
        return at === limit ? this.#step(i + 1, at, last, outer.at(-1)!, outer.slice(0, -1), bindings) : false
    }
  }

  #gap(
    i: number,
    { name, isLong }: Extract<GenericStep, { readonly what: 'gap' }>,
    at: number,
    last: number,
    limit: number,
    outer: readonly number[],
    bindings: Bindings | undefined,
  ): Bindings | undefined | false {
    const { line } = this.#document
    const { steps, options } = this.#pattern
    const span = isLong ? Number.POSITIVE_INFINITY : options.span
    const from = line[Math.max(0, at - 1)] ?? 0
    const isLast = i === steps.length - 1
    let to = at
    if (isLast) while (to < limit && line[to]! - from <= span) to++
    for (; ; to++) {
      if (!isLast && to < limit && line[to]! - from > span) return false
      const bound = this.#bind(name, at, to, bindings)
      if (bound !== false) {
        const found = this.#step(i + 1, to, last, limit, outer, bound)
        if (found !== false) return found
      }
      if (isLast || to >= limit) return false
    }
  }

  #bind(
    name: string,
    from: number,
    to: number,
    bindings: Bindings | undefined,
  ): Bindings | undefined | false {
    if (name === '') return bindings
    const { start, end } = this.#document
    const at = start[from] ?? this.#text.length
    const bound = { row: -1, start: at, end: to > from ? end[to - 1]! : at }
    const known = lookUp(bindings, name)
    if (!known) return { name, bound, before: bindings }
    return this.#say(known) === this.#say(bound) ? bindings : false
  }

  #say({ start, end }: { readonly start: number; readonly end: number }): string {
    const text = this.#text.slice(start, end)
    return this.#pattern.options.isCaseless ? text.toLowerCase() : text
  }
}
