// The shipped model in onnxruntime-web, one thread, for measuring and for golden answers.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Tensor, Tensors } from '../../../server/src/inference/task.ts'
import { type FindingContext, rankFinding } from '../../../server/src/inference/tasks/rank-finding.ts'

export interface RankingModel {
  /** Each with the probability that it is acted on, in the order given. */
  rank<T extends { readonly context: FindingContext }>(all: readonly T[]): Promise<[T, number][]>
}

export async function openModel(folder: string): Promise<RankingModel> {
  const ort = await import('onnxruntime-web/wasm')
  const require = createRequire(import.meta.url)
  const wasm = join(require.resolve('onnxruntime-web/wasm'), '..', 'ort-wasm-simd-threaded.wasm')
  ort.env.wasm.wasmBinary = readFileSync(wasm)
  ort.env.wasm.numThreads = 1
  const session = await ort.InferenceSession.create(readFileSync(join(folder, 'actionability.onnx')))
  const run = async (inputs: Tensors): Promise<Tensors> => {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, it]) => [name, new ort.Tensor(it.type, it.data, it.dims)]),
    )
    const outputs = await session.run(feeds)
    return Object.fromEntries(Object.entries(outputs).map(([name, it]) => [name, it as unknown as Tensor]))
  }
  return {
    async rank(all) {
      const ranked: [(typeof all)[number], number][] = []
      for (let from = 0; from < all.length; from += rankFinding.batch) {
        const some = all.slice(from, from + rankFinding.batch)
        const outputs = await run(rankFinding.encode(some.map(it => it.context)))
        some.forEach((it, index) => {
          ranked.push([it, rankFinding.decode(outputs, index, it.context).probability])
        })
      }
      return ranked
    },
  }
}
