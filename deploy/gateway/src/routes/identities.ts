// Letting go of whom somebody is with the provider: the same person has a new account there, and would not be taken for themselves.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { mayGive } from '../identity/roles.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import { unbindIdentities } from '../store/provider-identities.ts'
import { revokeSessionsOf } from '../store/sessions.ts'
import { findUser } from '../store/users.ts'
import { mustBeOwn } from './own-team.ts'
import { Id } from './shapes.ts'

export function addIdentityRoutes(app: App, { database, people }: Pick<Parts, 'database' | 'people'>): void {
  app.delete(
    '/api/v1/teams/:team/members/:user/identities',
    {
      config: { access: 'team' },
      schema: {
        tags: ['teams'],
        summary: 'Let go of whom somebody is with the provider; their sessions end',
        params: Type.Object({ team: Id, user: Id }),
        response: { 204: Type.Null() },
      },
    },
    async ({ caller, params: { team, user } }, reply) => {
      mustBeOwn(caller, team)
      const { actor } = caller
      await database.asTenant(team, async session => {
        const found = await findUser(session, user)
        if (!found) throw new Refusal('not-found')
        if (!mayGive(caller.scopes, found.role)) throw new Refusal('forbidden')
        const count = await unbindIdentities(session, user)
        // Whoever comes in with this address next is taken for them: nobody else goes on as them meanwhile.
        await revokeSessionsOf(session, user)
        await record(session, team, { actor, action: 'identity.unbind', target: user, details: { count } })
      })
      people?.authenticator.forgetUser(user)
      return reply.code(204).send(null)
    },
  )
}
