// Two versions of a file side by side: what the comparisons of `one-change.ts` have in common.

import { KINDS, type Kind } from '../../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import type { FlatTokens } from '../flat-tokens.ts'

export type ChangeKind = 'variable' | 'operator' | 'literal' | 'negation' | 'await' | 'swap'

export type Range = readonly [start: number, end: number]

/** One version of a file, as far as the other differs from it. */
export interface Side {
  readonly tree: SyntaxTree
  readonly tokens: FlatTokens
  /** Those in no other's body. */
  readonly functions: readonly Span[]
}

/** A function as its tokens `from..to`. */
export interface Span {
  readonly row: number
  readonly from: number
  readonly to: number
}

/** What a comparison of two functions finds: a kind, and the tokens that were replaced by others. */
export interface Found {
  readonly kind: ChangeKind
  readonly before: Range
  readonly after: Range
}

export function rangeOf({ tokens }: Side, from: number, to: number): Range {
  return [tokens.start[from]!, tokens.end[to]!]
}

export function kindOf(tree: SyntaxTree, row: number): Kind {
  return KINDS[tree.kind[row]!]!
}
