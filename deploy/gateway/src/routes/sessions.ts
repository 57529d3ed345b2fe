// Who am I, and where else am I logged in.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { allows } from '../identity/scopes.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import { listSessions, revokeSession } from '../store/sessions.ts'
import { findTenant } from '../store/tenants.ts'
import { findUser } from '../store/users.ts'
import { Id, Time, told } from './shapes.ts'

const Session = Type.Object({
  id: Id,
  userId: Id,
  client: Type.String(),
  createdAt: Time,
  lastUsedAt: Time,
  expiresAt: Time,
  isThis: Type.Boolean(),
})
const Me = Type.Object({
  team: Type.Object({ id: Id, name: Type.String() }),
  actor: Type.String(),
  scopes: Type.Array(Type.String()),
  user: Type.Optional(
    Type.Object({ id: Id, email: Type.String(), name: Type.String(), role: Type.String() }),
  ),
})
const tags = ['identity']

export function addSessionRoutes(app: App, { database, people }: Pick<Parts, 'database' | 'people'>): void {
  app.get(
    '/api/v1/me',
    { config: { access: 'known' }, schema: { tags, summary: 'Who is calling', response: { 200: Me } } },
    async ({ caller: { tenant, actor, scopes, userId } }) =>
      database.asTenant(tenant, async session => {
        const { id, name } = (await findTenant(session))!
        const user = userId === undefined ? undefined : await findUser(session, userId)
        return { team: { id, name }, actor, scopes: [...scopes], ...(user && { user }) }
      }),
  )

  app.get(
    '/api/v1/sessions',
    {
      config: { access: 'known' },
      schema: {
        tags,
        summary: 'Open sessions: the caller’s own, or for an admin those of the team',
        response: { 200: Type.Object({ sessions: Type.Array(Session) }) },
      },
    },
    async ({ caller }) => {
      const sessions = await database.asTenant(caller.tenant, session => listSessions(session, whose(caller)))
      return { sessions: sessions.map(it => ({ ...told(it), isThis: it.id === caller.sessionId })) }
    },
  )

  app.delete(
    '/api/v1/sessions/:id',
    {
      config: { access: 'known' },
      schema: {
        tags,
        summary: 'End a session',
        params: Type.Object({ id: Id }),
        response: { 204: Type.Null() },
      },
    },
    async ({ caller, params: { id } }, reply) => {
      await database.asTenant(caller.tenant, async session => {
        if (!(await revokeSession(session, id, whose(caller)))) throw new Refusal('not-found')
        await record(session, caller.tenant, { actor: caller.actor, action: 'session.revoke', target: id })
      })
      people?.authenticator.forget(id)
      return reply.code(204).send(null)
    },
  )
}

/** An admin sees everybody's; who is nobody in particular (the key of a program) has none. */
function whose({
  scopes,
  userId,
}: {
  readonly scopes: Parameters<typeof allows>[0]
  readonly userId?: string
}) {
  return allows(scopes, 'team') ? undefined : (userId ?? '00000000-0000-0000-0000-000000000000')
}
