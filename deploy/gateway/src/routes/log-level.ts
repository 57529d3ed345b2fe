// How much this instance logs, changed while it runs: for an hour of looking closely, without a restart that would end what is looked at.
//
// Only for more than the operator chose, and back: an administrator of one tenant does not silence what concerns all of them.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const Level = Type.Object(
  { level: Type.Unsafe<(typeof LEVELS)[number]>({ type: 'string', enum: LEVELS }) },
  { additionalProperties: false },
)

export function addLogLevelRoutes(app: App, { database, config }: Pick<Parts, 'database' | 'config'>): void {
  app.get(
    '/api/v1/log-level',
    {
      config: { access: 'admin' },
      schema: { tags: ['operation'], summary: 'How much this instance logs', response: { 200: Level } },
    },
    async () => ({ level: app.log.level as (typeof LEVELS)[number] }),
  )

  app.put(
    '/api/v1/log-level',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['operation'],
        summary: 'Change how much this instance logs, until it is started anew',
        body: Level,
        response: { 200: Level },
      },
    },
    async ({ caller, body: { level } }) => {
      const chosen = config.log.level
      if (LEVELS.indexOf(level) > LEVELS.indexOf(chosen))
        throw new Refusal('unprocessable', `The operator wants no less than "${chosen}".`)
      await database.asTenant(caller.tenant, session =>
        record(session, caller.tenant, {
          actor: caller.actor,
          action: 'log-level.set',
          details: { before: app.log.level, level },
        }),
      )
      app.log.level = level
      return { level }
    },
  )
}
