// The questions that models are asked, for a program of ours that passes them on: an input in, tensors out, and the answer read back.

import type { ModelTask, Tensors } from '../inference/task.ts'
import { isSecret, type SecretInput } from '../inference/tasks/is-secret.ts'
import { type FindingContext, MEASURES, rankFinding } from '../inference/tasks/rank-finding.ts'
import { findBugInCode } from './function-bugs.ts'

export interface Question {
  readonly id: string
  /** The model whose weights answer. */
  readonly model: string
  /** What an input is, as JSON Schema. */
  readonly input: object
  /** Of an input that keeps to the schema. Undefined: it can be read, but not be asked about. */
  ask(input: unknown): Promise<Asking | undefined>
}

/** A question on its way. */
export interface Asking {
  /** Each for a run of its own: the first dimension of every tensor is 1. */
  readonly rows: readonly Tensors[]
  /** Of what came out of each, in their order. */
  answer(outputs: readonly Tensors[]): object
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
    ask: input => plain(isSecret, input as SecretInput),
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
    ask: input => plain(rankFinding, input as FindingContext),
  },
  findBugInCode,
]

/** An input that is one row by itself. */
async function plain<Input, Output extends object>(
  task: ModelTask<Input, Output>,
  input: Input,
): Promise<Asking> {
  return { rows: [task.encode([input])], answer: ([outputs]) => task.decode(outputs!, 0, input) }
}

function object(properties: Readonly<Record<string, object>>, example?: object): object {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    ...(example && { examples: [example] }),
  }
}
