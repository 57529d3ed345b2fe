// How conformance cases are written: a pattern or a rule, and code in which `«…»` encloses every match.

import type { PackLanguage } from '../../../server/src/patterns/rule.ts'

/** A pattern, or the keys of a rule as YAML where it has several lines that begin with a key; then code with marks. */
export type Case = readonly [pattern: string, code: string]

export interface Topic {
  readonly name: string
  readonly language: PackLanguage
  /** The cases are rules in YAML, not patterns. */
  readonly rules: boolean
  readonly cases: readonly Case[]
  /** What a rule calls its language, where files of any kind are looked at. */
  readonly written?: 'generic'
}

export function patterns(language: PackLanguage, name: string, cases: readonly Case[]): Topic {
  return { name, language, rules: false, cases }
}

export function rules(language: PackLanguage, name: string, cases: readonly Case[]): Topic {
  return { name, language, rules: true, cases }
}

/** Patterns over bare text. */
export function generic(name: string, cases: readonly Case[]): Topic {
  return { ...patterns('text', name, cases), written: 'generic' }
}

export function genericRules(name: string, cases: readonly Case[]): Topic {
  return { ...rules('text', name, cases), written: 'generic' }
}
