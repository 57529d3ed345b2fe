// Read-only mode: while an operator moves or repairs what is kept, nothing of it changes; analyses and models answer on.

import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether it changes what is kept; absent: it does, unless it only reads or lets an engine work. */
    changes?: boolean
  }
}

const WORK = ['infer', 'chat', 'analyze']

export function addReadOnly(app: App, isReadOnly: boolean): void {
  if (!isReadOnly) return
  app.addHook('onRequest', async ({ method, routeOptions: { config } }) => {
    if (config?.access === undefined) return
    const reads = method === 'GET' || method === 'HEAD' || WORK.includes(config.access)
    if (config.changes ?? !reads) throw new Refusal('read-only')
  })
}
