// A question to a model that writes text: messages in, an answer of a given form out. Plain data, as every question is.

import type { EndpointUse } from '@codeant/shared/endpoint.ts'
import type { JsonSchema } from './remote/json-schema.ts'

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** Every function is a function of its arguments. */
export interface TextTask<Input, Output> {
  /** Names the question: `propose-fix`. */
  readonly id: string
  /** Raised whenever the messages or the reading of the answer change. */
  readonly version: number
  readonly use: EndpointUse
  readonly schema: JsonSchema
  /** What an answer may have at most. */
  mostTokens(input: Input): number
  messages(input: Input): readonly Message[]
  /** `answer` keeps to the schema. */
  read(answer: unknown, input: Input): Output
}

/** How many tokens a text has, about: nobody here knows the vocabulary of the model that reads it. */
export function estimatedTokens(text: string): number {
  return Math.ceil(text.length / 3)
}
