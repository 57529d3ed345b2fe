// Small parsers that are put together to larger ones. Each says all the ways in which it can read what stands at a place.
//
// A sentence is short, and what is ambiguous in it has to be found, not decided: so nothing is thrown away before the end.

import type { Vocabulary, Word } from './words.ts'

export interface Reading {
  readonly words: readonly Word[]
  readonly vocabulary: Vocabulary
  /** How far anything could be read: where a sentence stops making sense. */
  furthest: number
}

export type Parser<T> = (reading: Reading, at: number) => Generator<readonly [value: T, next: number]>

/** What a category of the lexicon says here, by its meaning; with `wanted`, only that. */
export function word(category: string, ...wanted: readonly string[]): Parser<string> {
  return function* (reading, at) {
    const first = reading.words[at]
    if (!first || first.isCode) return
    for (const { words, meaning } of reading.vocabulary.phrases.get(category)?.get(first.text) ?? []) {
      if (wanted.length > 0 && !wanted.includes(meaning)) continue
      if (!words.every((it, i) => isPlain(reading.words[at + i], it))) continue
      reading.furthest = Math.max(reading.furthest, at + words.length)
      yield [meaning, at + words.length]
    }
  }
}

/** Code in back-quotes; with `fits`, only such. */
export function code(fits: (text: string) => boolean = () => true): Parser<string> {
  return function* (reading, at) {
    const it = reading.words[at]
    if (!it?.isCode || !fits(it.text)) return
    reading.furthest = Math.max(reading.furthest, at + 1)
    yield [it.text, at + 1]
  }
}

export function number(numerals: string): Parser<number> {
  const named = word(numerals)
  return function* (reading, at) {
    const it = reading.words[at]
    if (it && !it.isCode && /^\d+$/.test(it.text)) {
      reading.furthest = Math.max(reading.furthest, at + 1)
      yield [Number(it.text), at + 1]
    }
    for (const [value, next] of named(reading, at)) yield [Number(value), next]
  }
}

type Values<P extends readonly Parser<unknown>[]> = {
  [I in keyof P]: P[I] extends Parser<infer T> ? T : never
}

/** One after the other. */
export function all<const P extends readonly Parser<unknown>[]>(...parsers: P): Parser<Values<P>> {
  function* from(reading: Reading, at: number, index: number): Generator<readonly [unknown[], number]> {
    const parser = parsers[index]
    if (!parser) {
      yield [[], at]
      return
    }
    for (const [value, next] of parser(reading, at))
      for (const [rest, end] of from(reading, next, index + 1)) yield [[value, ...rest], end]
  }
  return (reading, at) => from(reading, at, 0) as Generator<readonly [Values<P>, number]>
}

export function oneOf<T>(...parsers: readonly Parser<T>[]): Parser<T> {
  return function* (reading, at) {
    for (const it of parsers) yield* it(reading, at)
  }
}

/** Undefined where it is not there. */
export function maybe<T>(parser: Parser<T>): Parser<T | undefined> {
  return function* (reading, at) {
    yield* parser(reading, at)
    yield [undefined, at]
  }
}

/** Any number of them, from the most to none. */
export function many<T>(parser: Parser<T>): Parser<readonly T[]> {
  return function* self(reading, at): Generator<readonly [readonly T[], number]> {
    for (const [value, next] of parser(reading, at))
      if (next > at) for (const [rest, end] of self(reading, next)) yield [[value, ...rest], end]
    yield [[], at]
  }
}

/** Undefined: it does not fit after all. */
export function into<T, U>(parser: Parser<T>, make: (value: T) => U | undefined): Parser<U> {
  return function* (reading, at) {
    for (const [value, next] of parser(reading, at)) {
      const made = make(value)
      if (made !== undefined) yield [made, next]
    }
  }
}

/** `a`, `a and b`, `a, b or c`. */
export function listOf<T>(parser: Parser<T>): Parser<readonly T[]> {
  return into(all(parser, many(into(all(word('and'), parser), ([, it]) => it))), ([first, rest]) => [
    first,
    ...rest,
  ])
}

/** All readings that use every word. */
export function whole<T>(parser: Parser<T>, reading: Reading): T[] {
  const found: T[] = []
  for (const [value, end] of parser(reading, 0)) if (end === reading.words.length) found.push(value)
  return found
}

function isPlain(word: Word | undefined, text: string): boolean {
  return word !== undefined && !word.isCode && word.text === text
}
