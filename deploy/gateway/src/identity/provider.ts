// The provider with which people log in (OpenID Connect): authorization code with PKCE, state and nonce. Only this file speaks with it.

import * as client from 'openid-client'
import type { Config } from '../config.ts'
import { LoginRefused } from './login-problem.ts'

export type Claims = Readonly<Record<string, unknown>>

/** What has to come back, and what nobody but this endpoint may know. */
export interface LoginSecrets {
  readonly nonce: string
  readonly verifier: string
}

/** What the provider says of somebody. Rejects only with `LoginRefused`. */
export interface ProviderAnswer {
  /** Signed, and about this login: when and how it was done. */
  readonly token: Claims & { readonly iss: string; readonly sub: string }
  /** About the person: those of the token, and of what the provider was asked beyond it. */
  readonly person: Claims
}

export interface Provider {
  /** As people know it: the host of its address. */
  readonly name: string
  /** Where a browser has to go. `isFresh`: to prove it anew there, or as somebody else, though the provider knows who it is. */
  begin(
    redirectUri: string,
    isFresh: boolean,
  ): Promise<{ readonly url: URL; readonly state: string; readonly secrets: LoginSecrets }>
  /** `callback` is where it came back, with all that the provider added. */
  finish(callback: URL, state: string, secrets: LoginSecrets): Promise<ProviderAnswer>
}

/** Somebody waits in front of a browser. */
const TIMEOUT_SECONDS = 10
/** What the provider says of itself is asked again after this; its keys are, whenever one is not known. */
const BELIEVED_MS = 3_600_000

/** Asks nothing before somebody logs in: a provider that is down keeps no gateway from starting. */
export function openProvider({ oidc }: Config, now: () => number): Provider | undefined {
  const { issuer, clientId } = oidc
  if (issuer === undefined || clientId === undefined) return undefined
  const address = new URL(issuer)
  const verified = ['email', oidc.verifiedClaim]
  const wanted = [
    ...verified,
    ...(oidc.roles.length > 0 ? [oidc.roleClaim] : []),
    ...(oidc.teamClaim === undefined ? [] : [oidc.teamClaim]),
  ]
  let known: { readonly at: number; readonly server: Promise<client.Configuration> } | undefined

  const discovered = (): Promise<client.Configuration> => {
    if (known && now() - known.at < BELIEVED_MS) return known.server
    const asked = { at: now(), server: discover(address, clientId, oidc.clientSecret) }
    known = asked
    asked.server.catch(() => {
      if (known === asked) known = undefined
    })
    return asked.server
  }

  return {
    name: address.host,

    async begin(redirectUri, isFresh) {
      const server = await understood(discovered())
      const state = client.randomState()
      const secrets = { nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
      const { acr, maxAge } = oidc
      const claims = server.serverMetadata().claims_parameter_supported ? demanded(oidc) : undefined
      const url = client.buildAuthorizationUrl(server, {
        redirect_uri: redirectUri,
        scope: oidc.scopes,
        state,
        nonce: secrets.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
        ...(isFresh && { prompt: 'login' }),
        ...(acr.length > 0 && { acr_values: acr.join(' ') }),
        ...(maxAge !== undefined && { max_age: String(maxAge) }),
        ...(claims && { claims: JSON.stringify({ id_token: claims }) }),
      })
      return { url, state, secrets }
    },

    async finish(callback, state, { nonce, verifier }) {
      const server = await understood(discovered())
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier }
      const tokens = await understood(
        client.authorizationCodeGrant(server, callback, { ...checks, idTokenExpected: true }),
      )
      const token = tokens.claims()!
      // Most put into the token what is wanted; who keeps tokens small tells the rest when asked.
      const isEnough = wanted.every(it => token[it] !== undefined)
      if (isEnough || !server.serverMetadata().userinfo_endpoint) return { token, person: token }
      const more = await understood(client.fetchUserInfo(server, tokens.access_token, token.sub))
      // An address and whether it was verified are said by one and the same.
      const said: Claims = verified.every(it => token[it] !== undefined) ? token : more
      return {
        token,
        person: { ...token, ...more, ...Object.fromEntries(verified.map(it => [it, said[it]])) },
      }
    },
  }
}

/** Some providers say how somebody logged in only when they are asked to. What they then say is looked at in `provider-person.ts`. */
function demanded({ amr, acr, maxAge }: Config['oidc']): Readonly<Record<string, null>> | undefined {
  const names = [
    ...(amr.length > 0 ? ['amr'] : []),
    ...(acr.length > 0 ? ['acr'] : []),
    ...(maxAge === undefined ? [] : ['auth_time']),
  ]
  return names.length > 0 ? Object.fromEntries(names.map(it => [it, null])) : undefined
}

function discover(issuer: URL, clientId: string, secret: string | undefined): Promise<client.Configuration> {
  return client.discovery(issuer, clientId, {}, authentication(secret), {
    timeout: TIMEOUT_SECONDS,
    execute: [
      // A signature is checked though the token came from the provider itself: what ends TLS in between is not believed.
      client.enableNonRepudiationChecks,
      // On this computer only: see `contradictions.ts`.
      ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  })
}

/** As the provider takes it; most take both. */
function authentication(secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None()
  const basic = client.ClientSecretBasic(secret)
  const post = client.ClientSecretPost(secret)
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported
    return !methods || methods.includes('client_secret_basic')
      ? basic(server, ...rest)
      : post(server, ...rest)
  }
}

async function understood<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    // Only the provider itself says these: the person changed their mind, or the provider theirs.
    if (error instanceof client.AuthorizationResponseError)
      throw new LoginRefused('refused', `the provider says ${named(error.error)}`, { cause: error })
    if (error instanceof client.ResponseBodyError && error.error === 'invalid_grant')
      throw new LoginRefused('expired', 'the provider does not take this code', { cause: error })
    throw new LoginRefused('provider', reasonOf(error as LibraryError), { cause: error })
  }
}

/** It came through an address: only what is a name is told. */
function named(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : 'something else'
}

interface LibraryError extends Error {
  readonly code?: string
  readonly cause?: { readonly claim?: string; readonly message?: string }
}

/** Which claim was wrong, and never what stood in it. */
function reasonOf({ code, message, cause }: LibraryError): string {
  return [code, message, cause?.claim ?? cause?.message].filter(Boolean).join(': ')
}
