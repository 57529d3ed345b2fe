// Logging in with the company's provider, in a browser: there and back, with nothing that a link could choose but the device that waits.

import type { FastifyBaseLogger } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { browserCookie } from '../identity/browser-cookie.ts'
import { type LoginProblem, LoginRefused } from '../identity/login-problem.ts'
import { ATTEMPT_SECONDS, BROWSER_SECONDS } from '../identity/provider-logins.ts'
import type { Parts } from '../parts.ts'
import { UserCode } from './shapes.ts'

const tags = ['identity']
export const CALLBACK_PATH = '/login/callback'

export function addLoginRoutes(
  app: App,
  { people, config, metrics }: Pick<Parts, 'people' | 'config' | 'metrics'>,
): void {
  const publicUrl = () => config.http.publicUrl ?? app.listeningOrigin
  const attempts = () => browserCookie('login', publicUrl())
  const refused = ({ problem, message }: LoginRefused, log: FastifyBaseLogger) => {
    metrics.logins.add({ outcome: problem })
    log.warn({ problem, detail: message }, 'login')
    return problem
  }
  const page = (fields: Readonly<Record<string, string | undefined>>) => {
    const given = Object.entries(fields).filter((it): it is [string, string] => it[1] !== undefined)
    const query = new URLSearchParams(given)
    return `${publicUrl()}/device${query.size > 0 ? `?${query}` : ''}`
  }

  app.get(
    '/login',
    {
      config: { access: 'open', changes: true },
      schema: {
        tags,
        summary: 'For a browser: to the provider, to log in there',
        querystring: Type.Object(
          // `fresh`: to be somebody else there, or to prove it again.
          { code: Type.Optional(UserCode), fresh: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
        response: { 303: Type.Null() },
      },
    },
    async ({ query: { code, fresh }, log }, reply) => {
      const { provider } = people ?? {}
      if (!provider) throw new Refusal('not-found', 'Logins with a provider are not set up here.')
      reply.header('referrer-policy', 'no-referrer')
      try {
        const { url, browser } = await provider.begin(publicUrl() + CALLBACK_PATH, {
          userCode: code,
          isFresh: fresh,
        })
        reply.header('set-cookie', attempts().write(browser, { sameSite: 'Lax', seconds: ATTEMPT_SECONDS }))
        return reply.redirect(url.href, 303)
      } catch (error) {
        if (!(error instanceof LoginRefused)) throw error
        return reply.redirect(page({ code, problem: refused(error, log) }), 303)
      }
    },
  )

  app.get(
    CALLBACK_PATH,
    {
      // It may make somebody known who was not.
      config: { access: 'open', changes: true },
      schema: {
        tags,
        summary: 'For a browser: back from the provider',
        querystring: Type.Object({ state: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: { 303: Type.Null() },
      },
    },
    async ({ headers, raw, log }, reply) => {
      const { provider } = people ?? {}
      if (!provider) throw new Refusal('not-found', 'Logins with a provider are not set up here.')
      // What it looks like from outside: what stands in front of this endpoint may have changed the rest.
      const callback = new URL(publicUrl() + CALLBACK_PATH)
      callback.search = new URL(raw.url ?? '', publicUrl()).search
      const { userCode, outcome } = await provider.finish(callback, attempts().read(headers))
      const cookies = [attempts().write('', { sameSite: 'Lax', seconds: 0 })]
      let problem: LoginProblem | undefined
      if (outcome instanceof LoginRefused) problem = refused(outcome, log)
      else {
        metrics.logins.add({ outcome: 'in' })
        const own = browserCookie('browser', publicUrl())
        cookies.push(own.write(outcome.token, { sameSite: 'Strict', seconds: BROWSER_SECONDS }))
      }
      return reply
        .headers({ 'set-cookie': cookies, 'referrer-policy': 'no-referrer' })
        .redirect(page({ code: userCode, problem }), 303)
    },
  )
}
