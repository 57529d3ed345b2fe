// Engines in the trace: each question is a span of its own, which the engine is told as the one that asks.

import { Refusal } from '../errors.ts'
import { traceHeaders } from '../tracing/trace-context.ts'
import type { Tracer } from '../tracing/tracer.ts'
import type { ChatUpstream, EncoderUpstream } from './upstream.ts'

export function tracedEncoders(inner: EncoderUpstream, tracer: Tracer): EncoderUpstream {
  return {
    ...inner,
    infer: (call, signal) =>
      tracer.around(
        'client',
        'infer',
        context => inner.infer({ ...call, headers: { ...call.headers, ...traceHeaders(context) } }, signal),
        ({ value, error }) => ({
          'codeant.engine': inner.name,
          // A name that no model has is the caller's own text.
          ...(value && { 'codeant.model': call.model }),
          ...(value?.rows !== undefined && { 'codeant.rows': value.rows }),
          ...(error !== undefined && { 'error.type': kindOf(error) }),
        }),
      ),
  }
}

/** The span ends with the head of the answer: how long the rest takes is seen in that of the request. */
export function tracedChat(inner: ChatUpstream, tracer: Tracer): ChatUpstream {
  return {
    ...inner,
    complete: (call, signal) =>
      tracer.around(
        'client',
        'complete',
        context =>
          inner.complete({ ...call, headers: { ...call.headers, ...traceHeaders(context) } }, signal),
        ({ error }) => ({
          'codeant.engine': inner.name,
          ...(error !== undefined && { 'error.type': kindOf(error) }),
        }),
      ),
  }
}

function kindOf(error: unknown): string {
  return error instanceof Refusal ? error.code : 'aborted'
}
