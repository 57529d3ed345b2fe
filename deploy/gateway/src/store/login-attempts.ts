// Logins that have begun with the provider and not ended. All of it is the system's: such a login is nobody's.

import type { Session } from './database.ts'

export interface LoginAttempt {
  /** Of the browser that began it, as a digest. */
  readonly browser: string
  readonly sealed: string
  /** Of the device that waits for it. */
  readonly userCode: string | null
}

export async function addLoginAttempt(
  session: Session,
  attempt: LoginAttempt & { readonly digest: string; readonly expiresAt: Date },
): Promise<void> {
  // What nobody ended in time is gone with the next one that begins.
  await session.query('DELETE FROM login_attempts WHERE expires_at < now()')
  await session.query(
    'INSERT INTO login_attempts (digest, browser, sealed, user_code, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [attempt.digest, attempt.browser, attempt.sealed, attempt.userCode, attempt.expiresAt],
  )
}

/** It counts once: of two who come at once, one gets it. */
export async function takeLoginAttempt(session: Session, digest: string): Promise<LoginAttempt | undefined> {
  const [row] = await session.query<LoginAttempt & { isLate: boolean }>(
    `DELETE FROM login_attempts WHERE digest = $1
     RETURNING browser, sealed, user_code AS "userCode", expires_at <= now() AS "isLate"`,
    [digest],
  )
  return row && !row.isLate ? row : undefined
}
