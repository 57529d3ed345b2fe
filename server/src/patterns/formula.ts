// What a rule looks for: patterns put together with and, or, not and inside.

import type { Grammar } from '../syntax/language.ts'
import type { Comparison } from './comparison.ts'
import type { Program } from './pattern.ts'

export type Formula = PatternFormula | RegexFormula | AndFormula | OrFormula | InsideFormula

export interface PatternFormula {
  readonly what: 'pattern'
  readonly source: string
  /** One program for each grammar that the rule's languages need. */
  readonly programs: ReadonlyMap<Grammar, Program>
}

export interface RegexFormula {
  readonly what: 'regex'
  readonly regex: RegExp
}

export interface AndFormula {
  readonly what: 'and'
  readonly all: readonly Formula[]
  readonly not: readonly Negation[]
  readonly where: readonly Condition[]
  /** Each narrows what is reported to one of these metavariables. */
  readonly focus: readonly (readonly string[])[]
}

export interface OrFormula {
  readonly what: 'or'
  readonly any: readonly Formula[]
}

/** What surrounds a match. */
export interface InsideFormula {
  readonly what: 'inside'
  readonly formula: Formula
}

/** `match`: the same place is no match; `inside`: nothing in there is; `regex`: nothing that touches it is. */
export interface Negation {
  readonly what: 'match' | 'inside' | 'regex'
  readonly formula: Formula
}

export type Condition =
  | {
      readonly what: 'regex'
      readonly metavariable: string
      readonly regex: RegExp
      readonly constants: boolean
    }
  | {
      readonly what: 'pattern'
      readonly metavariable: string
      readonly formula: Formula
      /** The language that the text is read in, where it is another one. */
      readonly language: Grammar | 'text' | undefined
    }
  | {
      readonly what: 'comparison'
      readonly comparison: Comparison
      readonly metavariable: string | undefined
      readonly strip: boolean
      readonly base: number | undefined
    }
  | { readonly what: 'analysis'; readonly metavariable: string; readonly analyzer: 'entropy' | 'redos' }
  | { readonly what: 'type'; readonly metavariable: string; readonly types: readonly string[] }
