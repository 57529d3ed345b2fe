// Devices that wait to be approved. All of it is the system's: until somebody approves it, such a login is nobody's.

import type { Session } from './database.ts'

export interface DeviceLogin {
  readonly userCode: string
  readonly client: string
  readonly expiresAt: Date
  readonly polledAt: Date | null
  readonly deniedAt: Date | null
  readonly tenant: string | null
  readonly userId: string | null
}

const COLUMNS =
  'user_code AS "userCode", client, expires_at AS "expiresAt", polled_at AS "polledAt",' +
  ' denied_at AS "deniedAt", tenant_id AS tenant, user_id AS "userId"'

export async function addDeviceLogin(
  session: Session,
  login: { digest: string; userCode: string; client: string; expiresAt: Date },
): Promise<void> {
  // What nobody approved in time is gone with the next one that begins.
  await session.query('DELETE FROM device_logins WHERE expires_at < now()')
  await session.query(
    'INSERT INTO device_logins (digest, user_code, client, expires_at) VALUES ($1, $2, $3, $4)',
    [login.digest, login.userCode, login.client, login.expiresAt],
  )
}

/** Held until the transaction ends: of two who ask at once, one gets the tokens. */
export async function findDeviceLogin(session: Session, digest: string): Promise<DeviceLogin | undefined> {
  const [row] = await session.query<DeviceLogin>(
    `SELECT ${COLUMNS} FROM device_logins WHERE digest = $1 FOR UPDATE`,
    [digest],
  )
  return row
}

export async function findWaitingDevice(
  session: Session,
  userCode: string,
): Promise<DeviceLogin | undefined> {
  const [row] = await session.query<DeviceLogin>(
    `SELECT ${COLUMNS} FROM device_logins
     WHERE user_code = $1 AND expires_at > now() AND denied_at IS NULL AND user_id IS NULL`,
    [userCode],
  )
  return row
}

/** False when there is none that still waits. */
export async function approveDevice(
  session: Session,
  userCode: string,
  tenant: string,
  userId: string,
): Promise<boolean> {
  const rows = await session.query(
    `UPDATE device_logins SET tenant_id = $2, user_id = $3
     WHERE user_code = $1 AND expires_at > now() AND denied_at IS NULL AND user_id IS NULL RETURNING user_code`,
    [userCode, tenant, userId],
  )
  return rows.length > 0
}

export async function denyDevice(session: Session, userCode: string): Promise<boolean> {
  const rows = await session.query(
    `UPDATE device_logins SET denied_at = now()
     WHERE user_code = $1 AND expires_at > now() AND denied_at IS NULL AND user_id IS NULL RETURNING user_code`,
    [userCode],
  )
  return rows.length > 0
}

export async function notePoll(session: Session, digest: string, at: Date): Promise<void> {
  await session.query('UPDATE device_logins SET polled_at = $2 WHERE digest = $1', [digest, at])
}

export async function dropDeviceLogin(session: Session, digest: string): Promise<void> {
  await session.query('DELETE FROM device_logins WHERE digest = $1', [digest])
}
