// Spans on their way to a collector: OTLP over HTTP as JSON, in batches, and given up where nobody takes them.

import type { Attributes, FinishedSpan, SpanKind } from './tracer.ts'

export interface OtlpOptions {
  /** Of the collector, without `/v1/traces`. */
  readonly url: string
  readonly key: string | undefined
  readonly version: string
  readonly counted: (outcome: 'exported' | 'dropped', spans: number) => void
}

export interface SpanExporter {
  add(span: FinishedSpan): void
  /** Sends what is left. Never rejects. */
  close(): Promise<void>
}

/** Later a span is of no use to somebody who looks now; earlier there are more requests to the collector than to us. */
const FLUSH_MS = 2000
const BATCH = 512
/** What waits for a collector that is gone. */
const MOST = 4096
const PATIENCE_MS = 5000

export function otlpExporter({ url, key, version, counted }: OtlpOptions): SpanExporter {
  let waiting: FinishedSpan[] = []
  let sending: Promise<void> | undefined

  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH)
      waiting = waiting.slice(BATCH)
      const isTaken = await post(`${url}/v1/traces`, key, otlpDocument(batch, version))
      counted(isTaken ? 'exported' : 'dropped', batch.length)
    }
  }
  const flush = (): Promise<void> => {
    sending ??= send().finally(() => {
      sending = undefined
    })
    return sending
  }
  const timer = setInterval(flush, FLUSH_MS)
  timer.unref()

  return {
    add(span) {
      if (waiting.length >= MOST) counted('dropped', 1)
      else waiting.push(span)
      if (waiting.length >= BATCH) void flush()
    },
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}

async function post(url: string, key: string | undefined, document: object): Promise<boolean> {
  try {
    const { ok, body } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify(document),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await body?.cancel()
    return ok
  } catch {
    return false
  }
}

const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3 }
const ERROR = 2

export function otlpDocument(spans: readonly FinishedSpan[], version: string): object {
  const resource = { 'service.name': 'codeant-gateway', 'service.version': version }
  return {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'codeant-gateway', version }, spans: spans.map(spanOf) }],
      },
    ],
  }
}

function spanOf({
  traceId,
  spanId,
  parentId,
  state,
  name,
  kind,
  from,
  to,
  attributes,
  isError,
}: FinishedSpan) {
  return {
    traceId,
    spanId,
    ...(parentId !== undefined && { parentSpanId: parentId }),
    ...(state !== undefined && { traceState: state }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(from),
    endTimeUnixNano: nanoseconds(to),
    attributes: attributesOf(attributes),
    status: isError ? { code: ERROR } : {},
  }
}

function attributesOf(attributes: Attributes) {
  return Object.entries(attributes).map(([key, it]) => ({
    key,
    value:
      typeof it === 'string'
        ? { stringValue: it }
        : typeof it === 'boolean'
          ? { boolValue: it }
          : { intValue: String(Math.round(it)) },
  }))
}

/** As text: it is more than a number of JSON holds. */
function nanoseconds(ms: number): string {
  return `${Math.round(ms * 1000)}000`
}
