// Health: `live` is whether the process turns, `ready` whether it wants requests. Neither asks the other's question.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import type { Parts } from '../parts.ts'

const Status = Type.Object({ status: Type.String() })
const Detailed = Type.Object({
  status: Type.String({
    description: 'ready, degraded (answers without what it can do without), not ready or draining',
  }),
  version: Type.String(),
  checks: Type.Array(
    Type.Object({
      name: Type.String(),
      ok: Type.Boolean(),
      ms: Type.Number(),
      isNeeded: Type.Boolean({ description: 'Whether nothing is answered without it.' }),
    }),
  ),
})

export function addHealthRoutes(
  app: App,
  { readiness, version }: Pick<Parts, 'readiness' | 'version'>,
): void {
  for (const url of ['/health', '/health/live'])
    app.get(
      url,
      {
        config: { access: 'open', isProbe: true },
        schema: { tags: ['health'], summary: 'Whether the process turns', response: { 200: Status } },
      },
      async () => ({ status: 'live' }),
    )

  for (const url of ['/health/ready', '/ready', '/api/health'])
    app.get(
      url,
      {
        config: { access: 'open', isProbe: true },
        schema: {
          tags: ['health'],
          summary: 'Whether requests are wanted',
          response: { 200: Status, 503: Status },
        },
      },
      async (_, reply) => {
        if (await readiness.isReady()) return { status: 'ready' }
        return reply.code(503).send({ status: readiness.isDraining ? 'draining' : 'not ready' })
      },
    )

  // Names what the endpoint is made of, so it is told to callers only.
  app.get(
    '/health/detailed',
    {
      config: { access: 'known' },
      schema: {
        tags: ['health'],
        summary: 'What the endpoint is made of, and whether it works',
        response: { 200: Detailed, 503: Detailed },
      },
    },
    async (_, reply) => {
      const checks = [...(await readiness.results())]
      const isReady = !readiness.isDraining && checks.every(it => it.ok || !it.isNeeded)
      const able = checks.every(it => it.ok) ? 'ready' : 'degraded'
      const status = readiness.isDraining ? 'draining' : isReady ? able : 'not ready'
      return reply.code(isReady ? 200 : 503).send({ status, version, checks })
    },
  )
}
