// Requests to one address: within a deadline, again where that is safe, and not at all while the endpoint rests.

import type { Purpose, Trouble } from '@codeant/shared/endpoint.ts'
import { Breaker } from './breaker.ts'
import type { Letter, Reply, Send } from './egress.ts'
import { EndpointError, failureOfConnection, failureOfStatus } from './failure.ts'
import { hedged, Latencies } from './hedge.ts'

/** With the first one. */
const MOST_ATTEMPTS = 3
const FIRST_PAUSE_MS = 200
/** As long as a restart takes; more often would be asking for nothing. */
const PROBE_MS = 5000
/** An error's own words are read up to here. */
const MOST_DETAIL = 2000

/** Time and chance, so that tests have their own. */
export interface Clock {
  /** In milliseconds; never goes back. */
  readonly now: () => number
  /** The time of day, in milliseconds. */
  readonly today: () => number
  readonly random: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface ConnectionOptions {
  readonly base: URL
  readonly send: Send
  readonly clock: Clock
  /** Told of every change: undefined when all is well again. */
  readonly told: (trouble: Trouble | undefined, error?: EndpointError) => void
  /** How long the breaker's first rest is. */
  readonly restMs?: number
}

export interface Exchange<T> {
  readonly letter: Omit<Letter, 'url'> & { readonly path: string }
  /** Reads a good answer; throws `EndpointError` when it is none. Everything that it throws else counts as broken off. */
  readonly read: (reply: Reply, signal: AbortSignal) => Promise<T>
  readonly timeoutMs: number
  /** Working on it twice costs next to nothing: it is repeated whatever happened, and sent twice when it is late. */
  readonly isCheap: boolean
}

export class Connection {
  readonly base: URL
  readonly breaker: Breaker
  readonly #options: ConnectionOptions
  readonly #latencies = new Latencies()
  #trouble: Trouble | undefined
  #probe: ReturnType<typeof setTimeout> | undefined

  constructor(options: ConnectionOptions) {
    this.base = options.base
    this.#options = options
    this.breaker = new Breaker({
      ...options.clock,
      opened: ms => this.#probeAfter(ms),
      ...(options.restMs !== undefined && { restMs: options.restMs }),
    })
  }

  get trouble(): Trouble | undefined {
    return this.#trouble
  }

  /** Rejects only with `EndpointError` or the signal's reason. */
  async exchange<T>(it: Exchange<T>, signal: AbortSignal): Promise<T> {
    const { clock } = this.#options
    const until = clock.now() + it.timeoutMs
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      if (!this.breaker.admit())
        throw new EndpointError(this.#trouble ?? 'busy', 'the endpoint is left alone for a while', {
          worked: 'no',
        })
      try {
        const answer = await this.#attempt(it, until, signal)
        this.breaker.succeed()
        this.#tell(undefined)
        return answer
      } catch (error) {
        if (!(error instanceof EndpointError)) {
          this.breaker.release()
          throw error
        }
        const pause = this.#pauseBefore(attempt, error, it.isCheap, until - clock.now())
        this.#note(error, pause === undefined)
        if (pause === undefined) throw error
        await clock.sleep(pause, signal)
      }
    }
  }

  /** The key, the settings or the network changed: nothing that was known counts. */
  reset(): void {
    clearTimeout(this.#probe)
    this.breaker.reset()
    this.#trouble = undefined
  }

  close(): void {
    clearTimeout(this.#probe)
  }

  /** Undefined: not again. */
  #pauseBefore(attempt: number, error: EndpointError, isCheap: boolean, leftMs: number): number | undefined {
    const { trouble, worked, retryAfterMs } = error
    if (attempt >= MOST_ATTEMPTS || !PASSING.has(trouble) || (worked === 'maybe' && !isCheap))
      return undefined
    // Anything between nothing and twice as much as before, so that editors that failed together do not come back together.
    const pause = Math.max(
      retryAfterMs ?? 0,
      this.#options.clock.random() * FIRST_PAUSE_MS * 2 ** (attempt - 1),
    )
    return pause < leftMs ? pause : undefined
  }

  #note(error: EndpointError, isLast: boolean): void {
    const { trouble, retryAfterMs } = error
    if (!error.isItsFault) return this.breaker.release()
    // What will be tried again within its patience is no failure yet.
    if (!isLast) return this.breaker.release()
    this.breaker.fail({
      atOnce: trouble === 'refused' || trouble === 'redirected',
      ...(retryAfterMs !== undefined && { forMs: retryAfterMs }),
    })
    this.#tell(trouble, error)
    this.#probeUnlessResting()
  }

  async #attempt<T>({ letter, read, isCheap }: Exchange<T>, until: number, signal: AbortSignal): Promise<T> {
    const { clock, send } = this.#options
    const { path, ...rest } = letter
    const began = clock.now()
    this.#latencies.ask()
    const once = async (own: AbortSignal): Promise<T> => {
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), Math.max(1, until - clock.now()))
      const both = AbortSignal.any([own, late.signal])
      try {
        const reply = await send({ ...rest, url: this.#url(path) }, both)
        if (reply.status < 200 || reply.status > 299) throw await this.#failure(reply)
        return await read(reply, both)
      } catch (error) {
        if (own.aborted) throw own.reason
        if (late.signal.aborted) throw new EndpointError('slow', 'the endpoint took too long')
        throw error instanceof EndpointError ? error : failureOfConnection(error)
      } finally {
        clearTimeout(timer)
      }
    }
    const answer = await hedged(
      once,
      isCheap ? this.#latencies.lateAfter : undefined,
      () => this.#latencies.hedge(),
      signal,
    )
    this.#latencies.add(clock.now() - began)
    return answer
  }

  async #failure(reply: Reply): Promise<EndpointError> {
    const detail = await readSome(reply.body, MOST_DETAIL).catch(() => '')
    const said = /"(?:message|error)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(detail)?.[1] ?? ''
    return failureOfStatus(
      reply.status,
      said.slice(0, 300),
      reply.header('retry-after'),
      this.#options.clock.today(),
    )
  }

  #url(path: string): URL {
    const url = new URL(this.base)
    url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`
    return url
  }

  #tell(trouble: Trouble | undefined, error?: EndpointError): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#options.told(trouble, error)
  }

  /** Who failed once or twice does not rest yet. That it is well again is seen even where nobody asks it anything. */
  #probeUnlessResting(): void {
    if (this.breaker.state === 'closed' && PROVABLE.has(this.#trouble!)) this.#probeAfter(PROBE_MS)
  }

  /** Whether it is back is found out without anybody asking, and without sending anything of a project. */
  #probeAfter(ms: number): void {
    clearTimeout(this.#probe)
    this.#probe = setTimeout(() => void this.#askWhetherBack(), ms + 5)
    this.#probe.unref?.()
  }

  async #askWhetherBack(): Promise<void> {
    if (!PROVABLE.has(this.#trouble!) || !this.breaker.admit()) return
    const { send, clock } = this.#options
    const signal = AbortSignal.timeout(5000)
    try {
      const ask = async (path: string) => {
        const reply = await send(probe(this.#url(path)), signal)
        await readSome(reply.body, 0)
        return reply
      }
      let reply = await ask('/v2/health/ready')
      // Who only generates text does not know that path.
      if (reply.status === 404) reply = await ask('/v1/models')
      if (reply.status >= 400 && reply.status !== 404)
        throw failureOfStatus(reply.status, '', reply.header('retry-after'), clock.today())
      this.breaker.succeed()
      this.#tell(undefined)
    } catch (error) {
      const { retryAfterMs, trouble } =
        error instanceof EndpointError ? error : new EndpointError('slow', 'no answer')
      this.breaker.fail(retryAfterMs === undefined ? {} : { forMs: retryAfterMs })
      this.#tell(trouble)
      this.#probeUnlessResting()
    }
  }
}

/** Passes by itself, perhaps at once. */
const PASSING: ReadonlySet<Trouble> = new Set(['unreachable', 'busy', 'failing', 'broken'])

/** That somebody is well again who was not there or had too much to do, says health; of anything else, only an answer does. */
const PROVABLE: ReadonlySet<Trouble> = new Set(['unreachable', 'slow', 'busy', 'broken'])

function probe(url: URL): Letter {
  return { method: 'GET', url, purpose: 'check' satisfies Purpose, tokens: 0 }
}

/** All of a body, which may not be longer than `most` bytes. */
export async function readAll(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const it of body) {
    length += it.length
    if (length > most) throw new EndpointError('garbled', `the answer is longer than ${most} bytes`)
    parts.push(it)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const it of parts) {
    all.set(it, at)
    at += it.length
  }
  return all
}

async function readSome(body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const it of body) {
    text += decoder.decode(it, { stream: true })
    if (text.length > most) break
  }
  return text
}

/** The JSON that a body is; anything else is not an answer. */
export async function readJson(reply: Reply, most: number): Promise<unknown> {
  const bytes = await readAll(reply.body, most)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new EndpointError('garbled', 'the answer is no JSON', { worked: 'maybe' })
  }
}
