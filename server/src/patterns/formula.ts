// What a rule looks for: patterns put together with and, or, not and inside.

import type { Grammar } from '../syntax/language.ts'
import type { Comparison } from './comparison.ts'
import type { GenericPattern } from './generic.ts'
import type { Program } from './pattern.ts'

export type Formula = PatternFormula | GenericFormula | RegexFormula | AndFormula | OrFormula | InsideFormula

export interface PatternFormula {
  readonly what: 'pattern'
  readonly source: string
  readonly programs: Programs
}

/** The pattern for each grammar that the rule's languages need; made when a file asks, and the same for all rules that say it. */
export interface Programs {
  /** The one that was made when the rule was read. */
  readonly first: Program
  get(grammar: Grammar): Program | undefined
}

/** A pattern over bare text. */
export interface GenericFormula {
  readonly what: 'generic'
  readonly source: string
  readonly pattern: GenericPattern
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
      readonly source: string
      readonly metavariable: string | undefined
      readonly strip: boolean
      readonly base: number | undefined
    }
  | { readonly what: 'analysis'; readonly metavariable: string; readonly analyzer: 'entropy' | 'redos' }
  | { readonly what: 'type'; readonly metavariable: string; readonly types: readonly string[] }
