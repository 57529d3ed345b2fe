// Turns every failure into one answer, in the shape of the protocol that was spoken. What broke inside is told to the log only.

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { codeOfStatus, type ErrorCode, Refusal } from '../errors.ts'
import { HUNG_UP_STATUS, HungUp } from '../hung-up.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The shape of this route's errors; absent: by the beginning of its path. */
    errors?: ErrorShape
  }
}

export type ErrorShape = 'api' | 'oip' | 'openai' | 'oauth'

export function addErrors(app: App): void {
  app.setErrorHandler((error: FastifyError | Refusal | HungUp, request, reply) => {
    if (error instanceof HungUp) return reply.code(HUNG_UP_STATUS).send()
    const refusal = refusalOf(error)
    if (refusal.code === 'internal')
      request.log.error({ err: { name: error.name, message: error.message, stack: error.stack } }, 'failed')
    return answer(request, reply, refusal)
  })
  app.setNotFoundHandler((request, reply) => answer(request, reply, new Refusal('not-found')))
}

function answer(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="codeant"')
  if (refusal.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(refusal.retryAfter)))
  const shape = request.routeOptions.config?.errors ?? shapeOf(request.url)
  return reply.code(refusal.status).type('application/json').send(errorBody(shape, refusal))
}

/** The Open Inference Protocol and OpenAI's each have their own; all the rest is ours. */
export function errorBody(shape: ErrorShape, { code, message, status, oauth }: Refusal): object {
  if (shape === 'oip') return { error: message }
  if (shape === 'openai') return { error: { message, type: openAiType(status), param: null, code } }
  if (shape === 'oauth') return { error: oauth, error_description: message }
  return { error: { code, message } }
}

export function shapeOf(url: string): ErrorShape {
  return /^\/v2(\/|\?|$)/.test(url) ? 'oip' : /^\/v1(\/|\?|$)/.test(url) ? 'openai' : 'api'
}

function openAiType(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

function refusalOf(error: FastifyError | Refusal): Refusal {
  if (error instanceof Refusal) return error
  // What `AbortSignal.timeout` gives as its reason.
  if (error.name === 'TimeoutError') return new Refusal('upstream-timeout', undefined, { cause: error })
  const status = error.statusCode ?? 500
  if (status >= 500) return new Refusal('internal')
  const code: ErrorCode = codeOfStatus(status)
  // What Fastify says of a request it could not read names places, never contents.
  return error.validation || status === 400 ? new Refusal(code, error.message) : new Refusal(code)
}
