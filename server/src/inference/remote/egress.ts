// The one function through which anything leaves this machine: what it sends was allowed, cleaned of secrets, and written down.
//
// It is made only when the user switched the endpoint on, or has just named one to be checked. `test/architecture.test.ts` holds the rest of the product to it:
// nobody else calls `fetch` or imports a library that could send, and only `host/node/endpoint.ts` makes one of these.

import type { Purpose, Trouble } from '@codeant/shared/endpoint.ts'
import { type EndpointError, failureOfConnection } from './failure.ts'
import { newTrace } from './trace.ts'

/** A request that wants to leave. */
export interface Letter {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly purpose: Purpose
  /** The project's folder; absent where nothing of a project is sent. */
  readonly workspace?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Of the endpoint's own, in the body: they leave as they are, and nobody writes them down. */
  readonly credentials?: readonly string[]
  /** An estimate of what is sent and generated together. */
  readonly tokens: number
}

export interface Reply {
  readonly status: number
  header(name: string): string | undefined
  /** Ends with an error when the connection breaks off. May be read once. */
  readonly body: AsyncIterable<Uint8Array>
  /** What it cost, as the endpoint says in its answer. */
  account(tokens: number): void
}

/** Rejects only with `EndpointError` or the signal's reason. */
export type Send = (letter: Letter, signal: AbortSignal) => Promise<Reply>

/** Who writes down what leaves. */
export interface Journal {
  /** Called before a byte leaves, with what leaves, and the name under which the endpoint knows it. */
  begin(letter: Letter, redacted: number, trace: string): JournalEntry
}

export interface JournalEntry {
  end(outcome: { readonly status?: number; readonly trouble?: Trouble; readonly tokens?: number }): void
}

export interface EgressOptions {
  /** Undefined where nothing is in the way; asked for each letter at the last moment, whatever was asked before. */
  readonly objection: (letter: Letter) => EndpointError | undefined
  /** Secrets that were not found before. */
  readonly redact: (text: string) => { readonly text: string; readonly count: number }
  /** May reject with `EndpointError`: a login that could not be kept up. */
  readonly key: (origin: string) => Promise<string | undefined>
  readonly journal: Journal
}

export function openEgress({ objection, redact, key, journal }: EgressOptions): Send {
  return async (letter, signal) => {
    signal.throwIfAborted()
    const refused = objection(letter)
    if (refused) throw refused
    const secret = await unlessAborted(key(letter.url.origin), signal)
    const { body, written, count } = cleaned(letter, redact)
    const trace = newTrace()
    const shown = { ...letter, ...(written !== undefined && { body: written }) }
    const entry = journal.begin(shown, count, trace.id)
    try {
      const response = await fetch(letter.url, {
        method: letter.method,
        headers: {
          ...letter.headers,
          ...trace.headers,
          ...(secret && { authorization: `Bearer ${secret}` }),
        },
        ...(body !== undefined && { body }),
        signal,
        // Whoever is redirected to would get the code and the key without anybody having allowed it.
        redirect: 'manual',
      })
      entry.end({ status: response.status })
      return {
        status: response.status,
        header: name => response.headers.get(name) ?? undefined,
        body: response.body ?? NOTHING,
        account: tokens => entry.end({ status: response.status, tokens }),
      }
    } catch (error) {
      const failure = signal.aborted ? undefined : failureOfConnection(error)
      entry.end(failure ? { trouble: failure.trouble } : {})
      throw failure ?? signal.reason
    }
  }
}

/** What leaves, and what is written down of it. */
function cleaned({ body, credentials }: Letter, redact: EgressOptions['redact']) {
  if (typeof body !== 'string') return { body, written: body, count: 0 }
  if (credentials) {
    const written = credentials.reduce((text, it) => text.replaceAll(it, '…'), body)
    return { body, written, count: 0 }
  }
  const { text, count } = redact(body)
  return { body: text, written: text, count }
}

/** Who no longer waits does not stop what others may wait for, too. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
}
