// Which pages elsewhere may ask from a browser (CORS): those that the operator listed, by name, and nobody else.
//
// Never with credentials of the browser: who asks shows a key, which no page has unless somebody gave it one.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
/** What a client of this endpoint sends beyond what every page may send anyway. */
const SENT = [
  'authorization',
  'content-type',
  'inference-header-content-length',
  'traceparent',
  'x-api-key',
  'x-request-id',
].join(', ')
/** What a page may read of an answer beyond what it always may. */
const READ = [
  'deprecation',
  'inference-header-content-length',
  'link',
  'location',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'sunset',
  'www-authenticate',
  'x-codeant-cache',
  'x-codeant-engine',
  'x-codeant-files',
  'x-codeant-findings',
  'x-request-id',
].join(', ')
/** So long a browser need not ask again, in seconds; who is taken off the list is so after that. */
const KEPT_SECONDS = 600

export function addOrigins(app: App, origins: readonly string[]): void {
  if (origins.length === 0) return
  const listed = new Set(origins)
  app.addHook('onRequest', async (request, reply) => {
    // What is kept on the way is kept for each origin apart, and for none.
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !listed.has(origin)) return
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': READ })
    if (isQuestion(request)) return allowed(reply)
  })
}

/** Whether a browser asks on behalf of a page before it sends what the page wants to send. */
function isQuestion({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function allowed(reply: FastifyReply): FastifyReply {
  return reply
    .headers({
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': SENT,
      'access-control-max-age': String(KEPT_SECONDS),
    })
    .code(204)
    .send()
}
