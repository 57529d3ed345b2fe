// Spans: what took how long within a request, which one caused which. Never what was asked.
//
// Our own, and not OpenTelemetry's packages: three kinds of spans and one way to send them are 200 lines; the packages would be some
// forty, and patch the modules that they watch. What is sent is OpenTelemetry's own protocol all the same.

import { AsyncLocalStorage } from 'node:async_hooks'
import { newSpanId, newTraceId, type TraceContext } from './trace-context.ts'

export type SpanKind = 'server' | 'client' | 'internal'
/** Templates of routes, names of models, codes of errors: nothing that came with a request as it is. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

export interface FinishedSpan extends TraceContext {
  readonly parentId?: string
  readonly name: string
  readonly kind: SpanKind
  /** Milliseconds since 1970, with their fractions. */
  readonly from: number
  readonly to: number
  readonly attributes: Attributes
  readonly isError: boolean
}

export interface Span {
  readonly context: TraceContext
  end(name: string, attributes: Attributes, isError: boolean): void
}

export interface TracerOptions {
  /** How many of a hundred traces are kept, of those too that began elsewhere and are wanted there. */
  readonly percent: number
  readonly export: (span: FinishedSpan) => void
}

export class Tracer {
  readonly #options: TracerOptions
  readonly #current = new AsyncLocalStorage<TraceContext>()

  constructor(options: TracerOptions) {
    this.#options = options
  }

  /** Whether what is begun now belongs to something. */
  get isWithin(): boolean {
    return this.#current.getStore() !== undefined
  }

  /**
   * A trace that began elsewhere: every editor begins one, and the share that is kept is the operator's to say. The same trace is
   * kept or not wherever it comes by.
   */
  joined(parent: TraceContext): TraceContext {
    const share = (Number.parseInt(parent.traceId.slice(-8), 16) / 2 ** 32) * 100
    return { ...parent, isSampled: parent.isSampled && share < this.#options.percent }
  }

  begin(kind: SpanKind, parent: TraceContext | undefined = this.#current.getStore()): Span {
    const from = now()
    const context: TraceContext = {
      ...parent,
      traceId: parent?.traceId ?? newTraceId(),
      spanId: newSpanId(),
      isSampled: parent?.isSampled ?? Math.random() * 100 < this.#options.percent,
    }
    return {
      context,
      end: (name, attributes, isError) => {
        if (!context.isSampled) return
        const own = { ...context, name, kind, from, to: now(), attributes, isError }
        this.#options.export(parent ? { ...own, parentId: parent.spanId } : own)
      },
    }
  }

  /** What `work` begins, also later, belongs to this span. */
  within<T>({ context }: Span, work: () => T): T {
    return this.#current.run(context, work)
  }

  /** A span around `work`, named when it is over. */
  async around<T>(
    kind: SpanKind,
    name: string,
    work: (context: TraceContext) => Promise<T>,
    told: (outcome: { readonly value?: T; readonly error?: unknown }) => Attributes,
  ): Promise<T> {
    const span = this.begin(kind)
    try {
      const value = await this.within(span, () => work(span.context))
      span.end(name, told({ value }), false)
      return value
    } catch (error) {
      span.end(name, told({ error }), true)
      throw error
    }
  }
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
