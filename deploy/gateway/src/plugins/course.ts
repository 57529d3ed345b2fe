// The course of a request, for all that watches requests: which route it is, and how it ended.
//
// Both are found out once: Fastify makes the description of a route anew for each who asks. And those that ended in the same turn of the
// loop are told of together, once their answers are on their way: to count and log between two answers costs three times as much.

import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { whenOver } from '../hung-up.ts'
import { atEndOfTurn } from '../turn.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** As `routeOptions`, for all that comes after the first hook. */
    route: FastifyRequest['routeOptions']
  }
  interface FastifyInstance {
    /** Calls back once for each request that came as far as a hook, as `whenOver` does. */
    atEnd(watch: Watch): void
  }
}

export interface Ended {
  readonly request: FastifyRequest
  readonly status: number
  /** From its head to the end of its answer. */
  readonly ms: number
}

type Watch = (ended: Ended) => void

/** Before all that has a hook. */
export function addCourse(app: App): void {
  const watches: Watch[] = []
  const ended = atEndOfTurn<Ended>(all => {
    for (const watch of watches) for (const it of all) watch(it)
  })

  app.decorate('atEnd', (watch: Watch) => void watches.push(watch))
  app.decorateRequest('route', undefined as unknown as FastifyRequest['routeOptions'])
  app.addHook('onRequest', (request, reply, done) => {
    request.route = request.routeOptions
    whenOver(reply, status => ended.add({ request, status, ms: reply.elapsedTime }))
    done()
  })
  // Who closes what is counted into comes after this.
  app.addHook('onClose', async () => ended.flush())
}
