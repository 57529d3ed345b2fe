// The bug finder's question for a program of ours that passes it on: code in, its functions as tensors out, and what is suspected in each.

import { CODE_LANGUAGES } from '@codeant/shared/language.ts'
import { type AskedCode, askedFunctions, suspectedFunction } from '../features/learned/suspicions.ts'
import { codeReader } from '../host/node/code-reader.ts'
import { findBug } from '../inference/tasks/find-bug.ts'
import type { Question } from './questions.ts'

/** Longer than functions are; this much is read within a few milliseconds. */
const MOST_CODE = 20_000
/** Who sends more wants a file analysed: each is a run of the model. */
const MOST_FUNCTIONS = 20
/** Nothing that people write takes as long to read. */
const MOST_MS = 250

export const findBugInCode: Question = {
  id: findBug.id,
  model: findBug.model,
  input: {
    type: 'object',
    properties: {
      language: { type: 'string', enum: CODE_LANGUAGES },
      code: { type: 'string', maxLength: MOST_CODE },
      jsx: { type: 'boolean' },
    },
    required: ['language', 'code'],
    additionalProperties: false,
    description: `The functions of it are asked about, at most ${MOST_FUNCTIONS}.`,
  },

  async ask(input) {
    const { parser, model } = await codeReader()
    const until = performance.now() + MOST_MS
    const read = await askedFunctions(parser, model, input as AskedCode, () => performance.now() > until)
    if (!read || read.asked.length > MOST_FUNCTIONS) return undefined
    const { tree, asked } = read
    return {
      rows: asked.map(it => findBug.encode([it.question])),
      answer: outputs => ({
        functions: asked.map((it, i) =>
          suspectedFunction(tree, it, findBug.decode(outputs[i]!, 0, it.question), model),
        ),
        read: read.read,
      }),
    }
  },
}
