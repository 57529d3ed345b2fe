// API keys as they are kept: never their text.

import type { NewKey } from '../identity/api-key.ts'
import type { Role } from '../identity/roles.ts'
import type { Scope } from '../identity/scopes.ts'
import type { Session } from './database.ts'

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: readonly Scope[]
  /** From where it may be used: addresses and networks; null: from anywhere. */
  readonly addresses: readonly string[] | null
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

/** A key and whose it is, for who checks it. */
export interface StoredKey extends ApiKey {
  readonly tenant: string
  readonly userId: string | null
  readonly digest: string
  /** Of the person whose key it is. */
  readonly role: Role | null
  readonly disabledAt: Date | null
}

export interface KeyWishes {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt?: Date
  readonly userId?: string
  readonly addresses?: readonly string[]
}

const COLUMNS =
  'id, name, prefix, scopes, addresses, created_at AS "createdAt", expires_at AS "expiresAt",' +
  ' last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"'

export async function addKey(
  session: Session,
  tenant: string,
  { prefix, digest }: NewKey,
  { name, scopes, expiresAt, userId, addresses }: KeyWishes,
): Promise<ApiKey> {
  const [row] = await session.query<ApiKey>(
    `INSERT INTO api_keys (tenant_id, user_id, name, prefix, digest, scopes, expires_at, addresses)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [tenant, userId ?? null, name, prefix, digest, scopes, expiresAt ?? null, addresses ?? null],
  )
  return row!
}

export function listKeys(session: Session): Promise<readonly ApiKey[]> {
  return session.query<ApiKey>(`SELECT ${COLUMNS} FROM api_keys ORDER BY created_at, id`)
}

/** Undefined when this session sees no such key. A key that was revoked stays revoked since then. */
export async function revokeKey(session: Session, id: string): Promise<ApiKey | undefined> {
  const [row] = await session.query<ApiKey>(
    `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  )
  return row
}

/** As the system: who calls is not known before. */
export async function findKey(session: Session, prefix: string): Promise<StoredKey | undefined> {
  const [row] = await session.query<StoredKey>(
    `SELECT k.*, u.role, u.disabled_at AS "disabledAt"
     FROM (SELECT ${COLUMNS}, tenant_id AS tenant, user_id AS "userId", digest FROM api_keys WHERE prefix = $1) k
     LEFT JOIN users u ON u.id = k."userId" AND u.tenant_id = k.tenant`,
    [prefix],
  )
  return row
}

export async function touchKey(session: Session, id: string): Promise<void> {
  await session.query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [id])
}

/** As the system: whether anybody could call at all. */
export async function hasKeys(session: Session): Promise<boolean> {
  const [row] = await session.query<{ found: boolean }>('SELECT EXISTS (SELECT FROM api_keys) AS found')
  return row!.found
}
