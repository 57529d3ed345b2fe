// The shipped model in the product's own engine, onnxruntime-web with one thread, for measuring and for golden answers.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { startEngine } from '../../../server/src/inference/local/session.ts'
import { type FindingContext, rankFinding } from '../../../server/src/inference/tasks/rank-finding.ts'

export interface RankingModel {
  /** Each with the probability that it is acted on, in the order given. */
  rank<T extends { readonly context: FindingContext }>(all: readonly T[]): Promise<[T, number][]>
}

export async function openModel(folder: string): Promise<RankingModel> {
  const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  const engine = await startEngine({
    wasm: async () => readFileSync(wasm),
    native: () => undefined,
    memoryLimit: 256 * 1024 * 1024,
  })
  const weights = readFileSync(join(folder, 'actionability.onnx'))
  const session = await engine.open({ name: 'actionability', file: '', sha256: '', warm: {} }, weights)
  return {
    async rank(all) {
      const ranked: [(typeof all)[number], number][] = []
      for (let from = 0; from < all.length; from += rankFinding.batch) {
        const some = all.slice(from, from + rankFinding.batch)
        const outputs = await session.run(rankFinding.encode(some.map(it => it.context)))
        some.forEach((it, index) => {
          ranked.push([it, rankFinding.decode(outputs, index, it.context).probability])
        })
      }
      return ranked
    },
  }
}
