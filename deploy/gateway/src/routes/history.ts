// What a tenant did and used: its audit, and its counts by day.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import type { Parts } from '../parts.ts'
import { readAudit } from '../store/audit.ts'
import { readUsage } from '../store/usage.ts'

const Audit = Type.Object({
  entries: Type.Array(
    Type.Object({
      id: Type.Integer(),
      at: Type.String({ format: 'date-time' }),
      actor: Type.String(),
      action: Type.String(),
      target: Type.String(),
      details: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
})
const Usage = Type.Object({
  usage: Type.Array(
    Type.Object({
      day: Type.String({ format: 'date' }),
      actor: Type.String(),
      route: Type.String(),
      requests: Type.Integer(),
      failures: Type.Integer(),
      units: Type.Integer(),
    }),
  ),
})

export function addHistoryRoutes(app: App, { database, usage }: Pick<Parts, 'database' | 'usage'>): void {
  app.get(
    '/api/v1/audit',
    {
      config: { access: 'audit', compressible: true },
      schema: {
        tags: ['history'],
        summary: 'What was done to this tenant, and by whom',
        querystring: Type.Object(
          {
            limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
            /** The last id of the page before. */
            before: Type.Optional(Type.Integer({ minimum: 1 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Audit },
      },
    },
    async ({ caller, query: { limit, before } }) => {
      const rows = await database.asTenant(caller.tenant, session => readAudit(session, limit, before))
      return { entries: rows.map(it => ({ ...it, at: it.at.toISOString() })) }
    },
  )

  app.get(
    '/api/v1/usage',
    {
      config: { access: 'usage', compressible: true },
      schema: {
        tags: ['history'],
        summary: 'How much this tenant used, by day',
        querystring: Type.Object(
          { days: Type.Integer({ minimum: 1, maximum: 366, default: 30 }) },
          { additionalProperties: false },
        ),
        response: { 200: Usage },
      },
    },
    async ({ caller, query: { days } }) => {
      await usage.flush()
      return { usage: [...(await database.asTenant(caller.tenant, session => readUsage(session, days)))] }
    },
  )
}
