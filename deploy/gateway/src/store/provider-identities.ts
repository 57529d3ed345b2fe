// Who somebody is at the provider with which people log in. A subject there is one person here, for as long as it is bound.

import type { Session } from './database.ts'

export interface ProviderIdentity {
  readonly tenant: string
  readonly userId: string
  readonly disabledAt: Date | null
}

/** As the system: whose it is, is not known before. */
export async function useIdentity(
  session: Session,
  issuer: string,
  subject: string,
): Promise<ProviderIdentity | undefined> {
  const [row] = await session.query<ProviderIdentity>(
    `UPDATE provider_identities i SET last_login_at = now() FROM users u
     WHERE i.issuer = $1 AND i.subject = $2 AND u.id = i.user_id AND u.tenant_id = i.tenant_id
     RETURNING i.tenant_id AS tenant, i.user_id AS "userId", u.disabled_at AS "disabledAt"`,
    [issuer, subject],
  )
  return row
}

/** As the system. False: the person is bound to another subject, or the subject to another person. */
export async function bindIdentity(
  session: Session,
  identity: {
    readonly issuer: string
    readonly subject: string
    readonly tenant: string
    readonly userId: string
  },
): Promise<boolean> {
  const { issuer, subject, tenant, userId } = identity
  const rows = await session.query(
    `INSERT INTO provider_identities (issuer, subject, tenant_id, user_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING subject`,
    [issuer, subject, tenant, userId],
  )
  return rows.length > 0
}

export interface BoundIdentity {
  readonly issuer: string
  readonly subject: string
  readonly userId: string
  readonly createdAt: Date
  readonly lastLoginAt: Date
}

export function listIdentities(session: Session): Promise<readonly BoundIdentity[]> {
  return session.query<BoundIdentity>(
    `SELECT issuer, subject, user_id AS "userId", created_at AS "createdAt", last_login_at AS "lastLoginAt"
     FROM provider_identities ORDER BY created_at, subject`,
  )
}

/** How many were let go. */
export async function unbindIdentities(session: Session, userId: string): Promise<number> {
  const rows = await session.query('DELETE FROM provider_identities WHERE user_id = $1 RETURNING subject', [
    userId,
  ])
  return rows.length
}

export interface Acquaintance {
  readonly tenant: string
  /** Absent: they were invited and have not come yet. */
  readonly userId: string | null
  readonly disabledAt: Date | null
}

/** As the system: where somebody with this address belongs already or is waited for, in one tenant or in all. */
export function findAcquaintances(
  session: Session,
  email: string,
  tenant?: string,
): Promise<readonly Acquaintance[]> {
  return session.query<Acquaintance>(
    `SELECT tenant_id AS tenant, id AS "userId", disabled_at AS "disabledAt" FROM users
       WHERE lower(email) = lower($1) AND ($2::uuid IS NULL OR tenant_id = $2)
     UNION
     SELECT i.tenant_id, NULL, NULL FROM invitations i
       WHERE lower(i.email) = lower($1) AND ($2::uuid IS NULL OR i.tenant_id = $2)
         AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
         AND NOT EXISTS (SELECT FROM users u WHERE u.tenant_id = i.tenant_id AND lower(u.email) = lower($1))`,
    [email, tenant ?? null],
  )
}
