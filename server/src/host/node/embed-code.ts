// Single functions, given as their code, as points: for a thread of a program that is no host of the analysis.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { describeFunctions } from '../../features/described-functions.ts'
import { grammarOf } from '../../features/languages.ts'
import { type Embedding, embeddingOf } from '../../inference/similarity/embedding.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { shipped } from './folders.ts'
import { DiskGrammars } from './grammars.ts'
import { loadTermWeights } from './similarity-model.ts'

export interface FunctionCode {
  readonly language: CodeLanguage
  readonly code: string
}

/** Undefined for what holds no function that can be read. */
export async function embedCode(
  functions: readonly FunctionCode[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly (Embedding | undefined)[]> {
  const weights = loadTermWeights(env)
  if (typeof weights === 'string') throw new Error(`the table of terms is ${weights}`)
  parser ??= SyntaxParser.start(new DiskGrammars(shipped('grammars')))
  const ready = await parser
  const points: (Embedding | undefined)[] = []
  for (const { language, code } of functions) {
    const path = `function.${ENDINGS[language]}`
    const grammar = grammarOf(language, path)
    if (grammar) await ready.load(grammar)
    const found = describeFunctions(ready, path, language, code, weights)
    // What stands in another function is a part of it.
    const whole = found.reduce<(typeof found)[number] | undefined>(
      (best, it) => (best && best.end - best.start >= it.end - it.start ? best : it),
      undefined,
    )
    points.push(whole && embeddingOf(whole.vector, whole.about, weights))
  }
  return points
}

/** TypeScript's own ending reads what JavaScript with markup cannot; markup is rarer in a single function than a cast. */
const ENDINGS: Readonly<Record<CodeLanguage, string>> = {
  python: 'py',
  typescript: 'ts',
  javascript: 'js',
  rust: 'rs',
}

/** One for a thread: to make one takes as long as to read a hundred functions. */
let parser: Promise<SyntaxParser> | undefined
