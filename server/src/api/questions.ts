// The questions that models are asked, for a program of ours that passes them on: an input in, tensors out, and the answer read back.

import type { Tensors } from '../inference/task.ts'
import { isSecret, type SecretInput } from '../inference/tasks/is-secret.ts'
import { type FindingContext, MEASURES, rankFinding } from '../inference/tasks/rank-finding.ts'

export interface Question {
  readonly id: string
  /** The model whose weights answer. */
  readonly model: string
  /** What an input is, as JSON Schema. */
  readonly input: object
  /** One input, which keeps to the schema. */
  encode(input: unknown): Tensors
  decode(outputs: Tensors, input: unknown): object
}

const text = (most: number) => ({ type: 'string', maxLength: most })

export const QUESTIONS: readonly Question[] = [
  {
    id: isSecret.id,
    model: isSecret.model,
    input: object(
      {
        name: text(1000),
        value: text(10_000),
        context: object({ before: text(1000), after: text(1000) }),
      },
      {
        name: 'api_key',
        value: 'sk_test_4eC39HqLyjWDarjtT1',
        context: { before: 'api_key = "', after: '"' },
      },
    ),
    encode: input => isSecret.encode([input as SecretInput]),
    decode: (outputs, input) => isSecret.decode(outputs, 0, input as SecretInput),
  },
  {
    id: rankFinding.id,
    model: rankFinding.model,
    input: object({
      rule: text(200),
      severity: text(20),
      language: text(40),
      traits: { type: 'array', items: text(200), maxItems: 100 },
      words: { type: 'array', items: text(200), maxItems: 100 },
      measures: {
        type: 'array',
        items: { type: 'number' },
        minItems: MEASURES.length,
        maxItems: MEASURES.length,
        description: MEASURES.join(', '),
      },
    }),
    encode: input => rankFinding.encode([input as FindingContext]),
    decode: (outputs, input) => rankFinding.decode(outputs, 0, input as FindingContext),
  },
]

function object(properties: Readonly<Record<string, object>>, example?: object): object {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    ...(example && { examples: [example] }),
  }
}
