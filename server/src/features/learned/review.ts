// Asks the bug finder about functions and turns what it says into findings, for whoever has a tree.

import type { Finding } from '@codeant/shared/finding.ts'
import { Pacer } from '../../base/pause.ts'
import { type InferenceBackend, InferenceError, type Urgency } from '../../inference/backend.ts'
import { eachFunction } from '../../inference/function-tokens/functions.ts'
import { canBeWrong, type FunctionAnswer, findBug, questionOf } from '../../inference/tasks/find-bug.ts'
import { sortFindings } from '../../rules/engine.ts'
import { isUntended } from '../../semantics/provenance.ts'
import { resolveNames } from '../../semantics/resolve-names.ts'
import type { Scopes } from '../../semantics/scopes.ts'
import type { Grammar } from '../../syntax/language.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { type BugFinder, learnedLanguage } from './bug-finder.ts'
import { findingIn, mayBeShown } from './findings.ts'
import { type Doubt, isDoubtful } from './second-opinion.ts'

export interface ReviewOptions {
  readonly backend: InferenceBackend
  readonly model: BugFinder
  readonly now: () => number
  /** A rule that was switched on although its kind has not passed. */
  readonly isWanted: (rule: string) => boolean
  /** Somebody said that this is no bug. */
  readonly isDismissed: (finding: Finding, text: string) => boolean
  /**
   * Told of functions in which the model suspects something without being sure enough to say it, and of those that it could
   * not answer though another one with its weights could.
   */
  readonly doubted?: (doubt: Doubt) => void
}

export interface Read {
  /** Relative to the project's root. */
  readonly path: string
  readonly tree: SyntaxTree
  readonly scopes: Scopes
}

/**
 * The findings of the functions that are asked about, given by their places in the text. Functions that could not be
 * answered (no model, no time left) have none. Rejects only with the signal's reason.
 */
export async function review(
  { path, tree, scopes }: Read,
  options: ReviewOptions,
  isAsked: (start: number, end: number) => boolean,
  urgency: Urgency,
  signal: AbortSignal,
): Promise<Finding[]> {
  if (isUntended(path, tree.text)) return []
  if (!mayBeShown(options.model, learnedLanguage(tree.grammar), options.isWanted)) return []
  const asked: Promise<Finding | undefined>[] = []
  const pacer = new Pacer(options.now, signal)
  for (const tokens of eachFunction(tree, scopes, isAsked)) {
    await pacer.step()
    if (!canBeWrong(tokens)) continue
    const question = questionOf(tokens, options.model.vocabulary)
    const doubt = { tree, tokens, question }
    const finding = ask(doubt, options, urgency, signal).then(answer => {
      if (!answer) return undefined
      const sure = findingIn(tree, tokens, answer, options.model, options.isWanted)
      if (!sure && isDoubtful(tree, tokens, answer, options)) options.doubted?.({ ...doubt, answer })
      return sure
    })
    // Should the next pause throw, nobody waits for these any more.
    finding.catch(() => {})
    asked.push(finding)
  }
  const found = await Promise.all(asked)
  return sortFindings(
    found.filter(it => it !== undefined && !options.isDismissed(it, tree.text)) as Finding[],
  )
}

/** The same for a text that nobody has read yet; undefined when it cannot be parsed. */
export async function readAndReview(
  parser: SyntaxParser,
  { path, grammar, text }: { readonly path: string; readonly grammar: Grammar; readonly text: string },
  options: ReviewOptions,
  isAsked: (start: number, end: number) => boolean,
  urgency: Urgency,
  signal: AbortSignal,
): Promise<{ readonly tree: SyntaxTree; readonly findings: readonly Finding[] } | undefined> {
  const tree = parser.parseOnce(text, grammar)
  if (!tree) return undefined
  const read = { path, tree, scopes: resolveNames(tree) }
  return { tree, findings: await review(read, options, isAsked, urgency, signal) }
}

async function ask(
  doubt: Doubt,
  { backend, doubted }: ReviewOptions,
  urgency: Urgency,
  signal: AbortSignal,
): Promise<FunctionAnswer | undefined> {
  try {
    return await backend.run(findBug, doubt.question, urgency, signal)
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error
    if (error.failure !== 'rejected') doubted?.(doubt)
    return undefined
  }
}
