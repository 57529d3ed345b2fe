// What a language is to the engine: a table that says how its grammar maps to the unified tree.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Kind, Role } from './kinds.ts'

/** Grammars of the languages that our own rules speak. Their order is their encoding where one is needed. */
export const LANGUAGES = ['python', 'javascript', 'typescript', 'tsx', 'rust'] as const
/** Grammars of data: nothing in it is a variable or a statement. */
const DATA_GRAMMARS = ['json', 'yaml', 'hcl', 'html', 'dockerfile'] as const
/** Grammars that only rules which people bring ask for: loaded when such a rule is. */
export const PATTERN_LANGUAGES = ['go', 'java', ...DATA_GRAMMARS] as const
export type PatternLanguage = (typeof PATTERN_LANGUAGES)[number]
export type OwnGrammar = (typeof LANGUAGES)[number]
export type Grammar = OwnGrammar | PatternLanguage
/** With a grammar for tree-sitter; for the others there is none ready made, and we read them by hand. */
export type WasmGrammar = Exclude<Grammar, 'dockerfile'>
export type DataGrammar = (typeof DATA_GRAMMARS)[number]

/** The language that a grammar reads. What only people's rules speak is never asked for its own. */
export function languageOfGrammar(grammar: Grammar): CodeLanguage {
  return grammar === 'tsx' ? 'typescript' : (grammar as CodeLanguage)
}

export function isData(grammar: Grammar): grammar is DataGrammar {
  return (DATA_GRAMMARS as readonly string[]).includes(grammar)
}

export interface LanguageTable {
  readonly grammar: WasmGrammar
  /** The grammar's node type → what it is. A type that is absent is `Other`. */
  readonly kinds: Readonly<Record<string, Kind>>
  /** Unnamed tokens that become rows of kind `Operator`; all others but `keywords` are dropped. */
  readonly operators: readonly string[]
  /** Unnamed tokens that become rows of kind `Keyword`. */
  readonly keywords: readonly string[]
  /** Node types that say no more than their parent's text does, and so get no row. */
  readonly dropped: readonly string[]
  /** Wrappers without a row: their children belong to their parent and inherit the wrapper's role. */
  readonly transparent: readonly string[]
  /** `child` is a wrapper in this sense only below one of `parents`: the parentheses that an `if` demands. */
  readonly transparentUnder: { readonly parents: readonly string[]; readonly children: readonly string[] }
  /**
   * Parents whose kind is decided by a child: `a && b` is Logical, `a + b` is Binary. A key `parent>child` holds below
   * that parent only.
   */
  readonly refined: { readonly parents: readonly string[]; readonly by: Readonly<Record<string, Kind>> }
  /**
   * Roles. A key is `parent.field`, `*.field` (any parent), `parent.*` (a child without a field) or
   * `parent>child` (whatever the field); the last of these wins over the others, and `parent.field` over `*.field`.
   */
  readonly roles: Readonly<Record<string, Role>>
  /** Roles of the named children that have neither a field nor another role, in order; the last repeats. */
  readonly positional: Readonly<Record<string, readonly Role[]>>
  /** Node types whose text is numbered in the name column. */
  readonly names: readonly string[]
}
