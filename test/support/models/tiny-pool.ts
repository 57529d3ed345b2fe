// A real pool of real threads over the tiny model, and what was seen of it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type NodeModelThreads, startModelThreads } from '../../../server/src/host/node/model-threads.ts'
import type { TimeBudget } from '../../../server/src/inference/local/budget.ts'
import { describeModel, type ModelNotice } from '../../../server/src/inference/local/models.ts'
import { ModelPool } from '../../../server/src/inference/local/pool.ts'
import type { ModelAnswer } from '../../../server/src/inference/local/request.ts'
import { MODELS } from './tiny-task.ts'

const MIB = 1024 * 1024

export interface TinyPoolOptions {
  readonly folder?: string
  readonly threads?: number
  /** In MiB. */
  readonly memoryLimit?: number
  readonly budget?: TimeBudget
  readonly native?: string
  readonly releaseAfter?: number
  readonly patience?: () => number
}

export interface TinyPool {
  readonly pool: ModelPool
  readonly notices: readonly ModelNotice[]
  /** Every slice that went to a thread: its runs, and what came of it. */
  readonly slices: readonly Sliced[]
  /** Ends the threads as a full memory would. */
  kill(): Promise<void>
}

export interface Sliced {
  readonly runs: number
  readonly answer: ModelAnswer | Error
}

/** Runs a test with a pool, which is gone afterwards. */
export async function withTinyPool(
  options: TinyPoolOptions,
  run: (tiny: TinyPool) => Promise<void>,
): Promise<void> {
  const { folder = MODELS, threads = 1, memoryLimit = 512, releaseAfter = 60_000, native } = options
  const notices: ModelNotice[] = []
  const slices: Sliced[] = []
  let started: NodeModelThreads | undefined
  const pool = new ModelPool({
    models: {
      describe(name) {
        const file = join(folder, name, 'model.json')
        try {
          const json = readFileSync(file, 'utf8')
          return (
            describeModel(name, json, it => join(folder, name, it)) ?? { kind: 'corrupt', model: name, file }
          )
        } catch {
          return { kind: 'missing', model: name, file }
        }
      },
    },
    start() {
      const real = startModelThreads({
        threads,
        releaseAfter,
        native,
        memoryLimit: (memoryLimit * MIB) / threads,
      })
      started = real
      return {
        get running() {
          return real.running
        },
        close: () => real.close(),
        async run(request, giveUp) {
          try {
            const answer = await real.run(request, giveUp)
            slices.push({ runs: request.runs.length, answer })
            return answer
          } catch (error) {
            slices.push({ runs: request.runs.length, answer: error as Error })
            throw error
          }
        },
      }
    },
    threads,
    budget: options.budget ?? { ms: Number.POSITIVE_INFINITY },
    memoryLimit: memoryLimit * MIB,
    now: () => performance.now(),
    notify: it => notices.push(it),
    ...(options.patience && { patience: options.patience }),
  })
  try {
    await run({ pool, notices, slices, kill: async () => started?.kill() })
  } finally {
    await pool.close()
  }
}
