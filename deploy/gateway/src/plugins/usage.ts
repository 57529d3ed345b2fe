// Every request of somebody known is counted: by tenant, by who it was, and by route.

import type { App } from '../app.ts'
import type { UsageCounter } from '../store/usage-counter.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How much this request was, where one is not like the other: files of an analysis, say. */
    units: number
  }
}

/** What a crash may lose. */
const FLUSH_MS = 10_000

export function addUsage(app: App, usage: UsageCounter): void {
  app.decorateRequest('units', 1)

  app.atEnd(({ request: { caller, route, units }, status }) => {
    if (!caller || route.url === undefined) return
    const { tenant, actor } = caller
    usage.add({ tenant, actor, route: route.url, isFailure: status >= 400, units })
  })

  const timer = setInterval(() => void usage.flush(), FLUSH_MS)
  timer.unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await usage.flush()
  })
}
