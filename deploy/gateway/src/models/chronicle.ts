// Writes down how models do, now and then: a write for each question would be the dearest part of it.

import type { Database } from '../store/database.ts'
import { BOUNDS_MS, countModels, type ModelCount } from '../store/model-days.ts'
import { isOfNobody } from '../store/tenants.ts'

export interface Happened {
  readonly tenant: string
  readonly model: string
  readonly engine: string
  readonly weights: string
  readonly outcome: 'answered' | 'cached' | 'failed'
  readonly ms?: number
  readonly rows?: number | undefined
  readonly promptTokens?: number
  readonly completionTokens?: number
}

/** What a crash may lose. */
const FLUSH_MS = 10_000
/** Of one tenant between two writes: names come from requests that were answered, and yet are no list of ours. */
const MOST = 1000

export class Chronicle {
  readonly #database: Database
  readonly #failed: (error: unknown) => void
  readonly #timer: ReturnType<typeof setInterval>
  #counts = new Map<string, Map<string, Counting>>()

  /** `failed` is told when counts could not be written; they are kept for the next time. */
  constructor(database: Database, failed: (error: unknown) => void) {
    this.#database = database
    this.#failed = failed
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS)
    this.#timer.unref()
  }

  /** Cheap: an answer out of memory is given in a fraction of a millisecond, and comes through here. */
  add(happened: Happened): void {
    const { tenant, model, engine, weights, outcome, ms } = happened
    const it = this.#countOf(tenant, model, engine, weights)
    if (!it) return
    it.requests++
    if (outcome === 'failed') it.failures++
    else if (outcome === 'cached') it.cached++
    else if (ms !== undefined) {
      const bound = BOUNDS_MS.findIndex(most => ms <= most)
      it.latency[bound < 0 ? BOUNDS_MS.length : bound]!++
    }
    it.rows += happened.rows ?? 0
    it.promptTokens += happened.promptTokens ?? 0
    it.completionTokens += happened.completionTokens ?? 0
  }

  /** Writes what was counted since the last time. Never rejects. */
  async flush(): Promise<void> {
    const counted = this.#counts
    this.#counts = new Map()
    for (const [tenant, counts] of counted) {
      const all = [...counts.values()]
      try {
        await this.#database.asTenant(tenant, session => countModels(session, tenant, all))
      } catch (error) {
        if (isOfNobody(error)) continue
        for (const it of all) this.#putBack(tenant, it)
        this.#failed(error)
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  #countOf(tenant: string, model: string, engine: string, weights: string): Counting | undefined {
    let own = this.#counts.get(tenant)
    if (!own) {
      own = new Map()
      this.#counts.set(tenant, own)
    }
    const key = `${model}\n${engine}\n${weights}`
    let count = own.get(key)
    if (!count && own.size < MOST) {
      const nothing = { requests: 0, failures: 0, cached: 0, rows: 0, promptTokens: 0, completionTokens: 0 }
      count = { model, engine, weights, ...nothing, latency: new Array(BOUNDS_MS.length + 1).fill(0) }
      own.set(key, count)
    }
    return count
  }

  #putBack(tenant: string, { model, engine, weights, ...given }: Counting): void {
    const count = this.#countOf(tenant, model, engine, weights)
    if (count) Object.assign(count, sumOf(count, { model, engine, weights, ...given }))
  }
}

type Counting = { -readonly [Name in keyof Omit<ModelCount, 'latency'>]: ModelCount[Name] } & {
  latency: number[]
}

export function sumOf(one: ModelCount, other: ModelCount): ModelCount {
  return {
    ...one,
    requests: one.requests + other.requests,
    failures: one.failures + other.failures,
    cached: one.cached + other.cached,
    rows: one.rows + other.rows,
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    latency: one.latency.map((it, i) => it + other.latency[i]!),
  }
}
