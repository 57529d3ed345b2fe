// Token buckets: so many requests at once, and then as many as a minute gives back.

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
  take(name: string, perMinute: number): Promise<Decision>
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
  const buckets = new Map<string, Bucket>()
  return {
    async take(name, perMinute) {
      const at = now()
      const bucket = buckets.get(name) ?? { tokens: perMinute, at }
      const perMs = perMinute / MINUTE_MS
      bucket.tokens = Math.min(perMinute, bucket.tokens + Math.max(0, at - bucket.at) * perMs)
      bucket.at = at
      const isAllowed = bucket.tokens >= 1
      if (isAllowed) bucket.tokens -= 1
      // The order of the map is that of the last use.
      buckets.delete(name)
      buckets.set(name, bucket)
      if (buckets.size > MOST) buckets.delete(buckets.keys().next().value!)
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
