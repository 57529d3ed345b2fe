// A second opinion: where the model of this machine suspects something without being sure, other weights are asked, and what
// both say is shown.
//
// It opens no gate: kinds of findings that were measured and found wanting are not asked about, unless somebody switched
// them on.

import type { Finding } from '@codeant/shared/finding.ts'
import { InferenceError } from '../../inference/backend.ts'
import type { FunctionTokens } from '../../inference/function-tokens/tokens.ts'
import type { FunctionAnswer, FunctionQuestion } from '../../inference/tasks/find-bug.ts'
import { sortFindings } from '../../rules/engine.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { findingIn, LEARNED_RULES, suspicionIn } from './findings.ts'
import type { ReviewOptions } from './review.ts'

/** A function in which something may be wrong. */
export interface Doubt {
  readonly tree: SyntaxTree
  readonly tokens: FunctionTokens
  readonly question: FunctionQuestion
  /** What the model of this machine says; absent where it had no time, no memory, or is not there. */
  readonly answer?: FunctionAnswer
}

/** Whoever can be asked beyond this machine. Each rejects only with `InferenceError` or the signal's reason. */
export interface Others {
  /** Other weights; undefined where there are none. */
  opinion(question: FunctionQuestion): Promise<FunctionAnswer | undefined>
  /** The same weights elsewhere. */
  instead(question: FunctionQuestion): Promise<FunctionAnswer | undefined>
  /** Nothing secret stands in this function: the beginnings of its texts are among what is sent. */
  mayLeave(doubt: Doubt): boolean
}

/** Less than this share of what it takes to be shown is no suspicion: every function has a likeliest place for a bug. */
const LEAST_SHARE = 0.5
/** Of one text: who edits in many places at once is not done yet. */
const MOST_DOUBTS = 8

/** Suspected, not surely, and of a kind that would be shown if it were sure. */
export function isDoubtful(
  tree: SyntaxTree,
  tokens: FunctionTokens,
  answer: FunctionAnswer,
  { model, isWanted }: Pick<ReviewOptions, 'model' | 'isWanted'>,
): boolean {
  const suspicion = suspicionIn(tree, tokens, answer, model)
  if (!suspicion) return false
  const { suspect, kind, gate } = suspicion
  const isShown = gate.passed || isWanted(LEARNED_RULES[kind])
  return isShown && suspect.score >= gate.threshold * LEAST_SHARE && suspect.score < gate.threshold
}

/**
 * What others say of doubts: of a suspicion, where it is the same place and the same repair, surely enough for this machine's
 * threshold; of a function without an answer, what they find. The same weights give the same answer, which is not sure enough:
 * a second opinion of them changes nothing. Rejects only with the signal's reason.
 */
export async function secondOpinions(
  doubts: readonly Doubt[],
  { model, isWanted, isDismissed }: Pick<ReviewOptions, 'model' | 'isWanted' | 'isDismissed'>,
  others: Others,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const score = (it: Doubt) => it.answer?.suspects[0]?.score ?? 0
  const surest = [...doubts].sort((a, b) => score(b) - score(a)).slice(0, MOST_DOUBTS)
  const found = await Promise.all(
    surest.filter(others.mayLeave).map(async ({ tree, tokens, question, answer }) => {
      const other = await unlessFailed(answer ? others.opinion(question) : others.instead(question))
      signal.throwIfAborted()
      if (!other || (answer && !agree(answer, other))) return undefined
      const finding = findingIn(tree, tokens, other, model, isWanted)
      return finding && !isDismissed(finding, tree.text)
        ? { ...finding, data: { ...finding.data, opinion: answer ? 'second' : 'instead' } }
        : undefined
    }),
  )
  return sortFindings(found.filter(it => it !== undefined) as Finding[])
}

function agree({ suspects: [own] }: FunctionAnswer, { suspects: [other] }: FunctionAnswer): boolean {
  return own !== undefined && own.token === other?.token && own.instead === other.instead
}

async function unlessFailed(
  answer: Promise<FunctionAnswer | undefined>,
): Promise<FunctionAnswer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof InferenceError) return undefined
    throw error
  }
}
