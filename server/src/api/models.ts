// The on-device models for a program of ours that is no host of the analysis: tensors in, tensors out, as the pool has them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shipped } from '../host/node/folders.ts'
import { startModelThreads } from '../host/node/model-threads.ts'
import { InferenceError, type InferenceFailure, type Urgency } from '../inference/backend.ts'
import { describeModel, type ModelDescription, type ModelNotice } from '../inference/local/models.ts'
import { ModelPool, type PoolReport } from '../inference/local/pool.ts'
import type { Signature } from '../inference/local/session.ts'
import type { ModelTask, Tensors } from '../inference/task.ts'
import { rankFinding } from '../inference/tasks/rank-finding.ts'

export type { Tensors } from '../inference/task.ts'
export type { InferenceFailure, PoolReport }
export { InferenceError as ModelFailure }

export interface ModelSignature extends Signature {
  /** Of the weights that answer. */
  readonly sha256: string
}

export interface EmbeddedModelsOptions {
  readonly threads: number
  /** Of all threads together, in bytes. */
  readonly memoryLimit: number
  /** A thread that nobody asked anything for so long is ended, in milliseconds. */
  readonly releaseAfter: number
  /** Told once of each kind of trouble with each model. */
  readonly notify: (notice: ModelNotice) => void
  /** Where models lie, where it is not the installation. */
  readonly folder?: string
}

export interface EmbeddedModels {
  readonly names: readonly string[]
  /** Loads the model when nobody has; undefined when it cannot be loaded. */
  signature(model: string): Promise<ModelSignature | undefined>
  /** The file that holds them. */
  weights(model: string): string | undefined
  /** One row: the first dimension of every tensor is 1. Rejects with `ModelFailure` or the signal's reason. */
  run(model: string, row: Tensors, urgency: Urgency, signal: AbortSignal): Promise<Tensors>
  report(): PoolReport
  close(): Promise<void>
}

/** Where those of this installation lie. */
export const MODELS_FOLDER = fileURLToPath(shipped('models'))

/** Models whose answer to a row does not depend on the rows beside it, and how many may share a run. */
const SHARED: Readonly<Record<string, number>> = { [rankFinding.model]: rankFinding.batch }

export function openEmbeddedModels(options: EmbeddedModelsOptions): EmbeddedModels {
  const { threads, memoryLimit, releaseAfter, notify } = options
  const folder = options.folder ?? MODELS_FOLDER
  const known = describeAll(folder)
  const tasks = new Map([...known.keys()].map(it => [it, rowTask(it, SHARED[it] ?? 1)]))
  const pool = new ModelPool({
    models: { describe: name => known.get(name) ?? { kind: 'missing', model: name, file: folder } },
    start: () =>
      startModelThreads({ threads, releaseAfter, memoryLimit: memoryLimit / threads, native: undefined }),
    threads,
    // Whoever asks a server waits for the answer: nothing here is done for nobody.
    budget: { ms: Number.POSITIVE_INFINITY },
    memoryLimit,
    now: () => performance.now(),
    notify,
  })

  return {
    names: [...known.keys()],

    async signature(model) {
      const description = known.get(model)
      if (!description) return undefined
      if (!pool.signature(model)) await pool.load(model)
      const signature = pool.signature(model)
      return signature && { ...signature, sha256: description.sha256 }
    },

    weights: model => known.get(model)?.file,

    run(model, row, urgency, signal) {
      const task = tasks.get(model)
      if (!task) return Promise.reject(new InferenceError('unavailable', `there is no model ${model}`))
      return pool.run(task, row, urgency, signal)
    },

    report: () => pool.report(known.keys()),
    close: () => pool.close(),
  }
}

/** Those that an engine runs, and not tables of words. */
function describeAll(folder: string): ReadonlyMap<string, ModelDescription> {
  const found = new Map<string, ModelDescription>()
  for (const it of readdirSync(folder, { withFileTypes: true })) {
    if (!it.isDirectory()) continue
    const model = describe(folder, it.name)
    if (model?.file.endsWith('.onnx')) found.set(it.name, model)
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function describe(folder: string, name: string): ModelDescription | undefined {
  try {
    const json = readFileSync(join(folder, name, 'model.json'), 'utf8')
    return describeModel(name, json, it => join(folder, name, it))
  } catch {
    return undefined // a folder that holds no model, such as what trains them
  }
}

/** A question that is tensors already. Rows of one run have one shape: what the shape has to be is checked before. */
function rowTask(model: string, batch: number): ModelTask<Tensors, Tensors> {
  return {
    id: `row-of-${model}`,
    version: 1,
    model,
    batch,
    key: row => JSON.stringify(Object.entries(row).map(([name, it]) => [name, it.dims, [...it.data]])),
    cost: row => Math.max(...Object.values(row).map(it => it.data.length)),
    encode: rows => (rows.length === 1 ? rows[0]! : stacked(rows)),
    decode: (outputs, index) =>
      Object.fromEntries(
        Object.entries(outputs).map(([name, { type, dims, data }]) => {
          const size = data.length / dims[0]!
          const own = data.slice(index * size, (index + 1) * size)
          return [name, { type, dims: [1, ...dims.slice(1)], data: own } as Tensors[string]]
        }),
      ),
  }
}

function stacked(rows: readonly Tensors[]): Tensors {
  return Object.fromEntries(
    Object.entries(rows[0]!).map(([name, { type, dims, data }]) => {
      const all =
        type === 'int32'
          ? new Int32Array(data.length * rows.length)
          : new Float32Array(data.length * rows.length)
      for (const [i, it] of rows.entries()) all.set(it[name]!.data, i * data.length)
      return [name, { type, dims: [rows.length, ...dims.slice(1)], data: all } as Tensors[string]]
    }),
  )
}
