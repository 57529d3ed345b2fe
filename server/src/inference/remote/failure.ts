// What can go wrong between this machine and the endpoint, and what follows from it: who may answer instead, and whether
// asking again is safe.

import type { Trouble } from '@codeant/shared/endpoint.ts'
import { InferenceError, type InferenceFailure } from '../backend.ts'

/**
 * Whether the endpoint may have worked on a request that failed: `no` is safe to repeat whatever it was; `maybe` only where
 * working on it twice costs next to nothing.
 */
export type Worked = 'no' | 'maybe'

export interface EndpointErrorOptions extends ErrorOptions {
  readonly worked?: Worked
  /** The endpoint asked not to be asked again for so long. */
  readonly retryAfterMs?: number | undefined
  readonly status?: number
}

/** Who answers questions at the endpoint failed. What is told to a person is `trouble`, in words of their language. */
export class EndpointError extends InferenceError {
  readonly trouble: Trouble
  readonly worked: Worked
  readonly retryAfterMs: number | undefined
  readonly status: number | undefined

  constructor(trouble: Trouble, message: string, options: EndpointErrorOptions = {}) {
    super(FAILURES[trouble], message, options)
    this.name = 'EndpointError'
    this.trouble = trouble
    this.worked = options.worked ?? 'maybe'
    this.retryAfterMs = options.retryAfterMs
    this.status = options.status
  }

  /** It says something about the endpoint, not about one question: enough of these, and it is left alone for a while. */
  get isItsFault(): boolean {
    return ITS_FAULT.has(this.trouble)
  }
}

/** All but `rejected` leave the question to the next backend. */
const FAILURES: Readonly<Record<Trouble, InferenceFailure>> = {
  unreachable: 'unavailable',
  slow: 'timeout',
  refused: 'unavailable',
  busy: 'overloaded',
  failing: 'unavailable',
  broken: 'unavailable',
  garbled: 'unavailable',
  mismatch: 'unavailable',
  redirected: 'unavailable',
  rejected: 'rejected',
  address: 'unavailable',
  budget: 'overloaded',
  consent: 'unavailable',
  forbidden: 'unavailable',
}

const ITS_FAULT: ReadonlySet<Trouble> = new Set([
  'unreachable',
  'slow',
  'refused',
  'busy',
  'failing',
  'broken',
  'garbled',
  'redirected',
])

/** What a status other than 2xx means; `now` is the time in milliseconds, as `Retry-After` may name a date. */
export function failureOfStatus(
  status: number,
  detail: string,
  retryAfter: string | undefined,
  now: number,
): EndpointError {
  const message = `the endpoint answered ${status}${detail && `: ${detail}`}`
  const retryAfterMs = retryAfterIn(retryAfter, now)
  if (status >= 300 && status < 400) return new EndpointError('redirected', message, { worked: 'no', status })
  switch (status) {
    case 401:
    case 403:
      return new EndpointError('refused', message, { worked: 'no', status })
    case 404:
      return new EndpointError('mismatch', message, { worked: 'no', status })
    case 408:
      return new EndpointError('slow', message, { status })
    case 429:
    case 503:
      return new EndpointError('busy', message, { worked: 'no', status, retryAfterMs })
    default:
      return new EndpointError(status >= 500 ? 'failing' : 'rejected', message, { status, retryAfterMs })
  }
}

/** What `fetch` threw: nobody there, or a connection that broke off. */
export function failureOfConnection(error: unknown): EndpointError {
  const codes = codesOf(error)
  const neverArrived = codes.some(it => NEVER_ARRIVED.has(it))
  const message = codes[0] ?? (error instanceof Error ? error.message : String(error))
  return new EndpointError(neverArrived ? 'unreachable' : 'broken', `no answer: ${message}`, {
    cause: error,
    worked: neverArrived ? 'no' : 'maybe',
  })
}

const NEVER_ARRIVED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** An error of `fetch` wraps the one of the socket, and that of several addresses wraps one for each. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(Array.isArray(errors) ? errors.flatMap(codesOf) : []),
    ...codesOf(cause),
  ]
}

/** Seconds or a date; nobody is left alone for more than an hour on the word of a header. */
function retryAfterIn(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_MS) : undefined
}

const LONGEST_MS = 3_600_000
