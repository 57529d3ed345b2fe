// Sessions of people: opened when they proved who they are, kept open by tokens that are each used once, ended when one comes twice.

import { record } from '../store/audit.ts'
import type { Database, Session } from '../store/database.ts'
import {
  addRefreshToken,
  addSession,
  findRefreshToken,
  findSession,
  type OpenSession,
  revokeSession,
  touchSession,
  useRefreshToken,
} from '../store/sessions.ts'
import type { AccessTokens } from './access-tokens.ts'
import { digestOf, newToken } from './opaque-token.ts'

/** What a client of OAuth gets (RFC 6749, 5.1). */
export interface Grant {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly refresh_token: string
}

export interface Person {
  readonly tenant: string
  readonly userId: string
  /** What they call the computer or the program. */
  readonly client: string
  /** So long it lasts at most; absent: as long as the operator lets sessions last. */
  readonly seconds?: number
}

export interface Logins {
  /** In the transaction of what proved who it is. Gives back what makes the tokens, once that is over. */
  open(session: Session, person: Person): Promise<() => Promise<Grant>>
  /** Undefined when the token is not valid, for whatever reason. */
  refresh(token: string): Promise<Grant | undefined>
  /** Whoever has a token may end its session: it is never an error (RFC 7009). */
  end(token: string): Promise<void>
}

export interface LoginOptions {
  readonly database: Database
  readonly tokens: AccessTokens
  readonly sessionDays: number
  readonly now: () => number
  /** Told of a session that ended, so that nobody believes in it any longer. */
  readonly ended: (session: string) => void
}

const DAY_MS = 86_400_000
/** A session that nobody used for so long is over. */
const IDLE_MS = 14 * DAY_MS

export function logins({ database, tokens, sessionDays, now, ended }: LoginOptions): Logins {
  /** Never lives longer than its session. */
  const nextToken = async (session: Session, tenant: string, id: string, until: Date) => {
    const { text, digest } = newToken('car')
    const expiresAt = new Date(Math.min(until.getTime(), now() + IDLE_MS))
    await addRefreshToken(session, tenant, { digest, sessionId: id, expiresAt })
    return text
  }

  const granted = async (tenant: string, user: string, session: string, refresh: string): Promise<Grant> => {
    const { text, seconds } = await tokens.sign({ tenant, user, session })
    return { access_token: text, token_type: 'Bearer', expires_in: seconds, refresh_token: refresh }
  }

  return {
    async open(session, { tenant, userId, client, seconds }) {
      const expiresAt = new Date(now() + (seconds === undefined ? sessionDays * DAY_MS : seconds * 1000))
      const { id } = await addSession(session, tenant, { userId, client, expiresAt })
      const refresh = await nextToken(session, tenant, id, expiresAt)
      await record(session, tenant, {
        actor: `user:${userId}`,
        action: 'session.open',
        target: id,
        details: { client },
      })
      return () => granted(tenant, userId, id, refresh)
    },

    async refresh(token) {
      const digest = digestOf(token)
      const found = await database.asSystem(session => findRefreshToken(session, digest))
      if (!found || found.expiresAt.getTime() <= now()) return undefined
      const { tenant, sessionId } = found
      // What it finds out is written down though the caller is refused: nothing in here throws for that.
      const next = await database.asTenant(tenant, async session => {
        const own = await findSession(session, sessionId)
        if (!own || !isOpen(own, now())) return undefined
        if (!(await useRefreshToken(session, digest))) {
          await revokeSession(session, sessionId)
          await record(session, tenant, {
            actor: `user:${own.userId}`,
            action: 'session.reuse',
            target: sessionId,
          })
          return undefined
        }
        await touchSession(session, sessionId)
        return { userId: own.userId, text: await nextToken(session, tenant, sessionId, own.expiresAt) }
      })
      if (next) return granted(tenant, next.userId, sessionId, next.text)
      ended(sessionId)
      return undefined
    },

    async end(token) {
      const found = await database.asSystem(session => findRefreshToken(session, digestOf(token)))
      if (!found) return
      const { tenant, sessionId } = found
      await database.asTenant(tenant, async session => {
        const own = await findSession(session, sessionId)
        if (!own || own.revokedAt) return
        await revokeSession(session, sessionId)
        await record(session, tenant, {
          actor: `user:${own.userId}`,
          action: 'session.end',
          target: sessionId,
        })
      })
      ended(sessionId)
    },
  }
}

export function isOpen({ expiresAt, revokedAt, disabledAt }: OpenSession, now: number): boolean {
  return revokedAt === null && disabledAt === null && expiresAt.getTime() > now
}
