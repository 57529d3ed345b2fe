// What several instances share outside of the database: one Redis or Valkey, which may be gone at any moment without anybody noticing
// more than that instances count for themselves again.
//
// A request waits for it once, and not for long: what does not answer in time is left alone from then on, and asked by nobody but a
// probe until it is back.

import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'

export type RedisClient = Redis

export interface SharedStore {
  readonly prefix: string
  /** Undefined when the store is not there or does not answer in time. Never rejects. */
  ask<T>(work: (client: RedisClient) => Promise<T>): Promise<T | undefined>
  /** Rejects when the store is not there. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface SharedStoreOptions {
  readonly url: string
  /** Before the name of every key. */
  readonly prefix: string
  readonly connections: number
  /** What takes longer counts as gone. */
  readonly timeoutMs: number
  /** How often a store that is gone is asked whether it is back. */
  readonly retryMs: number
  readonly metrics: GatewayMetrics
  /** Told once when it goes, with the reason, and once when it is back. */
  readonly changed: (reason: string | undefined) => void
}

const CONNECT_MS = 2000
const MOST_PAUSE_MS = 1000

/** Waits for the first answer for as long as a request would; a store that comes later is taken on then. */
export async function openSharedStore(options: SharedStoreOptions): Promise<SharedStore> {
  const { prefix, timeoutMs, retryMs, metrics, changed } = options
  const clients = Array.from({ length: options.connections }, () => connect(options.url))
  let isThere = true
  let next = 0
  let probe: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  metrics.registry.gauge('codeant_redis_up', 'Whether the store that instances share answers.', () => [
    [{}, isThere ? 1 : 0],
  ])
  const questions = metrics.registry.counter(
    'codeant_redis_requests_total',
    'Questions to the store that instances share; skipped is what was not asked because it is gone.',
    'outcome',
  )

  const lost = (error: unknown): void => {
    if (!isThere || isClosed) return
    isThere = false
    changed((error as Error).message)
    probe = setTimeout(() => void askWhetherBack(), retryMs).unref()
  }

  const askWhetherBack = async (): Promise<void> => {
    try {
      await Promise.all(clients.map(it => inTime(tryOut(it, prefix), timeoutMs)))
    } catch {
      if (isClosed) return
      // A connection whose other end vanished without a word would never get an answer again.
      for (const it of clients) if (it.status === 'ready') it.disconnect(true)
      probe = setTimeout(() => void askWhetherBack(), retryMs).unref()
      return
    }
    if (isClosed) return
    isThere = true
    changed(undefined)
  }

  const store: SharedStore = {
    prefix,

    async ask(work) {
      if (!isThere) {
        questions.add({ outcome: 'skipped' })
        return undefined
      }
      const client = clients[next++ % clients.length]!
      try {
        const answer = await inTime(work(client), timeoutMs)
        questions.add({ outcome: 'ok' })
        return answer
      } catch (error) {
        questions.add({ outcome: 'failed' })
        lost(error)
        return undefined
      }
    },

    async check() {
      if (!isThere) throw new Error('gone')
      await inTime(clients[0]!.ping(), timeoutMs)
    },

    async close() {
      isClosed = true
      clearTimeout(probe)
      for (const it of clients) it.disconnect()
    },
  }

  await Promise.all(
    clients.map(it => inTime(connected(it), Math.max(timeoutMs, FIRST_MS)).then(() => tryOut(it, prefix))),
  ).catch(lost)
  return store
}

/** The start may take longer than a request: names are looked up, and TLS is agreed on. */
const FIRST_MS = 1000

export interface Script {
  readonly text: string
  readonly digest: string
}

/** A script runs as one step: nobody sees or changes anything in the middle of it. */
export function script(text: string): Script {
  return { text, digest: createHash('sha1').update(text).digest('hex') }
}

export async function runScript(
  client: RedisClient,
  { text, digest }: Script,
  keys: readonly string[],
  values: readonly (string | number | Buffer)[],
): Promise<unknown> {
  try {
    return await client.evalsha(digest, keys.length, ...keys, ...values)
  } catch (error) {
    // It was started anew, or has never been told.
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error
    return client.eval(text, keys.length, ...keys, ...values)
  }
}

function connect(url: string): Redis {
  const client = new Redis(url, {
    connectionName: 'codeant-gateway',
    connectTimeout: CONNECT_MS,
    // Nothing waits for a connection that is not there, and nothing is asked twice: a request has other things to do.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableReadyCheck: false,
    retryStrategy: times => Math.min(100 * times, MOST_PAUSE_MS),
    // What the oldest servers that are still cared for speak as well.
    protocol: 2,
  })
  // What goes wrong is heard of by whoever asks.
  client.on('error', () => {})
  return client
}

function connected(client: Redis): Promise<unknown> {
  if (client.status === 'ready') return Promise.resolve()
  return new Promise((resolve, reject) => {
    client.once('ready', resolve)
    client.once('error', reject)
  })
}

/** Writes something: a store that only reads (a replica, a full one) is of no use here. */
async function tryOut(client: Redis, prefix: string): Promise<void> {
  await client.set(`${prefix}probe`, '1', 'PX', 1000)
}

/** Rejects when it takes longer; when this process itself was late, what has arrived meanwhile counts. */
function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      setImmediate(() => setImmediate(() => reject(new Error(`no answer in ${ms} ms`))))
    }, ms)
    work.then(
      value => {
        clearTimeout(timer)
        resolve(value)
      },
      error => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
