// What a token says: the text of names and literals, operators in normal form, a word for structure.

import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { normalOperator } from '../choices.ts'
import { codes } from './function-node.ts'

/** By kind: what is one token whatever its parts: `not in` has some. */
export const IS_WHOLE = codes(K.String, K.Operator)

/** The word of a leaf; undefined for the sign of a negation, which has a mark (`sites.ts`). */
export function leafWord(tree: SyntaxTree, row: number): string | undefined {
  const code = tree.kind[row]!
  switch (code) {
    case K.Operator:
      if (tree.kind[tree.parent[row]!] === K.Not) return undefined
      return normalOperator(textOf(tree, row).replace(/\s+/g, ' '))
    case K.Boolean:
      return /^t/i.test(textOf(tree, row)) ? '<true>' : '<false>'
    case K.Number: {
      const text = textOf(tree, row)
      return text.length > LONGEST_NUMBER ? '<number>' : text
    }
    case K.Name:
    case K.TypeName:
    case K.PropertyName:
    case K.String:
    case K.Keyword:
    case K.This:
    case K.Super:
    case K.Null:
    case K.Undefined:
    case K.Other:
    case K.Type:
      return textOf(tree, row)
    default:
      return KIND_WORDS[code]!
  }
}

/** Longer ones are rare, each by itself. */
const LONGEST_NUMBER = 4

/** The word in front of what has parts and is told by a token of its own: `<if>`, `<else>`. */
export function structureWord(tree: SyntaxTree, row: number): string | undefined {
  const code = tree.kind[row]!
  if (IS_TOLD[code] && tree.after[row]! > row + 1) return KIND_WORDS[code]
  return code === K.Block && tree.role[row] === R.alternative ? '<else>' : undefined
}

/** The token that stands for the function as a whole. */
export const FUNCTION_WORD = '<function>'

/** The beginning of a longer string says enough. */
function textOf({ text, start, end }: SyntaxTree, row: number): string {
  return text.slice(start[row], Math.min(end[row]!, start[row]! + 200))
}

const KIND_WORDS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(K).map(([kind, code]) => [code, `<${kind.toLowerCase()}>`]),
)

const IS_TOLD = codes(
  K.Function,
  K.Return,
  K.Throw,
  K.For,
  K.ForEach,
  K.While,
  K.DoWhile,
  K.Loop,
  K.If,
  K.ElseIf,
  K.Switch,
  K.Case,
  K.DefaultCase,
  K.Try,
  K.Catch,
  K.Finally,
  K.With,
  K.Conditional,
  K.Comprehension,
  K.Assert,
  K.Delete,
  K.Class,
)
