// A rule of somebody else's, read from a file and ready to run.

import type { Severity } from '@codeant/shared/finding.ts'
import type { TreeSearch } from './ast-grep/tree-search.ts'
import type { Formula } from './formula.ts'
import type { MatchOptions } from './match.ts'
import type { Refusal } from './refusal.ts'
import type { TaintFormula } from './taint-formula.ts'

/** What a rule may be written for, as far as we read it. `text` is any file. */
export const PACK_LANGUAGES = [
  'python',
  'javascript',
  'typescript',
  'rust',
  'go',
  'java',
  'json',
  'yaml',
  'hcl',
  'html',
  'dockerfile',
  'text',
] as const
export type PackLanguage = (typeof PACK_LANGUAGES)[number]

export interface PackRule {
  readonly id: string
  readonly message: string
  readonly severity: Severity
  readonly languages: readonly PackLanguage[]
  readonly search: Formula | TaintFormula | TreeSearch
  readonly options: MatchOptions
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  readonly fix: Fix | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  /** What its author has to say beyond the message. */
  readonly note?: string | undefined
  /** Every one of these groups must be in a file, one of its texts at least: what is looked for first. */
  readonly needs: readonly (readonly string[])[]
}

/** `template`: a text with metavariables in it. `regex`: what is replaced in the text that matched. */
export type Fix =
  | { readonly what: 'template'; readonly text: string }
  | {
      readonly what: 'regex'
      readonly regex: RegExp
      readonly replacement: string
      readonly count: number | undefined
    }

/** A rule that cannot be run, by name, and why. */
export interface Refused {
  readonly id: string
  readonly refusal: Refusal
  /** Where in the file it begins. */
  readonly offset: number
}

export interface RuleFile {
  readonly rules: readonly PackRule[]
  /** The same as they were written, where they can be made again from that. */
  readonly written?: readonly Readonly<Record<string, unknown>>[]
  readonly refused: readonly Refused[]
}

/** The same rule by another name; what it looks for is not made for it. */
export function renamed(rule: PackRule, id: string): PackRule {
  const descriptors = Object.getOwnPropertyDescriptors(rule)
  return Object.defineProperties({}, { ...descriptors, id: { value: id, enumerable: true } }) as PackRule
}
