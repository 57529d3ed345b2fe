// Signing keys as they are kept: the public half for everybody, the private one sealed. Only the system sees them.

import type { JWK } from 'jose'
import type { Session } from './database.ts'
import { LOCKS } from './locks.ts'

export interface StoredSigningKey {
  readonly kid: string
  readonly publicKey: JWK
  readonly sealedKey: string
  readonly createdAt: Date
}

export async function lockSigningKeys(session: Session): Promise<void> {
  await session.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.signingKeys])
}

/** The newest first. */
export function listSigningKeys(session: Session): Promise<readonly StoredSigningKey[]> {
  return session.query<StoredSigningKey>(
    `SELECT kid, public_key AS "publicKey", sealed_key AS "sealedKey", created_at AS "createdAt"
     FROM signing_keys ORDER BY created_at DESC, kid`,
  )
}

export async function addSigningKey(
  session: Session,
  { kid, publicKey, sealedKey, createdAt }: StoredSigningKey,
): Promise<void> {
  await session.query(
    'INSERT INTO signing_keys (kid, public_key, sealed_key, created_at) VALUES ($1, $2, $3, $4)',
    [kid, JSON.stringify(publicKey), sealedKey, createdAt],
  )
}

export async function dropSigningKeys(session: Session, before: Date): Promise<void> {
  await session.query('DELETE FROM signing_keys WHERE created_at < $1', [before])
}
