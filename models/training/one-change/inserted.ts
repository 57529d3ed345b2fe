// A negation or an `await` that came to a function.

import type { Kind } from '../../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import { type FlatTokens, sameToken } from '../flat-tokens.ts'
import { type Found, kindOf, type Range, rangeOf, type Side, type Span } from './side.ts'

/** The second has all tokens of the first and, at its beginning, a negation or an `await` more. */
export function inserted(one: Side, was: Span, two: Side, is: Span): Found | undefined {
  const { tokens, tree } = two
  const j = is.from
  const text = (at: number) => tokens.text[at]
  const before: Range = [one.tokens.start[was.from]!, one.tokens.start[was.from]!]
  const sign = text(j) === '!' || text(j) === 'not'
  if (sign && rowAt(tree, 'Not', tokens.start[j]!) !== undefined) {
    const after = rangeOf(two, j, j)
    if (equalWithout(one, was, two, is, [j])) return { kind: 'negation', before, after }
    const closing = text(j + 1) === '(' ? closingOf(tokens, j + 1, is.to) : undefined
    if (closing !== undefined && equalWithout(one, was, two, is, [j, j + 1, closing]))
      return { kind: 'negation', before, after }
    return undefined
  }
  const word = [j, j + 1].find(it => text(it) === 'await')
  if (word === undefined) return undefined
  const closing = text(j) === '(' ? closingOf(tokens, j, is.to) : undefined
  const without = word === j ? [j] : closing === undefined ? [j, j + 1] : [j, j + 1, closing]
  if (word !== j && text(j) !== '(' && text(j) !== '.') return undefined
  if (!equalWithout(one, was, two, is, without) || !awaitsCall(two, word)) return undefined
  return { kind: 'await', before, after: rangeOf(two, word, word) }
}

function equalWithout(one: Side, was: Span, two: Side, is: Span, without: readonly number[]): boolean {
  let i = was.from
  for (let j = is.from; j < is.to; j++) {
    if (without.includes(j)) continue
    if (i >= was.to || !sameToken(one.tokens, i++, two.tokens, j)) return false
  }
  return i === was.to
}

function closingOf({ text }: FlatTokens, open: number, to: number): number | undefined {
  let depth = 0
  for (let i = open; i < to; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i
  }
  return undefined
}

/** It is a call that is awaited, and not one that is returned at once: with or without is taste there. */
function awaitsCall({ tree, tokens }: Side, word: number): boolean {
  const isSuffix = tree.grammar === 'rust'
  for (let row = 0; row < tree.rows; row++) {
    if (kindOf(tree, row) !== 'Await') continue
    const at = isSuffix ? tree.end[row]! === tokens.end[word] : tree.start[row]! === tokens.start[word]
    if (!at || kindOf(tree, row + 1) !== 'Call') continue
    const around = kindOf(tree, tree.parent[row]!)
    return isSuffix || (around !== 'Return' && around !== 'Function') || isTried(tree, row)
  }
  return false
}

function isTried(tree: SyntaxTree, row: number): boolean {
  for (let it = tree.parent[row]!; it !== 0 && kindOf(tree, it) !== 'Function'; it = tree.parent[it]!)
    if (kindOf(tree, it) === 'Try') return true
  return false
}

function rowAt(tree: SyntaxTree, kind: Kind, start: number): number | undefined {
  for (let row = 0; row < tree.rows && tree.start[row]! <= start; row++)
    if (tree.start[row] === start && kindOf(tree, row) === kind) return row
  return undefined
}
