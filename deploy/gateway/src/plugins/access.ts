// Who may call a route. Every route has to say it, or the gateway does not start.

import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { isAmong } from '../identity/addresses.ts'
import { type Authenticator, type Caller, credentialsOf } from '../identity/caller.ts'
import { allows, type Scope } from '../identity/scopes.ts'
import { type Soon, whenKnown } from '../soon.ts'

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

  app.addHook('onRequest', (request, _, done) => {
    const access = request.route.config?.access
    // No route: what is not there is no secret.
    if (access === undefined || access === 'open') return done()
    const credentials = credentialsOf(request.headers)
    const admit = (caller: Caller | undefined): Refusal | undefined => {
      if (!caller) return new Refusal('unauthenticated')
      if (caller.addresses && !isAmong(caller.addresses, request.ip))
        return new Refusal('forbidden', 'This key may not be used from this address.')
      if (access !== 'known' && !allows(caller.scopes, access))
        return new Refusal('forbidden', `This caller lacks the scope "${access}".`)
      request.caller = caller
      return undefined
    }
    whenKnown(credentials === undefined ? undefined : whoIs(credentials, authenticators), admit, error => {
      if (error instanceof Refusal && error.code === 'unauthenticated')
        refused(request).then(() => done(error), done)
      else done(error)
    })
  })
}

/** Asked one after the other, beginning with `from`. */
function whoIs(
  credentials: string,
  authenticators: readonly Authenticator[],
  from = 0,
): Soon<Caller | undefined> {
  for (let at = from; at < authenticators.length; at++) {
    const caller = authenticators[at]!.authenticate(credentials)
    if (caller instanceof Promise) return caller.then(it => it ?? whoIs(credentials, authenticators, at + 1))
    if (caller) return caller
  }
  return undefined
}
