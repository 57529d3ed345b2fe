// A real OpenID provider on a real port, where a test says who logs in and how; and as much of a browser as a login needs.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type ClientMetadata, type KoaContextWithOIDC } from 'oidc-provider'

/** What the provider knows of somebody. */
export interface Account {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: unknown
  readonly name?: string
  readonly groups?: readonly string[]
  readonly org?: string
  /** How they prove who they are. */
  readonly amr?: readonly string[]
  readonly acr?: string
}

export interface TestProvider {
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  /** Who logs in from now on; undefined: somebody who changes their mind. */
  account: Account | undefined
  /** What it says its keys are; undefined: the truth. */
  keys: object | undefined
  close(): Promise<void>
}

/** One that has no secret: it proves by its verifier only that it is who began. */
export const PUBLIC_CLIENT = 'codeant-public'

const CLIENT = {
  // Of a program on this computer any port is taken (RFC 8252, 7.3).
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/login/callback'],
  grant_types: ['authorization_code'],
  response_types: ['code'],
} as const satisfies Partial<ClientMetadata>

export async function startProvider(port = 0): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { id: 'codeant', secret: 'of-a-test' }
  const accounts = new Map<string, Account>()
  const own: Pick<TestProvider, 'account' | 'keys'> = { account: undefined, keys: undefined }

  const provider = new Provider(issuer, {
    clients: [
      { ...CLIENT, client_id: client.id, client_secret: client.secret },
      { ...CLIENT, client_id: PUBLIC_CLIENT, token_endpoint_auth_method: 'none' },
    ],
    pkce: { required: () => true },
    acrValues: ['urn:example:strong'],
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
      groups: ['groups', 'org'],
      amr: null,
      acr: null,
      auth_time: null,
    },
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['of-a-test'] },
    findAccount: (_, id) => {
      const { sub, amr: _amr, acr: _acr, ...claims } = accounts.get(id) ?? { sub: id }
      return { accountId: id, claims: () => ({ sub, ...claims }) }
    },
    loadExistingGrant: async ({ oidc }: KoaContextWithOIDC) => {
      const grant = new provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid email profile groups')
      await grant.save()
      return grant
    },
  })

  const respond = provider.callback()
  server.on('request', async (request, response) => {
    const { pathname } = new URL(request.url!, issuer)
    if (pathname === '/jwks' && own.keys) return response.end(JSON.stringify(own.keys))
    if (!pathname.startsWith('/interaction/')) return respond(request, response)
    if (!own.account) return provider.interactionFinished(request, response, { error: 'access_denied' })
    const { sub, amr, acr } = own.account
    accounts.set(sub, own.account)
    const login = { accountId: sub, ...(amr && { amr: [...amr] }), ...(acr && { acr }) }
    return provider.interactionFinished(request, response, { login, consent: {} })
  })

  return Object.assign(own, {
    issuer,
    client,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** Keeps cookies as a browser does, by host and port, and follows a redirection when it is told to. */
export class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>()

  cookies(url: string): Map<string, string> {
    const { host } = new URL(url)
    const own = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, own)
    return own
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookies = this.cookies(url)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, ...(cookie && { cookie }) }
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const it of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(it)!
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(it)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    return answer
  }

  /** Where it would go next. */
  async next(url: string): Promise<string> {
    const answer = await this.fetch(url)
    const location = answer.headers.get('location')
    if (!location) throw new Error(`${answer.status} of ${url}: ${await answer.text()}`)
    return new URL(location, url).href
  }

  /** Goes on until an address is as is wanted, and not there itself. */
  async until(url: string, isWanted: (url: string) => boolean): Promise<string> {
    let at = url
    for (let i = 0; i < 10; i++) {
      if (isWanted(at)) return at
      at = await this.next(at)
    }
    throw new Error(`still on its way: ${at}`)
  }
}
