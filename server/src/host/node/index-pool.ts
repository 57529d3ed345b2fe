// The index pool: files in, results out, on as many threads as pay off. A thread that dies is replaced, and said. What is
// known from an earlier scan needs no thread; where all is known, none is started.

import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { Log } from '../../base/log.ts'
import { Pacer } from '../../base/pause.ts'
import { parseResult, type ScanAnswer, type ScanRequest, skipped } from '../../features/scan/scan-file.ts'
import type { DiskShelf } from './disk-shelf.ts'
import { digest } from './folders.ts'
import type { WorkerAnswer } from './index-worker.ts'
import { readAndRecall } from './read-and-scan.ts'

/** Files a task: enough that the round trip is nothing, few enough that the last thread does not work alone for long. */
const BATCH = 24
/** A waiting thread keeps its grammars warm for the next scan; after this it gives its memory back. */
const IDLE_MS = 20_000

export interface PoolOptions {
  readonly threads?: number
  /** Absent: nothing is remembered between runs. */
  readonly shelf?: DiskShelf
  readonly log: Log
  readonly worker: URL
}

export class IndexPool {
  readonly #pool: Piscina<readonly ScanRequest[], WorkerAnswer[]>
  readonly #log: Log
  readonly #shelf: DiskShelf | undefined
  #works = false
  readonly threads: number

  constructor({ threads, shelf, log, worker }: PoolOptions) {
    this.#log = log
    this.#shelf = shelf
    this.threads = threads ?? Math.min(availableParallelism(), 16)
    this.#pool = new Piscina({
      filename: worker.href,
      maxThreads: this.threads,
      minThreads: 0,
      idleTimeout: IDLE_MS,
      recordTiming: false,
    })
  }

  /** Answers in the order of the requests. Stops taking requests when `signal` aborts. */
  async *scan(requests: Iterable<ScanRequest>, signal?: AbortSignal): AsyncGenerator<ScanAnswer> {
    const running: Promise<ScanAnswer[]>[] = []
    // Somebody may be typing while their folder is scanned.
    const pacer = new Pacer(() => performance.now())
    const batches = inBatches(requests)
    let batch = batches.next()
    try {
      while (running.length > 0 || !batch.done) {
        while (!batch.done && running.length < this.threads * 2) {
          signal?.throwIfAborted()
          const answers = this.#recallOrRun(batch.value, pacer)
          // When this scan ends early, nobody waits for what still runs.
          answers.catch(() => {})
          running.push(answers)
          batch = batches.next()
        }
        const next = running.shift()
        if (next) yield* await next
      }
    } finally {
      this.#shelf?.flush()
      this.#shelf?.forget()
    }
  }

  async #recallOrRun(requests: readonly ScanRequest[], pacer: Pacer): Promise<ScanAnswer[]> {
    const shelf = this.#shelf
    if (!shelf || shelf.isEmpty) return this.#run(requests)
    const answers: (ScanAnswer | undefined)[] = []
    for (const request of requests) {
      answers.push(readAndRecall({ shelf, digest }, request))
      await pacer.step()
    }
    const unknown = requests.filter((_, i) => !answers[i])
    const fresh = unknown.length > 0 ? (await this.#run(unknown)).values() : undefined
    return answers.map(it => it ?? fresh!.next().value!)
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  /** When a thread dies on a batch, its files go one by one, so that only the deadly one is lost. */
  async #run(requests: readonly ScanRequest[]): Promise<ScanAnswer[]> {
    try {
      const answers = await this.#pool.run(requests)
      this.#works = true
      return answers.map((it, i) => this.#receive(requests[i]!, it))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      // A pool that never gave an answer does not work at all: going on would only repeat that for every file.
      if (!this.#works) throw error
      if (requests.length === 1) {
        this.#log.error(`a worker died on ${requests[0]!.path}: ${message}`)
        return [skipped(requests[0]!, 'crashed')]
      }
      this.#log.warn(`a worker died and was replaced: ${message}`)
      const answers: ScanAnswer[] = []
      for (const request of requests) answers.push(...(await this.#run([request])))
      return answers
    }
  }

  #receive({ file, path, language }: ScanRequest, { bytes, lines, key, value }: WorkerAnswer): ScanAnswer {
    if (key) this.#shelf?.set(key, value)
    return { file, path, language, bytes, lines, remembered: false, result: parseResult(value)!.result }
  }
}

function* inBatches(requests: Iterable<ScanRequest>): Generator<ScanRequest[]> {
  let batch: ScanRequest[] = []
  for (const request of requests) {
    batch.push(request)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
