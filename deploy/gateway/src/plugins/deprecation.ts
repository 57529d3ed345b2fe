// A route that will go says so in every answer (RFC 9745, RFC 8594), long before it goes. The version is in the path: what changes
// in a way that callers notice gets a path of its own, and the one before is deprecated for at least half a year.

import type { App } from '../app.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    deprecated?: Deprecated
  }
}

export interface Deprecated {
  readonly since: Date
  /** From then on it may be gone. */
  readonly sunset: Date
  /** The path of what is there instead. */
  readonly successor?: string
}

export function addDeprecation(app: App): void {
  app.addHook('onRoute', ({ url, config }) => {
    const deprecated = config?.deprecated
    if (deprecated && deprecated.sunset.getTime() - deprecated.since.getTime() < LEAST_NOTICE_MS)
      throw new Error(`${url} would be gone less than 180 days after it is said to be`)
  })

  app.addHook('onRequest', async (request, reply) => {
    const deprecated = request.routeOptions.config?.deprecated
    if (!deprecated) return
    const { since, sunset, successor } = deprecated
    reply.header('deprecation', `@${Math.floor(since.getTime() / 1000)}`)
    reply.header('sunset', sunset.toUTCString())
    if (successor) reply.header('link', `<${successor}>; rel="successor-version"`)
  })
}

const LEAST_NOTICE_MS = 180 * 86_400_000
