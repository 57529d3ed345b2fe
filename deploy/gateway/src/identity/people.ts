// How people log in, put together: absent where the operator gave no secret to seal signing keys with.

import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { type AccessTokens, accessTokens } from './access-tokens.ts'
import { type Logins, logins } from './logins.ts'
import { openProvider } from './provider.ts'
import { type ProviderLogins, providerLogins } from './provider-logins.ts'
import { sealWith } from './seal.ts'
import { type SigningKeys, signingKeys } from './signing-keys.ts'
import { type TokenAuthenticator, tokenAuthenticator } from './token-authenticator.ts'

export interface People {
  readonly authenticator: TokenAuthenticator
  readonly logins: Logins
  readonly keys: SigningKeys
  readonly tokens: AccessTokens
  /** Absent: nobody logs in with a provider. */
  readonly provider?: ProviderLogins
}

export interface PeopleOptions {
  readonly config: Config
  readonly secret: string
  readonly database: Database
  readonly now: () => number
  /** Told of somebody who is another role now. */
  readonly changed: (user: string) => void
}

export function openPeople({ config, secret, database, now, changed }: PeopleOptions): People {
  const { issuer, tokenSeconds, sessionDays } = config.identity
  const keys = signingKeys({ database, seal: sealWith(secret, 'signing keys'), now })
  const tokens = accessTokens({ keys, issuer, seconds: tokenSeconds, now })
  const authenticator = tokenAuthenticator({ database, tokens, now })
  const ended = (session: string) => authenticator.forget(session)
  const sessions = logins({ database, tokens, sessionDays, now, ended })
  const own = { authenticator, keys, tokens, logins: sessions }
  const provider = openProvider(config, now)
  if (!provider) return own
  const all = (user: string) => {
    authenticator.forgetUser(user)
    changed(user)
  }
  const seal = sealWith(secret, 'login attempts')
  const options = { provider, demands: config.oidc, database, logins: sessions, seal, now, changed: all }
  return { ...own, provider: providerLogins(options) }
}
