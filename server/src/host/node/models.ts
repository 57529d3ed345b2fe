// The models of this installation: where they lie, and one backend that answers from memory, from disk, or by asking them.
//
// Nothing of an engine is loaded, no thread started and no file read before the first question.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ModelSettings } from '@codeant/shared/settings.ts'
import type { Log } from '../../base/log.ts'
import { Memo } from '../../database/memo.ts'
import { type InferenceBackend, InferenceError } from '../../inference/backend.ts'
import { compose } from '../../inference/compose.ts'
import { describeModel, type ModelDescription, type ModelNotice } from '../../inference/local/models.ts'
import { ModelPool, type PoolReport } from '../../inference/local/pool.ts'
import type { ModelCounts } from '../../inference/local/tally.ts'
import { DiskShelf } from './disk-shelf.ts'
import { cacheFolder, digest, shipped } from './folders.ts'
import { startModelThreads } from './model-threads.ts'

const MIB = 1024 * 1024
/** So long after the last answer, what was learned goes to the disk: each time is a file more, which are merged in the end. */
const FLUSH_MS = 30_000

export interface ModelsOptions {
  readonly settings: ModelSettings
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  /** Whether answers are remembered between runs. */
  readonly cache: boolean
  /** Told once of each kind of trouble with each model. */
  readonly notify: (notice: ModelNotice) => void
  /** The time that settings give holds for any stretch of this length, in milliseconds; absent: for the whole run. */
  readonly budgetPerMs?: number
  /** Where models lie, where it is not the installation. */
  readonly folder?: string
}

export interface LastRun {
  /** As ISO 8601 has it. */
  readonly on: string
  readonly models: Readonly<Record<string, ModelCounts>>
}

export class Models {
  readonly #options: ModelsOptions
  readonly #folder: string
  readonly #shelf: DiskShelf | undefined
  readonly #memo: Memo
  #settings: ModelSettings
  #pool: ModelPool | undefined
  #composed: InferenceBackend | undefined
  #flush: ReturnType<typeof setTimeout> | undefined

  constructor(options: ModelsOptions) {
    this.#options = options
    this.#settings = options.settings
    this.#folder = options.folder ?? options.env.CODEANT_MODELS ?? fileURLToPath(shipped('models'))
    // An answer's key has the weights in it, so that it outlives any version of the rest.
    this.#shelf = options.cache
      ? new DiskShelf(join(cacheFolder(options.env), 'models'), options.log, process.pid)
      : undefined
    this.#memo = new Memo(this.#shelf)
  }

  /** Stays the same when settings change. */
  readonly backend: InferenceBackend = {
    name: 'models',
    weights: task => (this.#settings.enabled ? this.#backend().weights(task) : undefined),
    run: async (task, input, urgency, signal) => {
      if (!this.#settings.enabled) throw new InferenceError('unavailable', 'the settings switch models off')
      return this.#backend().run(task, input, urgency, signal)
    },
  }

  /** Settings changed: what waits is answered with `unavailable`, and the next question is asked under the new ones. */
  async configure(settings: ModelSettings): Promise<void> {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return
    this.#settings = settings
    await this.#stop()
  }

  /** The names of the models that are there, or should be; not of those that need no engine, such as tables of words. */
  get names(): readonly string[] {
    if (!existsSync(this.#folder)) return []
    return readdirSync(this.#folder, { withFileTypes: true })
      .filter(it => it.isDirectory() && existsSync(join(this.#folder, it.name, 'model.json')))
      .map(it => it.name)
      .filter(it => {
        const known = this.#describe(it)
        return !('sha256' in known) || known.file.endsWith('.onnx')
      })
      .sort()
  }

  /** A file that lies beside a model's weights; undefined when there is none. */
  read(model: string, file: string): string | undefined {
    try {
      return readFileSync(join(this.#folder, model, file), 'utf8')
    } catch {
      return undefined // a model that is not there gives no answers, and says so when it is asked
    }
  }

  /** Tells that a part of a model which somebody needs is not there, or is not what was shipped. */
  tellMissing(model: string, file: string): void {
    if (this.#settings.enabled)
      this.#options.notify({ kind: 'missing', model, file: join(this.#folder, model, file) })
  }

  report(): PoolReport {
    return this.#start().report(this.names)
  }

  /** The same after every model was loaded and checked, which starts the engine. */
  async checked(): Promise<PoolReport> {
    const pool = this.#start()
    if (this.#settings.enabled) for (const it of this.names) await pool.load(it)
    return this.report()
  }

  /** What the process before this one, in the editor or not, asked its models. */
  get lastRun(): LastRun | undefined {
    try {
      return JSON.parse(readFileSync(this.#lastRunFile, 'utf8')) as LastRun
    } catch {
      return undefined
    }
  }

  /** Of remembered answers on disk, in bytes. */
  get cacheSize(): number {
    return this.#shelf?.size ?? 0
  }

  /** Ends the threads and writes what was learned. */
  async close(): Promise<void> {
    this.#keepCounts()
    await this.#stop()
    this.#write()
  }

  async #stop(): Promise<void> {
    const pool = this.#pool
    this.#pool = undefined
    this.#composed = undefined
    await pool?.close()
  }

  #backend(): InferenceBackend {
    this.#composed ??= compose([this.#start()], {
      memo: this.#memo,
      digest,
      recalled: task => this.#pool?.tally(task.model).remember(),
    })
    return this.#composed
  }

  #start(): ModelPool {
    const { threads, engine, memoryLimit, timeBudget, releaseAfter } = this.#settings
    const { env, notify, budgetPerMs } = this.#options
    this.#pool ??= new ModelPool({
      models: { describe: name => this.#describe(name) },
      start: () =>
        startModelThreads({
          threads,
          releaseAfter: releaseAfter * 1000,
          memoryLimit: (memoryLimit * MIB) / threads,
          native: engine === 'web' ? undefined : (env.CODEANT_ONNXRUNTIME ?? 'onnxruntime-node'),
        }),
      threads,
      budget: { ms: timeBudget * 1000, ...(budgetPerMs !== undefined && { perMs: budgetPerMs }) },
      memoryLimit: memoryLimit * MIB,
      now: () => performance.now(),
      notify,
      drained: () => this.#flushLater(),
    })
    return this.#pool
  }

  #describe(name: string): ModelDescription | ModelNotice {
    const folder = join(this.#folder, name)
    const file = join(folder, 'model.json')
    let json: string
    try {
      json = readFileSync(file, 'utf8')
    } catch {
      return { kind: 'missing', model: name, file }
    }
    return describeModel(name, json, it => join(folder, it)) ?? { kind: 'corrupt', model: name, file }
  }

  get #lastRunFile(): string {
    return join(cacheFolder(this.#options.env), 'models', 'last-run.json')
  }

  #keepCounts(): void {
    if (!this.#options.cache || !this.#pool) return
    const models = Object.entries(this.#pool.report().models).filter(([, it]) => it.asked + it.remembered > 0)
    if (models.length === 0) return
    const run: LastRun = { on: new Date().toISOString(), models: Object.fromEntries(models) }
    const aside = `${this.#lastRunFile}.${process.pid}`
    try {
      mkdirSync(dirname(aside), { recursive: true, mode: 0o700 })
      writeFileSync(aside, JSON.stringify(run), { mode: 0o600 })
      renameSync(aside, this.#lastRunFile)
    } catch (error) {
      this.#options.log.warn(`cache: ${(error as Error).message}`)
    }
  }

  #flushLater(): void {
    if (!this.#shelf) return
    clearTimeout(this.#flush)
    this.#flush = setTimeout(() => this.#write(), FLUSH_MS)
    this.#flush.unref()
  }

  /** What was read from the disk stays: reading it again would be work in the middle of somebody's typing. */
  #write(): void {
    clearTimeout(this.#flush)
    this.#shelf?.flush()
  }
}
