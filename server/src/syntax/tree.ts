// The unified tree: one set of flat columns for every language.

import type { Grammar } from './language.ts'

/**
 * Pre-order columns: row i spans `start[i]..end[i]` (UTF-16 offsets); its descendants are `i+1..after[i]`. Plain data.
 *
 * Punctuation and the insides of literals have no row; neither do wrappers that say nothing (`language.ts`).
 */
export interface SyntaxTree {
  readonly grammar: Grammar
  readonly text: string
  /** How many rows there are; the columns may be longer. Row 0 is the module. */
  readonly rows: number
  readonly kind: Uint8Array
  readonly role: Uint8Array
  /** The grammar's own node type, so that patterns and single-language rules lose nothing. */
  readonly symbol: Uint16Array
  readonly flags: Uint8Array
  readonly start: Uint32Array
  readonly end: Uint32Array
  readonly after: Uint32Array
  readonly parent: Uint32Array
  /** The number of an identifier's text in `names`, 0 for everything else. */
  readonly name: Uint32Array
  /** Texts of identifiers by number. Only ever grows, so that trees of one document can share it. */
  readonly names: readonly string[]
  /** Node types by symbol. */
  readonly types: readonly string[]
}

/** What of a tree stood in the previous one, unchanged: `origin[row]` is its old row, or `NOT_KEPT`. */
export interface Kept {
  readonly from: SyntaxTree
  readonly origin: Uint32Array
}

export const NOT_KEPT = 0xffffffff

/** A column of the previous tree as one of the new tree: 0 where nothing was kept. */
export function moved(column: Uint32Array, { origin }: Kept, rows: number): Uint32Array {
  const now = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) {
    const was = origin[row]!
    if (was !== NOT_KEPT) now[row] = column[was]!
  }
  return now
}

/** The subtree holds a syntax error or a missing token. */
export const FLAG_ERROR = 1
export const FLAG_MISSING = 2
export const FLAG_NAMED = 4
export const FLAG_EXTRA = 8

/** Where each identifier stands: `first[name]` is its first row or -1, `next[row]` the next one or -1. */
export interface NameIndex {
  readonly first: Int32Array
  readonly next: Int32Array
}

const nameIndices = new WeakMap<SyntaxTree, NameIndex>()

export function nameIndex(tree: SyntaxTree): NameIndex {
  const known = nameIndices.get(tree)
  if (known) return known
  const { rows, name, names } = tree
  const first = new Int32Array(names.length).fill(-1)
  const next = new Int32Array(rows)
  for (let row = rows - 1; row >= 0; row--) {
    const id = name[row]!
    if (id === 0) continue
    next[row] = first[id]!
    first[id] = row
  }
  const index = { first, next }
  nameIndices.set(tree, index)
  return index
}
