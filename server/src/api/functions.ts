// Functions as points for a program of ours that stores them: code in, numbers out, the same numbers as the command line computes.

import { CODE_LANGUAGES, type CodeLanguage } from '@codeant/shared/language.ts'
import { embedCode as embed, type FunctionCode } from '../host/node/embed-code.ts'
import { loadTermWeights } from '../host/node/similarity-model.ts'
import {
  closeness,
  DIMENSIONS,
  type Embedding,
  embeddingOfWords,
  encoderOf,
} from '../inference/similarity/embedding.ts'

export { CODE_LANGUAGES, type CodeLanguage, closeness, DIMENSIONS, type Embedding, type FunctionCode }

/** Where the installation's models are, when not beside the program. Nothing else of this computer is looked at. */
type Environment = Readonly<Record<string, string | undefined>>

export interface FunctionEncoder {
  /** Points of different encoders do not compare. */
  readonly name: string
  /** Undefined when no word of the question says anything. */
  words(question: string): Embedding | undefined
}

/** Undefined where the installation lacks the table that it takes. */
export function openFunctionEncoder(env: Environment = {}): FunctionEncoder | undefined {
  const weights = loadTermWeights(env)
  if (typeof weights === 'string') return undefined
  return { name: encoderOf(weights), words: question => embeddingOfWords(question, weights) }
}

/** Reads code of whoever: for a thread that may be ended. Undefined for what holds no function that can be read. */
export function embedCode(
  functions: readonly FunctionCode[],
  env: Environment = {},
): Promise<readonly (Embedding | undefined)[]> {
  return embed(functions, env)
}
