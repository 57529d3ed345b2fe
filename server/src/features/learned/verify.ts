// Whether the model that found something is content with the repair.

import type { SyntaxParser } from '../../syntax/parser.ts'
import type { Source } from '../fixes.ts'
import { grammarOf } from '../languages.ts'
import { type ReviewOptions, readAndReview } from './review.ts'

/** False when it says the same of the function around `at` again, and when it cannot be asked: then nobody knows. */
export async function isContent(
  parser: SyntaxParser,
  { path, language, text }: Source,
  rule: string,
  at: number,
  options: ReviewOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const grammar = grammarOf(language, path)
  if (!grammar) return false
  let asked = 0
  const isAround = (start: number, end: number) => start <= at && at < end && ++asked > 0
  const read = await readAndReview(parser, { path, grammar, text }, options, isAround, 'edited', signal)
  return read !== undefined && asked > 0 && !read.findings.some(it => it.rule === rule)
}
