// Limits that hold for all instances together: one bucket for a name, wherever its requests arrive.

import { hash } from 'node:crypto'
import { type Buckets, decisionOf } from '../limits/buckets.ts'
import { runScript, type SharedStore, script } from './shared-store.ts'

/**
 * One step, by the clock of the store: two instances can neither take the same one twice nor disagree about the time. A bucket that
 * nobody asks for a minute is full, which is what one is that nobody has heard of.
 */
const TAKE = script(`
  local most = tonumber(ARGV[1])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + time[2] / 1000
  local had = redis.call('HMGET', KEYS[1], 'tokens', 'at')
  local tokens = tonumber(had[1]) or most
  local since = math.max(0, now - (tonumber(had[2]) or now))
  tokens = math.min(most, tokens + since * most / 60000)
  local isAllowed = 0
  if tokens >= 1 then
    tokens = tokens - 1
    isAllowed = 1
  end
  local left = string.format('%.6f', tokens)
  redis.call('HSET', KEYS[1], 'tokens', left, 'at', string.format('%.3f', now))
  redis.call('PEXPIRE', KEYS[1], 60000)
  return { isAllowed, left }
`)

/** `alone` counts while the store is gone: everybody then has as much at each instance as they have at all together else. */
export function sharedBuckets(store: SharedStore, alone: Buckets): Buckets {
  return {
    async take(name, perMinute) {
      // Names hold addresses, which are nobody's business who looks into the store.
      const key = `${store.prefix}limit:${hash('sha256', name, 'base64url')}`
      const answer = await store.ask(client => runScript(client, TAKE, [key], [perMinute]))
      if (answer === undefined) return alone.take(name, perMinute)
      const [isAllowed, left] = answer as [number, string]
      return decisionOf(isAllowed === 1, Number(left), perMinute)
    },
  }
}
