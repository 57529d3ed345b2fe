// What the page asks on which a device is let in by somebody who logged in with the provider: the browser's cookie says who.
//
// A cookie comes along whoever makes the browser ask. So what changes something is taken only from a page of this endpoint: the browser
// says where a request comes from, and no page elsewhere can make it say something else.

import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { browserCookie } from '../identity/browser-cookie.ts'
import type { Caller } from '../identity/caller.ts'
import type { Parts } from '../parts.ts'
import { revokeSession } from '../store/sessions.ts'
import { findTenant } from '../store/tenants.ts'
import { findUser } from '../store/users.ts'
import { UserCode } from './shapes.ts'

const Person = Type.Object({ email: Type.String(), role: Type.String(), team: Type.String() })
const tags = ['identity']

export function addBrowserApprovalRoutes(
  app: App,
  { database, people, devices, config }: Pick<Parts, 'database' | 'people' | 'devices' | 'config'>,
): void {
  const publicUrl = () => config.http.publicUrl ?? app.listeningOrigin
  const cookie = () => browserCookie('browser', publicUrl())
  const isFromOurPage = ({ headers: { origin } }: FastifyRequest) => origin === new URL(publicUrl()).origin

  const callerOf = async ({ headers }: FastifyRequest): Promise<Caller | undefined> => {
    const token = people?.provider && cookie().read(headers)
    return token === undefined ? undefined : people?.authenticator.authenticate(token)
  }

  const mustBe = async (request: FastifyRequest) => {
    if (!isFromOurPage(request))
      throw new Refusal('forbidden', 'Only the page of this endpoint may ask this.')
    const caller = await callerOf(request)
    if (!caller?.userId || !caller.sessionId)
      throw new Refusal('unauthenticated', 'Log in with the provider first.')
    return { caller, userId: caller.userId, sessionId: caller.sessionId }
  }

  const end = async (tenant: string, sessionId: string) => {
    await database.asTenant(tenant, session => revokeSession(session, sessionId))
    people?.authenticator.forget(sessionId)
    return cookie().write('', { sameSite: 'Strict', seconds: 0 })
  }

  app.get(
    '/device/login',
    {
      config: { access: 'open' },
      schema: {
        tags,
        summary:
          'For the page: who is logged in in this browser, what waits to be let in, and where one can log in',
        querystring: Type.Object({ code: Type.Optional(UserCode) }),
        response: {
          200: Type.Object({
            provider: Type.Union([Type.Object({ name: Type.String(), url: Type.String() }), Type.Null()]),
            user: Type.Union([Person, Type.Null()]),
            waiting: Type.Union([Type.Object({ client: Type.String() }), Type.Null()]),
          }),
        },
      },
    },
    async request => {
      const { provider } = people ?? {}
      const caller = await callerOf(request)
      const { code } = request.query
      // What asks to be let in is told to whom it concerns only: to somebody who is in already.
      const waiting = caller && code !== undefined ? await devices?.waiting(code) : undefined
      return {
        provider: provider ? { name: provider.providerName, url: `${publicUrl()}/login` } : null,
        user: caller ? await told(caller) : null,
        waiting: waiting ? { client: waiting.client } : null,
      }
    },
  )

  const told = ({ tenant, userId }: Caller) =>
    database.asTenant(tenant, async session => {
      const user = userId === undefined ? undefined : await findUser(session, userId)
      const team = await findTenant(session)
      return user && team ? { email: user.email, role: user.role, team: team.name } : null
    })

  app.post(
    '/device/approval',
    {
      config: { access: 'open' },
      schema: {
        tags,
        summary: 'For the page: let a device in as whoever is logged in in this browser, or refuse it',
        body: Type.Object({ code: UserCode, isAllowed: Type.Boolean() }, { additionalProperties: false }),
        response: { 200: Type.Object({ email: Type.String(), client: Type.String() }) },
      },
    },
    async (request, reply) => {
      const { caller, userId, sessionId } = await mustBe(request)
      const { code, isAllowed } = request.body
      const user = await told(caller)
      const waiting = await devices?.waiting(code)
      if (!waiting || !user) throw new Refusal('not-found', 'Nothing waits under this code (any more).')
      const isDone = isAllowed ? await devices!.approve(code, caller, userId) : await devices!.deny(code)
      if (!isDone) throw new Refusal('conflict', 'Somebody was quicker.')
      // A login in the browser is for one device.
      reply.header('set-cookie', await end(caller.tenant, sessionId))
      return { email: user.email, client: waiting.client }
    },
  )

  app.delete(
    '/device/login',
    {
      config: { access: 'open', changes: false },
      schema: { tags, summary: 'For the page: log out in this browser', response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { caller, sessionId } = await mustBe(request)
      return reply
        .header('set-cookie', await end(caller.tenant, sessionId))
        .code(204)
        .send(null)
    },
  )
}
