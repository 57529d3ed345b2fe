// Token buckets: so many requests at once, and then as many as a minute gives back.

import type { Soon } from '../soon.ts'

export interface Decision {
  readonly isAllowed: boolean
  readonly limit: number
  /** How many more would be let through now. */
  readonly remaining: number
  /** Until one more is let through; 0 when one would be now. */
  readonly retryAfter: number
  /** Until all of them are there again, in seconds. */
  readonly reset: number
}

/** Where buckets are: in this process, or, where several instances share them, in a store that all of them ask. */
export interface Buckets {
  /** Takes one out of the bucket of that name, when there is one. */
  take(name: string, perMinute: number): Soon<Decision>
}

interface Bucket {
  tokens: number
  at: number
}

const MINUTE_MS = 60_000
/** Who comes with ever new names (addresses, say) fills no memory: the longest unused is full again anyway, or nearly. */
const MOST = 50_000

/** Of this process only: with n instances, everybody has up to n times as much. */
export function memoryBuckets(now: () => number): Buckets {
  // Two generations: what is not used while one fills goes with it. To note each use of a bucket would cost more than the bucket.
  let young = new Map<string, Bucket>()
  let old = new Map<string, Bucket>()

  const bucketOf = (name: string, perMinute: number, at: number): Bucket => {
    const known = young.get(name)
    if (known) return known
    const bucket = old.get(name) ?? { tokens: perMinute, at }
    if (young.size >= MOST / 2) {
      old = young
      young = new Map()
    }
    young.set(name, bucket)
    return bucket
  }

  return {
    take(name, perMinute) {
      const at = now()
      const bucket = bucketOf(name, perMinute, at)
      const perMs = perMinute / MINUTE_MS
      bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
      bucket.at = at
      const isAllowed = bucket.tokens >= 1
      if (isAllowed) bucket.tokens -= 1
      return decisionOf(isAllowed, bucket.tokens, perMinute)
    },
  }
}

/** What a caller is told of a bucket in which so many are left. */
export function decisionOf(isAllowed: boolean, tokens: number, perMinute: number): Decision {
  const perSecond = perMinute / 60
  return {
    isAllowed,
    limit: perMinute,
    remaining: Math.floor(tokens),
    retryAfter: tokens >= 1 ? 0 : (1 - tokens) / perSecond,
    reset: (perMinute - tokens) / perSecond,
  }
}
