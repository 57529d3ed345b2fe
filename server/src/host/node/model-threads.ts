// The threads of the model pool: started with the first question, replaced when one dies, given back when nobody asks.

import { Piscina } from 'piscina'
import type { ModelThreads } from '../../inference/local/pool.ts'
import type { ModelAnswer, ModelRequest } from '../../inference/local/request.ts'
import type { ModelWorkerOptions } from './model-worker.ts'

export interface ModelThreadsOptions extends ModelWorkerOptions {
  readonly threads: number
  /** A thread that nobody asked anything for so long is ended, in milliseconds: its memory is worth more than its warmth. */
  readonly releaseAfter: number
}

/** For tests, which end threads as a full memory would. */
export interface NodeModelThreads extends ModelThreads {
  /** Ends every thread at once, whatever it does. */
  kill(): Promise<void>
}

export function startModelThreads({
  threads,
  releaseAfter,
  memoryLimit,
  native,
}: ModelThreadsOptions): NodeModelThreads {
  const data: ModelWorkerOptions = { memoryLimit, native }
  const pool = new Piscina<ModelRequest, ModelAnswer>({
    filename: new URL(
      import.meta.url.endsWith('.ts') ? './model-worker.ts' : './model-worker.mjs',
      import.meta.url,
    ).href,
    maxThreads: threads,
    minThreads: 0,
    // The pool never gives a thread a second slice before the first is answered.
    concurrentTasksPerWorker: 1,
    idleTimeout: releaseAfter,
    recordTiming: false,
    workerData: data,
  })
  // Piscina forgets what waits for a thread that dies while it starts; then it is to be asked again like all the rest.
  const rescue = () =>
    setImmediate(() => {
      if (pool.queueSize > 0 && pool.threads.length === 0) void pool.destroy()
    })
  pool.on('error', rescue)
  pool.on('workerDestroy', rescue)
  return {
    get running() {
      return pool.threads.length
    },
    run: (request, signal) => pool.run(request, { signal }),
    close: () => pool.destroy(),
    async kill() {
      await Promise.all(pool.threads.map(it => it.terminate()))
    },
  }
}
