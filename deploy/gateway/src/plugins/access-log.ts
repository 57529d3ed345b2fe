// One line of JSON for each request: who, which route, how it ended, how long it took. Never a body, a query or a key.
//
// The line is what the log itself would write, put together here: what all requests of a caller to a route have in common is made once,
// and the rest needs nothing escaped. It is a third of the cost, on the way of every request.

import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import type { Logger } from 'pino'
import type { App } from '../app.ts'
import type { LogStream } from '../log/output.ts'
import type { Ended } from './course.ts'
import { onceEach } from './once-each.ts'

export function logOptions(level: string, stream: LogStream): FastifyServerOptions['logger'] {
  return {
    level,
    stream,
    // The defaults tell addresses with their queries, and headers.
    serializers: {
      req: ({ method }) => ({ method }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  }
}

/** At these levels what is of the level `info` is written. */
const TELLING = new Set(['trace', 'debug', 'info'])
const INFO = 30

export function addAccessLog(app: App, stream: LogStream): void {
  /** Without its closing brace. */
  const beginningOf = onceEach(({ method, route, caller }: FastifyRequest): string => {
    const who = caller && { tenant: caller.tenant, actor: caller.actor }
    // The template: what stands in its place in an address may be anything.
    const common = { ...(app.log as Logger).bindings(), method, route: route.url ?? 'none', ...who }
    return JSON.stringify({ level: INFO, ...common }).slice(0, -1)
  })

  app.atEnd(({ request, status, ms }: Ended) => {
    if (!TELLING.has(app.log.level)) return
    const { id, trace } = request
    // A request's id is of letters that need nothing (`request-id.ts`), as is that of a trace.
    const ids = trace ? `"reqId":"${id}","trace":"${trace.traceId}"` : `"reqId":"${id}"`
    const took = Math.round(ms * 10) / 10
    stream.write(
      `${beginningOf(request)},"time":${Date.now()},${ids},"status":${status},"ms":${took},"msg":"request"}\n`,
    )
  })
}
