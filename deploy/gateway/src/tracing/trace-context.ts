// Which trace a request belongs to, as W3C's Trace Context has it: taken from the one who asks, handed on to whoever is asked.

import { randomBytes } from 'node:crypto'

export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits: of the span that asks. */
  readonly spanId: string
  readonly isSampled: boolean
  /** Of other systems; passed on as it came. */
  readonly state?: string
}

/** Later versions begin alike; `ff` is none. */
const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/
const STATE = /^[\x20-\x7e]{1,512}$/

/** Undefined when there is none, or one that cannot be read: then the trace begins here. */
export function readTraceContext(
  traceparent: string | string[] | undefined,
  tracestate: string | string[] | undefined,
): TraceContext | undefined {
  const found = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : undefined
  if (!found) return undefined
  const state = typeof tracestate === 'string' && STATE.test(tracestate) ? tracestate : undefined
  const isSampled = (Number.parseInt(found[3]!, 16) & 1) === 1
  return { traceId: found[1]!, spanId: found[2]!, isSampled, ...(state !== undefined && { state }) }
}

/** The headers that hand it on. */
export function traceHeaders({ traceId, spanId, isSampled, state }: TraceContext): Record<string, string> {
  return {
    traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`,
    ...(state !== undefined && { tracestate: state }),
  }
}

export function newTraceId(): string {
  return randomBytes(16).toString('hex')
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex')
}
