// A team and who belongs to it. A caller's team is its tenant: there is only the own one to see.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { mayGive, ROLES, type Role } from '../identity/roles.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import { findTenant, renameTenant } from '../store/tenants.ts'
import { changeUser, countAdmins, findUser, listUsers } from '../store/users.ts'
import { mustBeOwn } from './own-team.ts'
import { Id, Time, TimeOrNull, told } from './shapes.ts'

const Team = Type.Object({ id: Id, name: Type.String(), createdAt: Time })
export const RoleName = Type.Unsafe<Role>({ type: 'string', enum: ROLES })
const Member = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: RoleName,
  createdAt: Time,
  disabledAt: TimeOrNull,
})
const tags = ['teams']
const OfTeam = Type.Object({ team: Id })

export function addTeamRoutes(
  app: App,
  { database, people, keys }: Pick<Parts, 'database' | 'people' | 'keys'>,
): void {
  app.get(
    '/api/v1/teams',
    {
      config: { access: 'known' },
      schema: {
        tags,
        summary: 'The team of the caller',
        response: { 200: Type.Object({ teams: Type.Array(Team) }) },
      },
    },
    async ({ caller }) => {
      const own = await database.asTenant(caller.tenant, findTenant)
      return { teams: own ? [told(own)] : [] }
    },
  )

  app.patch(
    '/api/v1/teams/:team',
    {
      config: { access: 'team' },
      schema: {
        tags,
        summary: 'Rename the team',
        params: OfTeam,
        body: Type.Object(
          { name: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}]+$' }) },
          { additionalProperties: false },
        ),
        response: { 200: Team },
      },
    },
    async ({ caller, params: { team }, body: { name } }) => {
      mustBeOwn(caller, team)
      return database.asTenant(team, async session => {
        const renamed = await renameTenant(session, team, name)
        await record(session, team, {
          actor: caller.actor,
          action: 'team.rename',
          target: team,
          details: { name },
        })
        return told(renamed)
      })
    },
  )

  app.get(
    '/api/v1/teams/:team/members',
    {
      config: { access: 'team' },
      schema: {
        tags,
        summary: 'Who belongs to the team',
        params: OfTeam,
        response: { 200: Type.Object({ members: Type.Array(Member) }) },
      },
    },
    async ({ caller, params: { team } }) => {
      mustBeOwn(caller, team)
      return { members: (await database.asTenant(team, listUsers)).map(told) }
    },
  )

  app.patch(
    '/api/v1/teams/:team/members/:user',
    {
      config: { access: 'team' },
      schema: {
        tags,
        summary: 'Change somebody’s role, or shut them out and let them in again',
        params: Type.Object({ team: Id, user: Id }),
        body: Type.Object(
          { role: Type.Optional(RoleName), isDisabled: Type.Optional(Type.Boolean()) },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Member },
      },
    },
    async ({ caller, params: { team, user }, body }) => {
      mustBeOwn(caller, team)
      const changed = await database.asTenant(team, async session => {
        const before = await findUser(session, user)
        if (!before) throw new Refusal('not-found')
        const roles = [before.role, body.role ?? before.role]
        if (!roles.every(it => mayGive(caller.scopes, it))) throw new Refusal('forbidden')
        const admins = await countAdmins(session)
        const after = (await changeUser(session, user, body))!
        // A team that nobody can let anybody into is lost.
        if (admins > 0 && (await countAdmins(session)) === 0)
          throw new Refusal('conflict', 'Somebody has to remain an admin.')
        await record(session, team, {
          actor: caller.actor,
          action: 'member.change',
          target: user,
          details: body,
        })
        return after
      })
      people?.authenticator.forgetUser(user)
      keys.forgetUser(user)
      return told(changed)
    },
  )
}
