// Counts what tenants use in memory, and writes it down now and then: a write for each request would be the dearest part of it.

import type { Database } from './database.ts'
import { isOfNobody } from './tenants.ts'
import { countUsage, type UsageCount } from './usage.ts'

export interface UsageCounterOptions {
  readonly database: Database
  /** Told when counts could not be written; they are kept for the next time. */
  readonly failed: (error: unknown) => void
}

export interface UsedOnce {
  readonly tenant: string
  readonly actor: string
  readonly route: string
  readonly isFailure: boolean
  readonly units: number
}

export class UsageCounter {
  readonly #options: UsageCounterOptions
  #counts = new Map<string, Map<string, Writable>>()

  constructor(options: UsageCounterOptions) {
    this.#options = options
  }

  add({ tenant, actor, route, isFailure, units }: UsedOnce): void {
    this.#merge(tenant, { actor, route, requests: 1, failures: isFailure ? 1 : 0, units })
  }

  /** Writes what was counted since the last time. Never rejects. */
  async flush(): Promise<void> {
    const { database, failed } = this.#options
    const counted = this.#counts
    this.#counts = new Map()
    for (const [tenant, counts] of counted) {
      const all = [...counts.values()]
      try {
        await database.asTenant(tenant, session => countUsage(session, tenant, all))
      } catch (error) {
        if (isOfNobody(error)) continue
        for (const it of all) this.#merge(tenant, it)
        failed(error)
      }
    }
  }

  #merge(tenant: string, { actor, route, requests, failures, units }: UsageCount): void {
    let own = this.#counts.get(tenant)
    if (!own) this.#counts.set(tenant, (own = new Map()))
    const key = `${actor} ${route}`
    const before = own.get(key)
    if (before) {
      before.requests += requests
      before.failures += failures
      before.units += units
    } else own.set(key, { actor, route, requests, failures, units })
  }
}

type Writable = { -readonly [Key in keyof UsageCount]: UsageCount[Key] }
