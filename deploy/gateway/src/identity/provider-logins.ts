// A login with the provider, from the page that asks for it back to that page: begun in one browser, ended once, in the same one.

import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { addLoginAttempt, takeLoginAttempt } from '../store/login-attempts.ts'
import { LoginRefused } from './login-problem.ts'
import type { Logins } from './logins.ts'
import { digestOf, newToken } from './opaque-token.ts'
import type { LoginSecrets, Provider } from './provider.ts'
import { identify } from './provider-people.ts'
import { personOf } from './provider-person.ts'
import type { Seal } from './seal.ts'

export interface ProviderLogins {
  /** As people know it. */
  readonly providerName: string
  /** Rejects with `LoginRefused` when the provider cannot be reached. */
  begin(redirectUri: string, options?: BeginOptions): Promise<BegunLogin>
  /** `browser` is what `begin` gave to the browser that comes back; absent: nothing was. */
  finish(callback: URL, browser: string | undefined): Promise<FinishedLogin>
}

export interface BeginOptions {
  /** Of the device that waits for it. */
  readonly userCode?: string | undefined
  /** Whether whom the provider knows already has to prove it anew, or be somebody else. */
  readonly isFresh?: boolean | undefined
}

export interface BegunLogin {
  /** Where the browser goes. */
  readonly url: URL
  /** What it shows when it comes back. */
  readonly browser: string
}

export interface FinishedLogin {
  /** Of the device that waits; known only to who began this login. */
  readonly userCode?: string
  /** An access token that lives as long as somebody needs to look at a page, or why there is none. */
  readonly outcome: { readonly token: string } | LoginRefused
}

export interface ProviderLoginOptions {
  readonly provider: Provider
  readonly demands: Config['oidc']
  readonly database: Database
  readonly logins: Logins
  readonly seal: Seal
  readonly now: () => number
  /** Told of somebody who is another role now, so that nobody believes in the old one. */
  readonly changed: (user: string) => void
}

/** Time to find the phone that the provider wants to see. */
export const ATTEMPT_SECONDS = 600
/** Of the browser: as long as a device waits. It approves one, and is over. */
export const BROWSER_SECONDS = 600

export function providerLogins(options: ProviderLoginOptions): ProviderLogins {
  const { provider, demands, database, logins, seal, now, changed } = options

  const tokenFor = async (callback: URL, state: string, secrets: LoginSecrets): Promise<string> => {
    const person = personOf(await provider.finish(callback, state, secrets), demands, now())
    const { known, grant } = await database.asSystem(async session => {
      const known = await identify(session, person)
      const { tenant, userId } = known
      const login = { tenant, userId, client: 'browser', seconds: BROWSER_SECONDS }
      return { known, grant: await logins.open(session, login) }
    })
    if (known.isChanged) changed(known.userId)
    return (await grant()).access_token
  }

  const opened = (sealed: string): LoginSecrets => {
    try {
      return JSON.parse(seal.open(sealed)) as LoginSecrets
    } catch (error) {
      throw new LoginRefused('expired', 'it began before the secret of this endpoint changed', {
        cause: error,
      })
    }
  }

  return {
    providerName: provider.name,

    async begin(redirectUri, { userCode, isFresh = false } = {}) {
      const { url, state, secrets } = await provider.begin(redirectUri, isFresh)
      const browser = newToken('cab')
      await database.asSystem(session =>
        addLoginAttempt(session, {
          digest: digestOf(state),
          browser: browser.digest,
          sealed: seal.seal(JSON.stringify(secrets)),
          userCode: userCode ?? null,
          expiresAt: new Date(now() + ATTEMPT_SECONDS * 1000),
        }),
      )
      return { url, browser: browser.text }
    },

    async finish(callback, browser) {
      const state = callback.searchParams.get('state') ?? ''
      const attempt = await database.asSystem(session => takeLoginAttempt(session, digestOf(state)))
      // A link that somebody else began logs nobody in: they would act as that other one and not know it.
      if (!attempt || browser === undefined || attempt.browser !== digestOf(browser))
        return { outcome: new LoginRefused('expired', 'no such login began in this browser') }
      const userCode = attempt.userCode === null ? {} : { userCode: attempt.userCode }
      try {
        return { ...userCode, outcome: { token: await tokenFor(callback, state, opened(attempt.sealed)) } }
      } catch (error) {
        if (error instanceof LoginRefused) return { ...userCode, outcome: error }
        throw error
      }
    },
  }
}
