// Forgets the answers that are kept for a tenant.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'

export function addCacheRoutes(app: App, { answers, database }: Pick<Parts, 'answers' | 'database'>): void {
  app.delete(
    '/api/v1/cache',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['operation'],
        summary: 'Forget the answers that are kept for your tenant',
        response: { 200: Type.Object({ cleared: Type.Integer() }) },
      },
    },
    async ({ caller }) => {
      const cleared = (await answers?.clear(caller.tenant)) ?? 0
      await database.asTenant(caller.tenant, session =>
        record(session, caller.tenant, { actor: caller.actor, action: 'cache.clear', details: { cleared } }),
      )
      return { cleared }
    },
  )
}
