// What a rule of this format asks of a node, as data.

import type { Pattern } from './pattern.ts'
import type { Template } from './template.ts'

export type TreeRule =
  | { readonly what: 'pattern'; readonly pattern: Pattern }
  | { readonly what: 'kind'; readonly symbols: ReadonlySet<number> }
  | { readonly what: 'regex'; readonly regex: RegExp }
  | NthChild
  | { readonly what: 'range'; readonly start: Position; readonly end: Position }
  | Relation
  | { readonly what: 'all'; readonly all: readonly TreeRule[] }
  | { readonly what: 'any'; readonly any: readonly TreeRule[] }
  | { readonly what: 'not'; readonly rule: TreeRule }
  | { readonly what: 'matches'; readonly utility: Utility }

/** `step`n + `offset`, counted among named siblings, or among those that match `of`. */
export interface NthChild {
  readonly what: 'nth-child'
  readonly step: number
  readonly offset: number
  readonly of: TreeRule | undefined
  readonly reverse: boolean
}

export interface Position {
  readonly line: number
  readonly column: number | undefined
}

export interface Relation {
  readonly what: 'inside' | 'has' | 'follows' | 'precedes'
  readonly rule: TreeRule
  readonly stopBy: StopBy
  /** The field's number. */
  readonly field: number | undefined
}

/** How far a relation looks: one step, to the end, or to the first node that matches, with that one. */
export type StopBy = 'neighbor' | 'end' | TreeRule

/**
 * A rule with a name. Made before it is read, so that a utility may look for itself further inside; its rule is there
 * when anything runs. A `global` one keeps what it binds to itself.
 */
export interface Utility {
  readonly id: string
  readonly isGlobal: boolean
  core: Core | undefined
}

/** A rule with what else must hold of what it binds, and what is made of that. */
export interface Core {
  readonly rule: TreeRule
  readonly constraints: ReadonlyMap<string, TreeRule>
  /** In an order in which each has what it needs. */
  readonly transforms: readonly Transform[]
}

export type Transform = { readonly name: string; readonly source: Source } & Change

/** What is transformed: `$A` or `$$$A`. */
export interface Source {
  readonly name: string
  readonly isMany: boolean
}

export type Change =
  | { readonly what: 'replace'; readonly regex: RegExp; readonly by: string }
  | { readonly what: 'substring'; readonly from: number | undefined; readonly to: number | undefined }
  | {
      readonly what: 'convert'
      readonly to: LetterCase
      readonly separators: readonly Separator[] | undefined
    }
  | {
      readonly what: 'rewrite'
      readonly rewriters: readonly Rewriter[]
      readonly joiner: string | undefined
    }

export const LETTER_CASES = [
  'lowerCase',
  'upperCase',
  'capitalize',
  'camelCase',
  'snakeCase',
  'kebabCase',
  'pascalCase',
] as const
export type LetterCase = (typeof LETTER_CASES)[number]

export const SEPARATORS = ['caseChange', 'dash', 'dot', 'slash', 'space', 'underscore'] as const
export type Separator = (typeof SEPARATORS)[number]

/** Made before it is read, for the same reason as a utility: rewriters may use each other. */
export interface Rewriter {
  readonly id: string
  core: Core | undefined
  fix: TreeFix | undefined
}

export interface TreeFix {
  readonly template: Template
  /** Siblings before and behind that are replaced too. */
  readonly expandStart: Expansion | undefined
  readonly expandEnd: Expansion | undefined
}

export interface Expansion {
  readonly rule: TreeRule
  readonly stopBy: StopBy
}

const kinds = new WeakMap<TreeRule, ReadonlySet<number> | 'any'>()

/** The node types that a rule can match; undefined when it does not say. */
export function kindsOf(rule: TreeRule): ReadonlySet<number> | undefined {
  let known = kinds.get(rule)
  if (known === undefined) {
    known = kindsOfNew(rule) ?? 'any'
    kinds.set(rule, known)
  }
  return known === 'any' ? undefined : known
}

function kindsOfNew(rule: TreeRule): ReadonlySet<number> | undefined {
  switch (rule.what) {
    case 'pattern': {
      const { root, rootSymbol, strictness } = rule.pattern
      const symbol = root.what === 'hole' ? rootSymbol : root.symbol
      return symbol === undefined || strictness === 'template' ? undefined : new Set([symbol])
    }
    case 'kind':
      return rule.symbols
    case 'nth-child':
      return rule.of && kindsOf(rule.of)
    case 'all': {
      let sum: ReadonlySet<number> | undefined
      for (const it of rule.all) {
        const more = kindsOf(it)
        if (sum && more) sum = common(sum, more)
        else sum ??= more
      }
      return sum
    }
    case 'any': {
      const all = rule.any.map(kindsOf)
      return all.includes(undefined) ? undefined : new Set(all.flatMap(it => [...it!]))
    }
    case 'matches':
      return rule.utility.core && kindsOf(rule.utility.core.rule)
    default:
      return undefined
  }
}

function common(some: ReadonlySet<number>, others: ReadonlySet<number>): ReadonlySet<number> {
  const both = new Set<number>()
  for (const it of some) if (others.has(it)) both.add(it)
  return both
}
