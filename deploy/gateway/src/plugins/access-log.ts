// One line of JSON for each request: who, which route, how it ended, how long it took. Never a body, a query or a key.

import type { FastifyServerOptions } from 'fastify'
import type { App } from '../app.ts'
import { whenOver } from '../hung-up.ts'

/** Where lines go; absent: standard output. */
export interface LogStream {
  write(line: string): void
}

export function logOptions(level: string, stream?: LogStream): FastifyServerOptions['logger'] {
  return {
    level,
    ...(stream && { stream }),
    // The defaults tell addresses with their queries, and headers.
    serializers: {
      req: ({ method }) => ({ method }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  }
}

export function addAccessLog(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    whenOver(reply, status => {
      request.log.info(
        {
          method: request.method,
          // The template: what stands in its place in an address may be anything.
          route: request.routeOptions.url ?? 'none',
          status,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          ...(request.trace && { trace: request.trace.traceId }),
          ...(request.caller && { tenant: request.caller.tenant, actor: request.caller.actor }),
        },
        'request',
      )
    })
    done()
  })
}
