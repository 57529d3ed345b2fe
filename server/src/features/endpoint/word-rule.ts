// A rule that a model put into other words: taken only if the grammar reads every sentence of it, and never run before a person saw it.

import type { RuleAnswer, RuleQuestion } from '../../inference/tasks/word-rule.ts'
import { nearestSentences, SAYABLE } from '../../rules/natural/nearest.ts'
import { compileSentence } from '../../rules/natural/sentence.ts'
import type { TextEdit } from '../../text/document.ts'
import type { Refusal } from './ask-fix.ts'
import { restored } from './redaction.ts'

/** The rule that tells of sentences that cannot be read. */
export const UNCLEAR_RULE = 'style/unclear-rule'

/** More than this is no longer the same rule. */
const MOST_SENTENCES = 6

export function questionAboutRule(sentence: string): RuleQuestion {
  const { locale } = compileSentence(sentence)
  return { sentence, examples: [...new Set([...nearestSentences(sentence, locale), ...SAYABLE[locale]])] }
}

export type JudgedRule =
  | { readonly kind: 'holds'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly why: Refusal }

/** What stood there stays as a comment above what it became. `at` is the sentence in `text`. */
export function judgeRule(
  text: string,
  at: { readonly start: number; readonly end: number },
  { sentences: given, summary }: RuleAnswer,
  secrets: readonly string[],
): JudgedRule {
  const sentences = given.map(it => restored(it, secrets) ?? '')
  if (sentences.includes('')) return { kind: 'refused', why: { kind: 'damaged' } }
  if (sentences.length === 0 || sentences.length > MOST_SENTENCES)
    return { kind: 'refused', why: { kind: 'declined', message: summary } }
  const unread = sentences.filter(it => /\n/.test(it) || compileSentence(it).kind === 'refused')
  if (unread.length > 0) return { kind: 'refused', why: { kind: 'unread', sentences: unread } }
  const lineStart = text.lastIndexOf('\n', at.start - 1) + 1
  const before = text.slice(lineStart, at.start)
  const original = text.slice(at.start, at.end)
  const newText = [`# ${original}`, ...sentences.map(it => `${before}${it}`)].join('\n')
  return { kind: 'holds', edits: [{ start: lineStart, end: at.end, newText }] }
}
