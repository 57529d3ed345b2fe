// Which functions of a file the bug finder reads, each as a whole.

import type { Scopes } from '../../semantics/scopes.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K } from '../../syntax/kinds.ts'
import { FLAG_ERROR, type SyntaxTree } from '../../syntax/tree.ts'
import { tokenize } from './tokenize.ts'
import type { FunctionTokens } from './tokens.ts'

/** More than this many tokens are too slow to answer: the functions inside are then read one by one. */
const MOST_TOKENS = 512

/** The functions of a file that are read each as a whole: the outermost ones that are not too long and not broken. */
export function functionsOf(tree: SyntaxTree, scopes: Scopes, most = MOST_TOKENS): FunctionTokens[] {
  return [...eachFunction(tree, scopes, () => true, most)]
}

/** The same one by one. A function that is not wanted, given by its place in the text, is passed over with all in it. */
export function* eachFunction(
  tree: SyntaxTree,
  scopes: Scopes,
  isWanted: (start: number, end: number) => boolean,
  most = MOST_TOKENS,
): Generator<FunctionTokens> {
  const { kind, flags, start, end, after, rows } = tree
  for (let row = 1; row < rows; ) {
    if (kind[row] !== K.Function || childRow(tree, row, 'body') === -1) {
      row++
      continue
    }
    if (!isWanted(start[row]!, end[row]!)) {
      row = after[row]!
      continue
    }
    // A token takes a row or more, and few rows make two.
    const mayFit = (flags[row]! & FLAG_ERROR) === 0 && after[row]! - row <= most * 4
    const tokens = mayFit ? tokenize({ tree, scopes, row }, most) : undefined
    if (tokens) yield tokens
    row = tokens ? after[row]! : row + 1
  }
}
