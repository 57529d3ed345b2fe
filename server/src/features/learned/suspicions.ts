// What the bug finder suspects in a piece of code, whether or not it would be shown: for programs that ask, place by place.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { type BugKind, bugKindOf } from '../../inference/choices.ts'
import { functionsOf } from '../../inference/function-tokens/functions.ts'
import type { FunctionTokens } from '../../inference/function-tokens/tokens.ts'
import {
  canBeWrong,
  type FunctionAnswer,
  type FunctionQuestion,
  questionOf,
} from '../../inference/tasks/find-bug.ts'
import { resolveNames } from '../../semantics/resolve-names.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import type { BugFinder } from './bug-finder.ts'
import { replacement, suspicionIn } from './findings.ts'

export interface AskedCode {
  readonly language: CodeLanguage
  readonly code: string
  /** TypeScript with JSX in it; JavaScript may always have some. */
  readonly jsx?: boolean
}

/** The functions of a text that the model is asked about, each with its question. */
export interface AskedFunctions {
  readonly tree: SyntaxTree
  /** With those in which nothing could be wrong, and of which nothing is asked. */
  readonly read: number
  readonly asked: readonly AskedFunction[]
}

interface AskedFunction {
  readonly tokens: FunctionTokens
  readonly question: FunctionQuestion
}

/** Both counted from 1, columns in UTF-16 units. */
interface Place {
  readonly line: number
  readonly column: number
}

export interface SuspectedFunction extends Place {
  /** The probability that nothing is wrong in it. */
  readonly none: number
  /** Whether CodeAnt itself would say so: kinds that were measured and found wanting are silent, however sure the model is. */
  readonly isReported: boolean
  readonly suspects: readonly SuspectedPlace[]
}

interface SuspectedPlace extends Place {
  readonly text: string
  readonly kind: BugKind
  readonly instead: string
  readonly probability: number
}

/** Undefined when `stop` interrupted it. */
export async function askedFunctions(
  parser: SyntaxParser,
  model: BugFinder,
  { language, code, jsx = false }: AskedCode,
  stop: () => boolean,
): Promise<AskedFunctions | undefined> {
  const grammar = language === 'typescript' && jsx ? 'tsx' : language
  await parser.load(grammar)
  const tree = parser.parseOnce(code, grammar, stop)
  if (!tree) return undefined
  const functions = functionsOf(tree, resolveNames(tree))
  const asked = functions
    .filter(canBeWrong)
    .map(tokens => ({ tokens, question: questionOf(tokens, model.vocabulary) }))
  return { tree, read: functions.length, asked }
}

export function suspectedFunction(
  tree: SyntaxTree,
  { tokens }: AskedFunction,
  answer: FunctionAnswer,
  model: BugFinder,
): SuspectedFunction {
  const { text, start, end } = tree
  const first = suspicionIn(tree, tokens, answer, model)
  return {
    ...placeIn(text, tokens.start),
    none: answer.none,
    isReported: first?.gate.passed === true && first.suspect.score >= first.gate.threshold,
    suspects: answer.suspects.flatMap((it): SuspectedPlace[] => {
      const row = tokens.rows[it.token]!
      const kind = bugKindOf(tokens.site[it.token]!)
      const instead = replacement(tree, row, kind, it)
      if (instead === undefined) return []
      const stands = text.slice(start[row], end[row])
      return [{ ...placeIn(text, start[row]!), text: stands, kind, instead, probability: it.score }]
    }),
  }
}

function placeIn(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split(/\r\n?|\n/)
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}
