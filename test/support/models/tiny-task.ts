// Questions to the tiny model of the tests, and what the answers must be, computed here without any engine.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ModelTask } from '../../../server/src/inference/task.ts'
import { row } from '../../../server/src/inference/task.ts'

/** The folder that holds `tiny/`, as a host expects it. */
export const MODELS = fileURLToPath(new URL('./', import.meta.url))

interface Description {
  readonly sha256: string
  readonly weights: {
    readonly embedding: readonly (readonly number[])[]
    readonly verdict: readonly (readonly number[])[]
    readonly scale: number
  }
}

export const TINY = JSON.parse(readFileSync(`${MODELS}tiny/model.json`, 'utf8')) as Description

/** Tokens from 1 to 63; 0 is the padding. */
export type Tokens = readonly number[]
export type Scores = readonly number[]

/** `seen` is told of every run that is put together: how many inputs, padded to which length. */
export function tinyTask(
  batch = 1,
  seen: (inputs: number, length: number) => void = () => {},
): ModelTask<Tokens, Scores> {
  return {
    id: 'score',
    version: 1,
    model: 'tiny',
    batch,
    key: input => input.join(' '),
    cost: input => input.length,
    encode(inputs) {
      const length = Math.max(...inputs.map(it => it.length))
      const data = new Int32Array(inputs.length * length)
      for (const [i, tokens] of inputs.entries()) data.set(tokens, i * length)
      seen(inputs.length, length)
      return { tokens: { type: 'int32', dims: [inputs.length, length], data } }
    },
    decode: ({ scores }, i) => [...row(scores!, i)],
  }
}

/** Different inputs of a length, the same in every run. */
export function tokens(length: number, seed = 0): Tokens {
  let state = seed + length * 7919 + 1
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return 1 + ((state >>> 16) % 63)
  })
}

/** The model's arithmetic in words: who is like whom, mixed, the strongest of each column, judged. */
export function expected(input: Tokens): Scores {
  const { embedding, verdict, scale } = TINY.weights
  const x = input.map(it => embedding[it]!)
  const width = x[0]!.length
  // x·xᵀ·x = x·(xᵀ·x), which is small.
  const inner = Array.from({ length: width }, (_, a) =>
    Array.from({ length: width }, (_, b) => x.reduce((sum, it) => sum + it[a]! * it[b]!, 0)),
  )
  const strongest = Array.from({ length: width }, (_, b) =>
    Math.max(0, ...x.map(it => it.reduce((sum, value, a) => sum + value * inner[a]![b]!, 0))),
  )
  const whole = strongest.map(it => Math.min(255, halfToEven(it / scale)))
  return [0, 1].map(column => whole.reduce((sum, it, a) => sum + it * verdict[a]![column]!, 0))
}

/** As ONNX rounds. */
function halfToEven(value: number): number {
  const low = Math.floor(value)
  if (value - low !== 0.5) return Math.round(value)
  return low % 2 === 0 ? low : low + 1
}
