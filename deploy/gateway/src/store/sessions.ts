// Sessions of people, and the refresh tokens that keep them open: each token is used once.

import type { Role } from '../identity/roles.ts'
import type { Session } from './database.ts'

export interface LoginSession {
  readonly id: string
  readonly userId: string
  readonly client: string
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

const COLUMNS =
  'id, user_id AS "userId", client, created_at AS "createdAt", last_used_at AS "lastUsedAt",' +
  ' expires_at AS "expiresAt", revoked_at AS "revokedAt"'

export async function addSession(
  session: Session,
  tenant: string,
  { userId, client, expiresAt }: Pick<LoginSession, 'userId' | 'client' | 'expiresAt'>,
): Promise<LoginSession> {
  const [row] = await session.query<LoginSession>(
    `INSERT INTO sessions (tenant_id, user_id, client, expires_at) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [tenant, userId, client, expiresAt],
  )
  return row!
}

/** Of one person, or of all whom this session sees. Those that ended are left out. */
export function listSessions(session: Session, userId?: string): Promise<readonly LoginSession[]> {
  return session.query<LoginSession>(
    `SELECT ${COLUMNS} FROM sessions
     WHERE revoked_at IS NULL AND expires_at > now() AND ($1::uuid IS NULL OR user_id = $1)
     ORDER BY created_at, id`,
    [userId ?? null],
  )
}

/** With `userId`, only when it is that person's. */
export async function revokeSession(
  session: Session,
  id: string,
  userId?: string,
): Promise<LoginSession | undefined> {
  const [row] = await session.query<LoginSession>(
    `UPDATE sessions SET revoked_at = coalesce(revoked_at, now())
     WHERE id = $1 AND ($2::uuid IS NULL OR user_id = $2) RETURNING ${COLUMNS}`,
    [id, userId ?? null],
  )
  return row
}

export async function revokeSessionsOf(session: Session, userId: string): Promise<void> {
  await session.query('UPDATE sessions SET revoked_at = coalesce(revoked_at, now()) WHERE user_id = $1', [
    userId,
  ])
}

export interface OpenSession {
  readonly id: string
  readonly userId: string
  readonly role: Role
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly disabledAt: Date | null
}

/** A session with what decides whether it still counts. */
export async function findSession(session: Session, id: string): Promise<OpenSession | undefined> {
  const [row] = await session.query<OpenSession>(
    `SELECT s.id, s.user_id AS "userId", u.role, s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt",
       u.disabled_at AS "disabledAt"
     FROM sessions s JOIN users u ON u.id = s.user_id AND u.tenant_id = s.tenant_id WHERE s.id = $1`,
    [id],
  )
  return row
}

export async function touchSession(session: Session, id: string): Promise<void> {
  await session.query('UPDATE sessions SET last_used_at = now() WHERE id = $1', [id])
}

export async function addRefreshToken(
  session: Session,
  tenant: string,
  { digest, sessionId, expiresAt }: { digest: string; sessionId: string; expiresAt: Date },
): Promise<void> {
  await session.query(
    'INSERT INTO refresh_tokens (digest, tenant_id, session_id, expires_at) VALUES ($1, $2, $3, $4)',
    [digest, tenant, sessionId, expiresAt],
  )
}

export interface StoredRefreshToken {
  readonly tenant: string
  readonly sessionId: string
  readonly expiresAt: Date
}

/** As the system: whose it is, is not known before. */
export async function findRefreshToken(
  session: Session,
  digest: string,
): Promise<StoredRefreshToken | undefined> {
  const [row] = await session.query<StoredRefreshToken>(
    `SELECT tenant_id AS tenant, session_id AS "sessionId", expires_at AS "expiresAt"
     FROM refresh_tokens WHERE digest = $1`,
    [digest],
  )
  return row
}

/** False when somebody used it before: of two who try at once, one is told so. */
export async function useRefreshToken(session: Session, digest: string): Promise<boolean> {
  const rows = await session.query(
    'UPDATE refresh_tokens SET used_at = now() WHERE digest = $1 AND used_at IS NULL RETURNING digest',
    [digest],
  )
  return rows.length > 0
}
