// Every request is a span of the trace that the caller began, or of one that begins here; engines are told which.

import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { whenOver } from '../hung-up.ts'
import { readTraceContext, type TraceContext, traceHeaders } from '../tracing/trace-context.ts'
import type { Span, Tracer } from '../tracing/tracer.ts'
import { codeOf } from './error-code.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The trace of this request; absent: nobody wants one. */
    trace: TraceContext | undefined
    span: Span | undefined
    /** The code of what went wrong. */
    errorType: string | undefined
  }
}

/** Without a tracer traces are handed on, and none is kept. */
export function addTracing(app: App, tracer: Tracer | undefined): void {
  app.decorateRequest('trace', undefined)
  app.decorateRequest('span', undefined)
  app.decorateRequest('errorType', undefined)

  app.addHook('onRequest', (request, reply, done) => {
    const { traceparent, tracestate } = request.headers
    const given = traceparent === undefined ? undefined : readTraceContext(traceparent, tracestate)
    request.trace = given
    if (!tracer) return done()
    const span = tracer.begin('server', given && tracer.joined(given))
    request.span = span
    request.trace = span.context
    // At once, and not with the others of this turn: a span ends when it ends.
    whenOver(reply, status => end(request, status))
    return tracer.within(span, done)
  })
  if (!tracer) return

  app.addHook('onError', (request, _, error, done) => {
    request.errorType = codeOf(error)
    done()
  })
  // What reads the body comes back as the connection, which knows of no request.
  app.addHook('preValidation', ({ span }, _, done) => (span ? tracer.within(span, done) : done()))
}

function end(request: FastifyRequest, status: number): void {
  const { span, method, id, errorType } = request
  const route = request.route.url ?? 'none'
  const attributes = {
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'codeant.request_id': id,
    ...(errorType !== undefined && { 'error.type': errorType }),
  }
  span?.end(`${method} ${route}`, attributes, status >= 500)
}

/** What an engine is told of the request that it works for. */
export function passedOn({ id, trace }: FastifyRequest): Readonly<Record<string, string>> {
  return { 'x-request-id': id, ...(trace && traceHeaders(trace)) }
}
