// Answers that may be kept, by browsers and by what stands before the gateway: a route says for how long, and asks who comes again
// whether they have it already.

import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The value of `Cache-Control`, where it is not `no-store`. */
    keeping?: string
  }
}

/** The same for everybody: kept for a while, also on the way. */
export const PUBLIC = 'public, max-age=300'
/** Of this caller only, who asks each time whether it is still so. */
export const OWN = 'private, no-cache'

/** Before compression: the mark is of what is said, not of how it is packed. */
export function addKeeping(app: App): void {
  app.addHook('onRoute', route => {
    const keeping = route.config?.keeping
    if (keeping === undefined) return
    const hook = async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
      if (reply.statusCode !== 200 || (typeof payload !== 'string' && !Buffer.isBuffer(payload)))
        return payload
      const mark = `W/"${hash('sha256', payload, 'base64url').slice(0, 22)}"`
      reply.headers({ 'cache-control': keeping, etag: mark })
      if (!isKnown(request.headers['if-none-match'], mark)) return payload
      reply.code(304).removeHeader('content-type').removeHeader('content-length')
      return null
    }
    Object.assign(route, { onSend: [...[route.onSend ?? []].flat(), hook] })
  })
}

/** Weakly, as `If-None-Match` is to be compared. */
function isKnown(marks: string | undefined, mark: string): boolean {
  if (marks === undefined) return false
  const plain = (it: string) => it.trim().replace(/^W\//, '')
  return marks.trim() === '*' || marks.split(',').some(it => plain(it) === plain(mark))
}
