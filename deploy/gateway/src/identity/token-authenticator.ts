// Access tokens as a way to prove who one is. The signature says which session; the session says whether it still counts, and as whom.

import type { Database } from '../store/database.ts'
import { findSession, type OpenSession } from '../store/sessions.ts'
import { type AccessTokens, looksLikeToken } from './access-tokens.ts'
import type { Authenticator } from './caller.ts'
import { isOpen } from './logins.ts'
import { scopesOf } from './roles.ts'

export interface TokenAuthenticator extends Authenticator {
  /** A session that this process ended or changed is looked up anew at once. */
  forget(session: string): void
  /** The same for whoever was changed. */
  forgetUser(user: string): void
}

/** As with keys: a session that was ended through another instance lives so long. */
const BELIEVED_MS = 5000
const MOST_KNOWN = 10_000

export interface TokenAuthenticatorOptions {
  readonly database: Database
  readonly tokens: AccessTokens
  readonly now: () => number
}

export function tokenAuthenticator(options: TokenAuthenticatorOptions): TokenAuthenticator {
  const { database, tokens, now } = options
  const known = new Map<string, { readonly session: OpenSession; readonly at: number }>()

  const find = async (tenant: string, id: string): Promise<OpenSession | undefined> => {
    const remembered = known.get(id)
    if (remembered && now() - remembered.at < BELIEVED_MS) return remembered.session
    const session = await database.asTenant(tenant, it => findSession(it, id))
    known.delete(id)
    if (!session) return undefined
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!)
    known.set(id, { session, at: now() })
    return session
  }

  return {
    name: 'access-token',

    async authenticate(credentials) {
      if (!looksLikeToken(credentials)) return undefined
      const subject = await tokens.verify(credentials)
      if (!subject) return undefined
      const { tenant, user } = subject
      const session = await find(tenant, subject.session)
      if (!session || session.userId !== user || !isOpen(session, now())) return undefined
      return {
        tenant,
        actor: `user:${user}`,
        scopes: scopesOf(session.role),
        userId: user,
        sessionId: session.id,
      }
    },

    forget(session) {
      known.delete(session)
    },

    forgetUser(user) {
      for (const [id, { session }] of known) if (session.userId === user) known.delete(id)
    },
  }
}
