// Where answers are kept, as the cache sees it: in this process, or in a store that several instances share (`redis/`).

import type { Soon } from '../soon.ts'

/** An answer without the id of the request that it was given to. */
export interface KeptAnswer {
  /** As text: head and body of an answer that is text leave in one piece. */
  readonly json: string
  /** Tensors that follow the JSON; absent: they are in it. */
  readonly tail?: Uint8Array
  readonly contentType: string
  readonly rows?: number
  /** How long the engine took for it. */
  readonly seconds: number
}

/** Nobody finds what another tenant's requests left: the tenant is in the digest, too. */
export interface AnswerKey {
  readonly tenant: string
  readonly digest: string
}

export interface AnswerStore {
  /** Never rejects: a cache that is not there has nothing. */
  get(key: AnswerKey): Soon<KeptAnswer | undefined>
  /** Never rejects. */
  put(key: AnswerKey, answer: KeptAnswer): Promise<void>
  /** Forgets all of one tenant; returns how many answers that were. Refuses where it cannot be known that they are gone. */
  clear(tenant: string): Promise<number>
  readonly report: AnswerStoreReport
}

export interface AnswerStoreReport {
  readonly entries: number
  readonly bytes: number
  /** Answers that made room for others. */
  readonly evicted: number
}

export interface MemoryStoreOptions {
  readonly bytes: number
  readonly ttlMs: number
  readonly now: () => number
}

interface Entry {
  readonly tenant: string
  readonly answer: KeptAnswer
  readonly size: number
  readonly until: number
  /** How many had been put before it was last moved to the end. */
  movedAt: number
}

/** What the key and the objects around an answer take, roughly. */
const OVERHEAD = 400

/** The answer that was not asked for longest goes first. */
export function memoryStore({ bytes: limit, ttlMs, now }: MemoryStoreOptions): AnswerStore {
  // A map remembers in which order its keys came: what is asked for comes anew.
  const entries = new Map<string, Entry>()
  let bytes = 0
  let evicted = 0
  let puts = 0

  const remove = (digest: string, { size }: Entry): void => {
    entries.delete(digest)
    bytes -= size
  }

  return {
    get({ digest }) {
      const entry = entries.get(digest)
      if (!entry) return undefined
      if (entry.until <= now()) {
        remove(digest, entry)
        return undefined
      }
      // What is among the newest need not come anew.
      if (puts - entry.movedAt > entries.size / 8) {
        entry.movedAt = puts
        entries.delete(digest)
        entries.set(digest, entry)
      }
      return entry.answer
    },

    async put({ tenant, digest }, answer) {
      const size = answer.json.length + (answer.tail?.length ?? 0) + OVERHEAD
      // One answer that would drive out most others is not worth them.
      if (size > limit / 8) return
      const before = entries.get(digest)
      if (before) remove(digest, before)
      for (const [oldest, entry] of entries) {
        if (bytes + size <= limit) break
        remove(oldest, entry)
        evicted++
      }
      entries.set(digest, { tenant, answer, size, until: now() + ttlMs, movedAt: puts++ })
      bytes += size
    },

    async clear(tenant) {
      let cleared = 0
      for (const [digest, entry] of entries)
        if (entry.tenant === tenant) {
          remove(digest, entry)
          cleared++
        }
      return cleared
    },

    get report() {
      return { entries: entries.size, bytes, evicted }
    },
  }
}
