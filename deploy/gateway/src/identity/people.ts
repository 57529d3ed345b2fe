// How people log in, put together: absent where the operator gave no secret to seal signing keys with.

import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { type AccessTokens, accessTokens } from './access-tokens.ts'
import { type Logins, logins } from './logins.ts'
import { sealWith } from './seal.ts'
import { type SigningKeys, signingKeys } from './signing-keys.ts'
import { type TokenAuthenticator, tokenAuthenticator } from './token-authenticator.ts'

export interface People {
  readonly authenticator: TokenAuthenticator
  readonly logins: Logins
  readonly keys: SigningKeys
  readonly tokens: AccessTokens
}

export function openPeople(
  { identity }: Config,
  secret: string,
  database: Database,
  now: () => number,
): People {
  const keys = signingKeys({ database, seal: sealWith(secret, 'signing keys'), now })
  const tokens = accessTokens({ keys, issuer: identity.issuer, seconds: identity.tokenSeconds, now })
  const authenticator = tokenAuthenticator({ database, tokens, now })
  const ended = (session: string) => authenticator.forget(session)
  const { sessionDays } = identity
  return { authenticator, keys, tokens, logins: logins({ database, tokens, sessionDays, now, ended }) }
}
