// Invitations: an admin gets a code that is shown once and passes it on; who has it comes in, as whom it was made for.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { digestOf, newToken } from '../identity/opaque-token.ts'
import { mayGive } from '../identity/roles.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import { acceptInvitation, addInvitation, listInvitations, revokeInvitation } from '../store/invitations.ts'
import { addUser, findUserByEmail } from '../store/users.ts'
import { mustBeOwn } from './own-team.ts'
import { ClientName, Email, Id, Time, TimeOrNull, told } from './shapes.ts'
import { RoleName } from './teams.ts'

const Invitation = Type.Object({
  id: Id,
  email: Type.String(),
  role: RoleName,
  invitedBy: Type.String(),
  createdAt: Time,
  expiresAt: Time,
  acceptedAt: TimeOrNull,
  revokedAt: TimeOrNull,
})
const DAY_MS = 86_400_000
const tags = ['teams']

export function addInvitationRoutes(
  app: App,
  { database, people }: Pick<Parts, 'database' | 'people'>,
): void {
  app.get(
    '/api/v1/teams/:team/invitations',
    {
      config: { access: 'team' },
      schema: {
        tags,
        summary: 'Who was invited',
        params: Type.Object({ team: Id }),
        response: { 200: Type.Object({ invitations: Type.Array(Invitation) }) },
      },
    },
    async ({ caller, params: { team } }) => {
      mustBeOwn(caller, team)
      return { invitations: (await database.asTenant(team, listInvitations)).map(told) }
    },
  )

  app.post(
    '/api/v1/teams/:team/invitations',
    {
      config: { access: 'team' },
      schema: {
        tags,
        summary: 'Invite somebody; the code is shown this once',
        params: Type.Object({ team: Id }),
        body: Type.Object(
          {
            email: Email,
            role: RoleName,
            expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
          },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ code: Type.String(), ...Invitation.properties }) },
      },
    },
    async ({ caller, params: { team }, body: { email, role, expiresInDays = 7 } }, reply) => {
      mustBeOwn(caller, team)
      if (!mayGive(caller.scopes, role)) throw new Refusal('forbidden', `You cannot make anybody "${role}".`)
      const { text, digest } = newToken('cai')
      const made = await database.asTenant(team, async session => {
        if (await findUserByEmail(session, email))
          throw new Refusal('conflict', 'They are in the team already.')
        const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS)
        const { actor } = caller
        const own = await addInvitation(session, team, { email, role, expiresAt, digest, invitedBy: actor })
        await record(session, team, { actor, action: 'invitation.create', target: email, details: { role } })
        return own
      })
      return reply.code(201).send({ code: text, ...told(made) })
    },
  )

  app.delete(
    '/api/v1/teams/:team/invitations/:id',
    {
      config: { access: 'team' },
      schema: {
        tags,
        summary: 'Take an invitation back',
        params: Type.Object({ team: Id, id: Id }),
        response: { 200: Invitation },
      },
    },
    async ({ caller, params: { team, id } }) => {
      mustBeOwn(caller, team)
      return database.asTenant(team, async session => {
        const own = await revokeInvitation(session, id)
        if (!own) throw new Refusal('not-found')
        await record(session, team, { actor: caller.actor, action: 'invitation.revoke', target: own.email })
        return told(own)
      })
    },
  )

  app.post(
    '/api/v1/invitations/accept',
    {
      config: { access: 'open' },
      schema: {
        tags,
        summary: 'Come in with the code of an invitation',
        body: Type.Object(
          {
            code: Type.String({ pattern: '^cai_[A-Za-z0-9_-]{43}$', examples: [`cai_${'x'.repeat(43)}`] }),
            name: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\p{Cc}]*$' })),
            client: Type.Optional(ClientName),
          },
          { additionalProperties: false },
        ),
        response: {
          201: Type.Object({
            access_token: Type.String(),
            token_type: Type.String(),
            expires_in: Type.Integer(),
            refresh_token: Type.String(),
          }),
        },
      },
    },
    async ({ body: { code, name = '', client = 'unnamed' } }, reply) => {
      if (!people) throw new Refusal('not-found', 'Logins are not set up here; use an API key.')
      // All or nothing: a code is not used up by a failure.
      const grant = await database.asSystem(async session => {
        const found = await acceptInvitation(session, digestOf(code))
        if (!found) throw new Refusal('not-found', 'This invitation is not valid (any more).')
        const { tenant, email, role } = found
        const user = await addUser(session, tenant, { email, name, role })
        if (!user) throw new Refusal('conflict', 'They are in the team already.')
        await record(session, tenant, {
          actor: `user:${user.id}`,
          action: 'invitation.accept',
          target: email,
          details: { role, invitedBy: found.invitedBy },
        })
        return people.logins.open(session, { tenant, userId: user.id, client })
      })
      return reply.code(201).send(await grant())
    },
  )
}
