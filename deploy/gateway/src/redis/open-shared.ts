// Limits and kept answers: of all instances together where the operator has a Redis or a Valkey, of this process otherwise.

import { type AnswerStore, memoryStore } from '../cache/answer-store.ts'
import type { Config } from '../config.ts'
import { type Buckets, memoryBuckets } from '../limits/buckets.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { Check } from '../readiness.ts'
import { sharedAnswers } from './shared-answers.ts'
import { sharedBuckets } from './shared-buckets.ts'
import { openSharedStore } from './shared-store.ts'

export interface Shared {
  readonly buckets: Buckets
  /** Absent: none are kept. */
  readonly answers?: AnswerStore
  readonly checks: readonly Check[]
  close(): Promise<void>
}

export async function openShared(
  { redis, cache }: Config,
  warn: (message: string) => void,
  metrics: GatewayMetrics,
): Promise<Shared> {
  const now = () => performance.now()
  const alone = memoryBuckets(now)
  const { bytes, ttlSeconds } = cache
  const limits = { bytes, ttlMs: ttlSeconds * 1000 }
  const { url, ...rest } = redis
  if (url === undefined)
    return {
      buckets: alone,
      ...(bytes > 0 && { answers: memoryStore({ ...limits, now }) }),
      checks: [],
      async close() {},
    }
  const changed = (reason: string | undefined) =>
    warn(
      reason === undefined
        ? 'redis: back; limits and answers are shared again'
        : `redis: gone (${reason}); this instance counts for itself, and no answers are kept`,
    )
  const store = await openSharedStore({ url, ...rest, metrics, changed })
  return {
    buckets: sharedBuckets(store, alone),
    ...(bytes > 0 && { answers: sharedAnswers(store, limits) }),
    checks: [{ name: 'redis', run: () => store.check(), isNeeded: false }],
    close: () => store.close(),
  }
}
