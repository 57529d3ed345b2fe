// A text in another language inside of a file: a shell command in a string, SQL in Python.

import type { Grammar } from '../syntax/language.ts'
import { codeOf } from './code-of.ts'
import { Target } from './target.ts'

/** Undefined where it cannot be read. */
export function innerTarget(target: Target, text: string, language: Grammar | 'text'): Target | undefined {
  const { path, options, parser } = target
  if (language === 'text') return new Target(path, text, undefined, options, parser)
  if (!parser?.isLoaded(language)) return undefined
  const tree = parser.parseOnce(text, language)
  if (!tree) return undefined
  return new Target(path, text, codeOf(path, tree), options, parser)
}
