// A thread of the model pool: gives the thread's work files, digests and an engine. Everything that crosses is plain data.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { workerData } from 'node:worker_threads'
import type { ModelAnswer, ModelRequest } from '../../inference/local/request.ts'
import { serveModels } from '../../inference/local/worker.ts'
import { shipped } from './folders.ts'

/** What the threads of one pool have in common. */
export interface ModelWorkerOptions {
  /** Of this thread, in bytes. */
  readonly memoryLimit: number
  /** The name or the folder of `onnxruntime-node`, where it may be used. */
  readonly native: string | undefined
}

const { memoryLimit, native } = workerData as ModelWorkerOptions

const serve = serveModels({
  read: file => readFile(file),
  sha256: bytes => createHash('sha256').update(bytes).digest('hex'),
  now: () => performance.now(),
  wasm: () => readFile(fileURLToPath(new URL('ort-wasm-simd-threaded.wasm', shipped('runtime')))),
  native: () => nativeEngine(),
  memoryLimit,
})

export default async function answer(request: ModelRequest): Promise<ModelAnswer> {
  try {
    return await serve(request)
  } catch (error) {
    // The engine's memory may hold anything now. The pool asks again of a new thread.
    process.stderr.write(`a model's thread ends itself: ${(error as Error).message}\n`)
    process.exit(1)
  }
}

/** Never one of our dependencies: 45 MB and more for one platform. Who installed it has answers five times sooner. */
function nativeEngine(): unknown {
  if (!native) return undefined
  try {
    return createRequire(import.meta.url)(native)
  } catch {
    return undefined
  }
}
