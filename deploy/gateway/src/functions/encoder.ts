// What makes points of words and of code: words here, code on a thread of its own, which is there when somebody sends some.

import {
  type Embedding,
  type FunctionCode,
  type FunctionEncoder,
  openFunctionEncoder,
} from '@codeant/server/api/functions.ts'
import { Piscina } from 'piscina'
import { Refusal } from '../errors.ts'

export interface Encoder extends FunctionEncoder {
  /** Undefined for what holds no function that can be read. Rejects with `Refusal` or the signal's reason. */
  code(functions: readonly FunctionCode[], signal: AbortSignal): Promise<readonly (Embedding | undefined)[]>
  close(): Promise<void>
}

/** So many are read in one go, so that one who sends many does not keep the thread from others. */
const AT_ONCE = 50
/** Fifty functions are read in less than a tenth of this. */
const LATE_MS = 10_000
const MOST_WAITING = 64
const IDLE_MS = 60_000
/** Of JavaScript's own memory, in MiB. */
const THREAD_MEMORY = 512
const RETRY_SECONDS = 2

/** Undefined where the installation lacks the table that it takes. */
export function openEncoder(): Encoder | undefined {
  const encoder = openFunctionEncoder()
  if (!encoder) return undefined
  const pool = new Piscina<readonly FunctionCode[], readonly (Embedding | undefined)[]>({
    filename: new URL(
      import.meta.url.endsWith('.ts') ? './embedding-worker.ts' : './embedding-worker.mjs',
      import.meta.url,
    ).href,
    maxThreads: 1,
    minThreads: 0,
    concurrentTasksPerWorker: 1,
    idleTimeout: IDLE_MS,
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY },
    env: {},
  })
  let waiting = 0

  const run = async (functions: readonly FunctionCode[], signal: AbortSignal) => {
    const late = AbortSignal.timeout(LATE_MS)
    try {
      return await pool.run(functions, { signal: AbortSignal.any([signal, late]) })
    } catch (error) {
      signal.throwIfAborted()
      if (late.aborted)
        throw new Refusal('upstream-timeout', 'Reading the code took too long.', { cause: error })
      throw error
    }
  }

  return {
    ...encoder,

    async code(functions, signal) {
      if (waiting >= MOST_WAITING) throw new Refusal('overloaded', undefined, { retryAfter: RETRY_SECONDS })
      waiting++
      try {
        const points: (Embedding | undefined)[] = []
        for (let i = 0; i < functions.length; i += AT_ONCE)
          points.push(...(await run(functions.slice(i, i + AT_ONCE), signal)))
        return points
      } finally {
        waiting--
      }
    },

    close: () => pool.destroy(),
  }
}
