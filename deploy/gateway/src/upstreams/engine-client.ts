// HTTP to an engine: one address, one key, nothing followed elsewhere, and every failure told apart.

import { Refusal } from '../errors.ts'
import { Breaker, type BreakerOptions, type Outcome, type Verdict } from './breaker.ts'

export interface EngineOptions {
  readonly url: string
  readonly key: string | undefined
  readonly breaker: Pick<BreakerOptions, 'failures' | 'retryMs' | 'changed'>
}

export interface EngineRequest {
  readonly method: 'GET' | 'POST'
  /** Behind the address; its parts are already safe for an address. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** An answer that was read to its end, or of which only the head is there. */
export interface EngineAnswer<Body = Buffer> {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly body: Body
}

export type Pieces = AsyncIterable<Uint8Array>

/** No answer of an engine is larger: what goes on longer is not an answer. */
const MOST_BYTES = 256 * 1024 * 1024
const ABOUT_MS = 5000

export class EngineClient {
  readonly #options: EngineOptions
  readonly breaker: Breaker

  constructor(options: EngineOptions) {
    this.#options = options
    this.breaker = new Breaker({ ...options.breaker, now: () => performance.now() })
  }

  /** Rejects with `Refusal` or, when it is not a timeout, the signal's reason. */
  ask(request: EngineRequest, signal: AbortSignal): Promise<EngineAnswer> {
    return this.breaker.run(async () => {
      const answer = await this.#send(request, signal)
      return { ...answer, body: await whole(answer.body) }
    }, verdict(signal))
  }

  /** The same, of an answer that is passed on while it comes. What breaks off later speaks against nobody. */
  begin(request: EngineRequest, signal: AbortSignal): Promise<EngineAnswer<Pieces>> {
    return this.breaker.run(() => this.#send(request, signal), verdict(signal))
  }

  /** What is asked about an engine is known or not: nobody waits for it as for an answer. */
  about(request: EngineRequest, signal: AbortSignal): Promise<EngineAnswer> {
    return this.ask(request, AbortSignal.any([signal, AbortSignal.timeout(ABOUT_MS)]))
  }

  /** Past the breaker: whether the engine is well is asked precisely when it is not. */
  async isOk(path: string, signal: AbortSignal): Promise<boolean> {
    try {
      const late = AbortSignal.any([signal, AbortSignal.timeout(ABOUT_MS)])
      const answer = await this.#send({ method: 'GET', path }, late)
      // Bodies differ from engine to engine; the status is what counts.
      await whole(answer.body)
      return answer.status >= 200 && answer.status < 300
    } catch {
      return false
    }
  }

  async #send(
    { method, path, headers, body }: EngineRequest,
    signal: AbortSignal,
  ): Promise<EngineAnswer<Pieces>> {
    const { url, key } = this.#options
    let response: Response
    try {
      response = await fetch(url + path, {
        method,
        headers: { ...headers, ...(key && { authorization: `Bearer ${key}` }) },
        ...(body && { body }),
        // An engine that sends elsewhere what was sent to it is not the one that the operator chose.
        redirect: 'error',
        signal,
      })
    } catch (error) {
      throw reasonOf(error, signal)
    }
    return {
      status: response.status,
      header: name => response.headers.get(name) ?? undefined,
      body: piecesOf(response, signal),
    }
  }
}

/** Everything, or `Refusal` when it ends in the middle. */
export async function whole(body: Pieces): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const it of body) {
    length += it.length
    if (length > MOST_BYTES) throw new Refusal('bad-upstream')
    pieces.push(it)
  }
  return Buffer.concat(pieces)
}

async function* piecesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (!response.body) return
  try {
    for await (const it of response.body) yield it as Uint8Array
  } catch (error) {
    throw reasonOf(error, signal)
  }
}

function reasonOf(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted) return new Refusal('unavailable', 'The engine cannot be reached.', { cause: error })
  const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
  return isLate ? new Refusal('upstream-timeout') : signal.reason
}

/** An engine that says it has too much to do works; one that fails inside does not. */
function verdict(signal: AbortSignal) {
  return (outcome: Outcome<EngineAnswer<unknown>>): Verdict => {
    if ('value' in outcome) {
      const { status, header } = outcome.value
      return status < 500 || (status === 503 && header('retry-after') !== undefined) ? 'well' : 'failing'
    }
    // What is no refusal after an abort is the reason of a caller who hung up.
    return signal.aborted && !(outcome.error instanceof Refusal) ? 'unknown' : 'failing'
  }
}
