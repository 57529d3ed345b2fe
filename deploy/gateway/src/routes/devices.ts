// Approving a device that shows a code: for oneself, or, as an admin, for somebody of the team.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { mayGive } from '../identity/roles.ts'
import { allows } from '../identity/scopes.ts'
import type { Parts } from '../parts.ts'
import { findUser, findUserByEmail } from '../store/users.ts'
import { Email, UserCode } from './shapes.ts'

const Code = Type.Object({ code: UserCode })
const tags = ['identity']

export function addDeviceRoutes(app: App, { database, devices }: Pick<Parts, 'database' | 'devices'>): void {
  const waiting = async (code: string) => {
    const found = await devices?.waiting(code)
    if (!found) throw new Refusal('not-found', 'Nothing waits under this code (any more).')
    return found
  }

  app.get(
    '/api/v1/devices/:code',
    {
      config: { access: 'known' },
      schema: {
        tags,
        summary: 'What waits under a code',
        params: Code,
        response: { 200: Type.Object({ client: Type.String() }) },
      },
    },
    async ({ params: { code } }) => ({ client: (await waiting(code)).client }),
  )

  app.post(
    '/api/v1/devices/:code/approval',
    {
      config: { access: 'known' },
      schema: {
        tags,
        summary: 'Let a device in: as oneself, or for an admin as somebody of the team',
        params: Code,
        body: Type.Object({ email: Type.Optional(Email) }, { additionalProperties: false }),
        response: { 200: Type.Object({ email: Type.String(), client: Type.String() }) },
      },
    },
    async ({ caller, params: { code }, body: { email } }) => {
      const { client } = await waiting(code)
      const user = await database.asTenant(caller.tenant, async session => {
        if (email !== undefined) return findUserByEmail(session, email)
        return caller.userId === undefined ? undefined : findUser(session, caller.userId)
      })
      if (!user && email === undefined)
        throw new Refusal('invalid', 'This key is nobody’s: say whose login it is.')
      // Who may not, is not told whether there is such a person.
      if (user?.id !== caller.userId && !mayApprove(caller)) throw new Refusal('forbidden')
      if (!user || user.disabledAt) throw new Refusal('not-found', 'There is nobody with this address.')
      if (!mayGive(caller.scopes, user.role)) throw new Refusal('forbidden')
      if (!(await devices!.approve(code, caller, user.id)))
        throw new Refusal('conflict', 'Somebody was quicker.')
      return { email: user.email, client }
    },
  )

  app.delete(
    '/api/v1/devices/:code',
    {
      config: { access: 'known' },
      schema: { tags, summary: 'Refuse a device', params: Code, response: { 204: Type.Null() } },
    },
    async ({ params: { code } }, reply) => {
      if (!(await devices?.deny(code)))
        throw new Refusal('not-found', 'Nothing waits under this code (any more).')
      return reply.code(204).send(null)
    },
  )
}

function mayApprove({ scopes }: Caller): boolean {
  return allows(scopes, 'team')
}
