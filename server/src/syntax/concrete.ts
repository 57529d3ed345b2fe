// The tree as the grammar itself has it, for rules that speak in its words: every node that it shows, tokens among them.

import type { Grammar } from './language.ts'
import type { CompiledTable } from './side-module.ts'
import { FLAG_NAMED, type SyntaxTree } from './tree.ts'

/** Pre-order columns like those of `SyntaxTree`, with nothing dropped and nothing unified. Plain data. */
export interface ConcreteTree {
  readonly grammar: Grammar
  readonly text: string
  readonly rows: number
  /** The grammar's node type; `ERROR_SYMBOL` where the text could not be read. */
  readonly symbol: Uint16Array
  /** The field of its parent that a node stands in, 0 for none. */
  readonly field: Uint8Array
  readonly flags: Uint8Array
  readonly start: Uint32Array
  readonly end: Uint32Array
  readonly after: Uint32Array
  readonly parent: Uint32Array
  readonly words: GrammarWords
}

/** What a grammar calls its nodes and fields. */
export interface GrammarWords {
  /** By symbol. */
  readonly types: readonly string[]
  readonly named: readonly boolean[]
  /** By number, from 1. */
  readonly fields: readonly string[]
}

export const ERROR_SYMBOL = 0xffff

/** The symbols of a named node type; none when the grammar has no such type. */
export function symbolsOf(words: GrammarWords, type: string): readonly number[] {
  let byType = symbolsByType.get(words)
  if (!byType) {
    byType = new Map([['ERROR', [ERROR_SYMBOL]]])
    for (const [symbol, it] of words.types.entries())
      if (words.named[symbol]) byType.set(it, [...(byType.get(it) ?? []), symbol])
    symbolsByType.set(words, byType)
  }
  return byType.get(type) ?? []
}

const symbolsByType = new WeakMap<GrammarWords, Map<string, readonly number[]>>()

/** 0 when the grammar has no such field. */
export function fieldOf({ fields }: GrammarWords, name: string): number {
  return Math.max(0, fields.indexOf(name, 1))
}

export function isNamed({ flags }: ConcreteTree, row: number): boolean {
  return (flags[row]! & FLAG_NAMED) !== 0
}

/**
 * A table under which `flatten` drops nothing and writes a node's field where it writes its role: so the concrete tree
 * costs no second way to read one.
 */
export function concreteTable(symbols: number, fields: number): CompiledTable {
  const role = new Uint8Array(symbols * fields)
  for (let at = 0; at < role.length; at++) role[at] = at % fields
  return {
    symbols,
    fields,
    kind: new Uint8Array(symbols),
    bits: new Uint16Array(symbols),
    refine: new Uint8Array(symbols),
    role,
    positional: new Uint16Array(symbols),
    lists: Uint8Array.of(0),
    pairs: new Map(),
    kindByRole: new Uint8Array(256),
  }
}

export function asConcrete(tree: SyntaxTree, words: GrammarWords): ConcreteTree {
  const { grammar, text, rows, symbol, role, flags, start, end, after, parent } = tree
  return { grammar, text, rows, symbol, field: role, flags, start, end, after, parent, words }
}
