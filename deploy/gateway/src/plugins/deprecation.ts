// A route that will go says so in every answer (RFC 9745, RFC 8594), long before it goes. The version is in the path: what changes
// in a way that callers notice gets a path of its own, and the one before is deprecated for at least half a year.

import type { onRequestHookHandler } from 'fastify'
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
  app.addHook('onRoute', route => {
    const deprecated = route.config?.deprecated
    if (!deprecated) return
    if (deprecated.sunset.getTime() - deprecated.since.getTime() < LEAST_NOTICE_MS)
      throw new Error(`${route.url} would be gone less than 180 days after it is said to be`)
    // A hook of this route only, after those of all: who is refused hears it, too, where they got that far.
    route.onRequest = [...[route.onRequest ?? []].flat(), noticeOf(deprecated)]
  })
}

function noticeOf({ since, sunset, successor }: Deprecated): onRequestHookHandler {
  const headers = {
    deprecation: `@${Math.floor(since.getTime() / 1000)}`,
    sunset: sunset.toUTCString(),
    ...(successor && { link: `<${successor}>; rel="successor-version"` }),
  }
  return (_, reply, done) => {
    reply.headers(headers)
    done()
  }
}

const LEAST_NOTICE_MS = 180 * 86_400_000
