// How a model did over the days, and what changed when its weights did.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { historyOf } from '../models/history.ts'
import type { Parts } from '../parts.ts'
import { readModelDays } from '../store/model-days.ts'

const NumberOrNull = Type.Union([Type.Number(), Type.Null()])
const Which = { engine: Type.String(), weights: Type.Union([Type.String(), Type.Null()]) }
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', examples: ['2026-11-22'] })
const History = Type.Object({
  model: Type.String(),
  periods: Type.Array(
    Type.Object({
      ...Which,
      from: Day,
      to: Day,
      requests: Type.Integer(),
      failures: Type.Integer(),
      cached: Type.Integer(),
      p50Ms: NumberOrNull,
      p95Ms: NumberOrNull,
      rowsPerRequest: NumberOrNull,
      promptTokens: Type.Integer(),
      completionTokens: Type.Integer(),
    }),
    { description: 'For each engine and weights that answered, the oldest first.' },
  ),
  changes: Type.Array(
    Type.Object({
      on: Day,
      from: Type.Object(Which),
      to: Type.Object(Which),
      p50Percent: NumberOrNull,
      p95Percent: NumberOrNull,
      failurePoints: Type.Number(),
      isEnough: Type.Boolean({
        description: 'Whether the engine answered a hundred questions at least, before and after.',
      }),
    }),
    { description: 'From one period to the next: less than 0 is faster, or fails more rarely.' },
  ),
})

export function addModelHistoryRoutes(
  app: App,
  { database, chronicle }: Pick<Parts, 'database' | 'chronicle'>,
): void {
  app.get(
    '/api/v1/models/:model/history',
    {
      config: { access: 'usage' },
      schema: {
        tags: ['models'],
        summary: 'How a model did for your team, before and after its weights were exchanged',
        description: 'Of all instances together. A model that answered nothing in these days has no periods.',
        params: Type.Object({
          model: Type.String({ minLength: 1, maxLength: 256, examples: ['bug-finder'] }),
        }),
        querystring: Type.Object(
          { days: Type.Integer({ minimum: 1, maximum: 366, default: 90 }) },
          { additionalProperties: false },
        ),
        response: { 200: History },
      },
    },
    async ({ caller, params: { model }, query: { days } }) => {
      await chronicle.flush()
      const rows = await database.asTenant(caller.tenant, session => readModelDays(session, days, model))
      const { periods, changes } = historyOf(rows)
      return { model, periods: [...periods], changes: [...changes] }
    },
  )
}
