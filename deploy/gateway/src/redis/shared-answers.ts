// Answers of encoders that all instances share: what one asked an engine, no other asks it again.
//
// Bounded by time and by bytes, of all tenants together; when there is no room, the oldest answers go first. Which answers there are
// stands in an index of our own, so that a tenant's can be counted and forgotten without going through every key of the store.

import type { AnswerStore, KeptAnswer } from '../cache/answer-store.ts'
import { Refusal } from '../errors.ts'
import { runScript, type SharedStore, script } from './shared-store.ts'

export interface SharedAnswersOptions {
  readonly bytes: number
  readonly ttlMs: number
}

/** What the key and its places in the index take, roughly. */
const OVERHEAD = 400
/** Of the index at a time. */
const PAGE = 500

/** KEYS: ages (a sorted set by the time of the end), sizes (a hash; "all" is their sum). */
const FORGET = `
  local function forget(member)
    local size = tonumber(redis.call('HGET', KEYS[2], member) or 0)
    redis.call('UNLINK', ARGV[1] .. member)
    redis.call('HDEL', KEYS[2], member)
    if size > 0 then redis.call('HINCRBY', KEYS[2], 'all', -size) end
    return redis.call('ZREM', KEYS[1], member)
  end
`

/** ARGV: prefix of answers, member, answer, size, milliseconds, most bytes. Returns entries, bytes, and how many made room. */
const PUT = script(`${FORGET}
  local member, size, most = ARGV[2], tonumber(ARGV[4]), tonumber(ARGV[6])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  -- A store that is full may have dropped a part of the index: what is left of it counts for nothing then.
  if redis.call('ZCARD', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end
  for _, it in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 100)) do forget(it) end
  forget(member)
  local evicted = 0
  while tonumber(redis.call('HGET', KEYS[2], 'all') or 0) + size > most do
    local oldest = redis.call('ZRANGE', KEYS[1], 0, 0)[1]
    if not oldest then break end
    forget(oldest)
    evicted = evicted + 1
  end
  redis.call('SET', ARGV[1] .. member, ARGV[3], 'PX', ARGV[5])
  redis.call('ZADD', KEYS[1], now + ARGV[5], member)
  redis.call('HSET', KEYS[2], member, size)
  local bytes = redis.call('HINCRBY', KEYS[2], 'all', size)
  for _, it in ipairs(KEYS) do redis.call('PEXPIRE', it, ARGV[5] + 60000) end
  return { redis.call('ZCARD', KEYS[1]), bytes, evicted }
`)

/** ARGV: prefix of answers, members. Returns how many there were. */
const REMOVE = script(`${FORGET}
  local count = 0
  for i = 2, #ARGV do count = count + forget(ARGV[i]) end
  return count
`)

export function sharedAnswers(store: SharedStore, { bytes: most, ttlMs }: SharedAnswersOptions): AnswerStore {
  // The number says in which form answers are kept: instances of another version have their own.
  const prefix = `${store.prefix}answers:1:`
  const index = [`${prefix}ages`, `${prefix}sizes`]
  const answers = `${prefix}of:`
  let report = { entries: 0, bytes: 0, evicted: 0 }

  return {
    async get({ tenant, digest }) {
      const bytes = await store.ask(client => client.getBuffer(`${answers}${tenant}/${digest}`))
      return bytes ? unpacked(bytes) : undefined
    },

    async put({ tenant, digest }, answer) {
      const bytes = packed(answer)
      const size = bytes.length + OVERHEAD
      // One answer that would drive out most others is not worth them.
      if (size > most / 8) return
      const values = [answers, `${tenant}/${digest}`, bytes, size, ttlMs, most]
      const told = await store.ask(client => runScript(client, PUT, index, values))
      if (told === undefined) return
      const [entries, all, evicted] = told as [number, number, number]
      report = { entries, bytes: all, evicted: report.evicted + evicted }
    },

    async clear(tenant) {
      let cleared = 0
      let cursor = '0'
      do {
        const page = await mustAnswer(
          store.ask(client => client.zscan(index[0]!, cursor, 'MATCH', `${tenant}/*`, 'COUNT', PAGE)),
        )
        cursor = page[0]
        const members = page[1].filter((_, i) => i % 2 === 0)
        if (members.length === 0) continue
        cleared += Number(
          await mustAnswer(store.ask(client => runScript(client, REMOVE, index, [answers, ...members]))),
        )
      } while (cursor !== '0')
      return cleared
    },

    get report() {
      return report
    },
  }
}

/** Answers that cannot be reached now would be there again later: who is told that they are forgotten must be able to rely on it. */
async function mustAnswer<T>(answer: Promise<T | undefined>): Promise<T> {
  const given = await answer
  if (given === undefined) throw new Refusal('unavailable', 'The store of answers does not answer now.')
  return given
}

interface Head {
  readonly contentType: string
  readonly seconds: number
  readonly rows?: number
  /** Of the JSON; what follows are tensors. */
  readonly json?: number
}

/** The length of the head, the head, the JSON, the tensors. */
function packed({ json, tail, ...rest }: KeptAnswer): Buffer {
  const text = Buffer.from(json)
  const head = Buffer.from(JSON.stringify({ ...rest, ...(tail && { json: text.length }) } satisfies Head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return Buffer.concat([length, head, text, ...(tail ? [tail] : [])])
}

/** Undefined when it is nothing that we packed. */
function unpacked(bytes: Buffer): KeptAnswer | undefined {
  try {
    const from = 4 + bytes.readUInt32LE(0)
    const { json, ...rest } = JSON.parse(bytes.toString('utf8', 4, from)) as Head
    if (json === undefined) return { ...rest, json: bytes.toString('utf8', from) }
    const end = from + json
    return { ...rest, json: bytes.toString('utf8', from, end), tail: bytes.subarray(end) }
  } catch {
    return undefined
  }
}
