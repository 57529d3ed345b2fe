// A text in another language inside of a file: a shell command in a string, SQL in Python.

import { analyse, FileReader, SourceFile } from '../semantics/source-file.ts'
import type { Grammar } from '../syntax/language.ts'
import { Code } from './code.ts'
import { Target } from './target.ts'

/** Undefined where it cannot be read. */
export function innerTarget(target: Target, text: string, language: Grammar | 'text'): Target | undefined {
  const { path, options, parser } = target
  if (language === 'text') return new Target(path, text, undefined, options, parser)
  if (!parser?.isLoaded(language)) return undefined
  const tree = parser.parseOnce(text, language)
  if (!tree) return undefined
  const code = language === 'tsx' ? 'typescript' : language
  const file = new SourceFile(path, code, analyse(tree), new FileReader(tree))
  return new Target(path, text, new Code(file), options, parser)
}
