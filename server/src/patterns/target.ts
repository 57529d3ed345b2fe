// One file that rules run on: its text, its code where it has a grammar, and what was already looked for.

import type { SyntaxParser } from '../syntax/parser.ts'
import type { Code } from './code.ts'
import type { PatternFormula } from './formula.ts'
import type { Context, Found } from './found.ts'
import type { GenericPattern } from './generic.ts'
import { type GenericDocument, type GenericOptions, genericDocument } from './generic-document.ts'
import { Matcher, type MatchOptions } from './match.ts'
import { genericMatches } from './match-generic.ts'
import type { Bindings, Bound } from './pattern.ts'
import { wordsOf } from './pattern-words.ts'

export class Target {
  readonly path: string
  readonly text: string
  readonly code: Code | undefined
  readonly options: MatchOptions
  /** For texts in other languages inside of this one. */
  readonly parser: SyntaxParser | undefined
  readonly #found: Map<string, readonly Found[]>
  readonly #documents = new Map<GenericOptions, GenericDocument>()

  constructor(
    path: string,
    text: string,
    code: Code | undefined,
    options: MatchOptions,
    parser: SyntaxParser | undefined,
    found = new Map<string, readonly Found[]>(),
  ) {
    this.path = path
    this.text = text
    this.code = code
    this.options = options
    this.parser = parser
    this.#found = found
  }

  /** Remembered by the pattern's text: rules of one family ask the same. */
  matchesOf({ source, programs }: PatternFormula): readonly Found[] {
    const { code } = this
    if (!code) return []
    const known = this.#found.get(source)
    if (known) return known
    const program = programs.get(code.tree.grammar)
    const mayMatch = program && wordsOf(program).every(it => code.words.has(it))
    const found = mayMatch
      ? new Matcher(code, this.options).find(program).map(it => ({ ...it, isAround: false }))
      : []
    this.#found.set(source, found)
    return found
  }

  /** For a pattern that is a bare metavariable: the expressions in these places. All of a file's would be too many. */
  expressionsIn(formula: PatternFormula, places: readonly Found[]): readonly Found[] | undefined {
    const { code } = this
    const program = code && formula.programs.get(code.tree.grammar)
    if (!code || program?.what !== 'expression' || program.root.what !== 'hole') return undefined
    const extent = places.reduce((sum, it) => sum + it.end - it.start, 0)
    if (extent > this.text.length) return undefined
    const matcher = new Matcher(code, this.options)
    const found = new Map<number, Found>()
    for (const { start, end } of places)
      for (const row of code.expressionsWithin(start, end)) {
        const [match] = found.has(row) ? [] : matcher.matchesAt(program, row)
        if (match) found.set(row, { ...match, isAround: false })
      }
    return [...found.values()]
  }

  /** The same at one place only. */
  matchesAt({ programs }: PatternFormula, row: number): readonly Found[] {
    const program = this.code && programs.get(this.code.tree.grammar)
    if (!this.code || !program) return []
    return new Matcher(this.code, this.options)
      .matchesAt(program, row)
      .map(it => ({ ...it, isAround: false }))
  }

  /** A generic pattern over the whole text. */
  genericMatches(pattern: GenericPattern): readonly Found[] {
    const { options } = pattern
    let document = this.#documents.get(options)
    if (!document) {
      document = genericDocument(this.text, options)
      this.#documents.set(options, document)
    }
    return genericMatches(pattern, document, this.text).map(it => ({ ...it, isAround: false }))
  }

  textMatches(regex: RegExp, context: Context = { start: 0, end: this.text.length }): readonly Found[] {
    const text = this.text.slice(context.start, context.end)
    const found: Found[] = []
    const search = new RegExp(regex.source, `${regex.flags.replace('d', '')}dg`)
    for (const match of text.matchAll(search)) {
      let bindings: Bindings | undefined
      const { indices } = match
      const bind = (name: string, place: readonly [number, number] | undefined) => {
        if (!place) return
        const bound = { row: -1, start: context.start + place[0], end: context.start + place[1] }
        bindings = { name, bound, before: bindings }
      }
      indices?.slice(1).forEach((place, i) => {
        bind(String(i + 1), place)
      })
      for (const [name, place] of Object.entries(indices?.groups ?? {})) bind(name, place)
      const start = context.start + match.index
      found.push({ start, end: start + match[0].length, bindings, isAround: false })
      if (found.length > 10_000) break
    }
    return found
  }

  same(one: Bound, other: Bound): boolean {
    if (this.code) return this.code.same(one, other, this.options.values)
    return this.textOf(one) === this.textOf(other)
  }

  textOf({ start, end, text }: Bound): string {
    return text ?? this.text.slice(start, end)
  }
}
