// Who may call a route. Every route has to say it, or the gateway does not start.

import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { isAmong } from '../identity/addresses.ts'
import { type Authenticator, type Caller, credentialsOf } from '../identity/caller.ts'
import { allows, type Scope } from '../identity/scopes.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that the caller needs; `open` needs no caller, `known` any. */
    access?: Scope | 'open' | 'known'
  }
  interface FastifyRequest {
    /** Only behind a route that is not open. */
    caller: Caller
  }
  interface FastifyInstance {
    /** Every route there is, and who may call it: for whoever describes or checks them all. */
    routeAccess: readonly RouteAccess[]
  }
}

export interface RouteAccess {
  readonly method: string
  /** The template. */
  readonly url: string
  readonly access: Scope | 'open' | 'known'
}

/** `refused` is told of everybody who could not prove who they are, and may say more than that. */
export function addAccess(
  app: App,
  authenticators: readonly Authenticator[],
  refused: (request: FastifyRequest) => Promise<void>,
): void {
  app.decorateRequest('caller', undefined as unknown as Caller)

  const routes: RouteAccess[] = []
  app.decorate('routeAccess', routes)
  app.addHook('onRoute', ({ url, method, config }) => {
    const access = config?.access
    if (access === undefined) throw new Error(`${String(method)} ${url} does not say who may call it`)
    for (const it of [method].flat()) routes.push({ method: it, url, access })
  })

  app.addHook('onRequest', async request => {
    const access = request.routeOptions.config?.access
    // No route: what is not there is no secret.
    if (access === undefined || access === 'open') return
    const credentials = credentialsOf(request.headers)
    const caller = credentials && (await whoIs(credentials, authenticators))
    if (!caller) {
      await refused(request)
      throw new Refusal('unauthenticated')
    }
    if (caller.addresses && !isAmong(caller.addresses, request.ip))
      throw new Refusal('forbidden', 'This key may not be used from this address.')
    if (access !== 'known' && !allows(caller.scopes, access))
      throw new Refusal('forbidden', `This caller lacks the scope "${access}".`)
    request.caller = caller
  })
}

async function whoIs(
  credentials: string,
  authenticators: readonly Authenticator[],
): Promise<Caller | undefined> {
  for (const it of authenticators) {
    const caller = await it.authenticate(credentials)
    if (caller) return caller
  }
  return undefined
}
