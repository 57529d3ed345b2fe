// Which functions of a text were there before, to the letter: only the others are asked about.

import { hash32 } from '../../base/digest.ts'
import { KIND_CODE } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'

export type KnownFunctions = ReadonlySet<number>

export function functionsIn(tree: SyntaxTree): KnownFunctions {
  const found = new Set<number>()
  for (let row = 1; row < tree.rows; row++)
    if (tree.kind[row] === KIND_CODE.Function) found.add(hashOf(tree.text, tree.start[row]!, tree.end[row]!))
  return found
}

export function isChanged(known: KnownFunctions, text: string, start: number, end: number): boolean {
  return !known.has(hashOf(text, start, end))
}

function hashOf(text: string, start: number, end: number): number {
  return hash32(text.slice(start, end))
}
