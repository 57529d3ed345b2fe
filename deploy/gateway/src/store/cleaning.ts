// What is over and is kept no longer: rows that nobody can use any more go, so many at a time, and of all instances one at a time.

import type { Database, Session } from './database.ts'
import { LOCKS } from './locks.ts'

export interface Retention {
  /** Sessions, their refresh tokens and logins of devices, after they ended. */
  readonly sessionDays: number
  readonly usageDays: number
  /** 0: for ever. */
  readonly auditDays: number
  /** Who was shut out, and invitations, after they ended. 0: for ever. */
  readonly personDays: number
}

export interface Cleaned {
  readonly table: string
  readonly rows: number
}

/** What a transaction takes away at most: one that takes away everything would hold up who wants to write meanwhile. */
const PIECE = 5000

/** Returns what went. What another instance is at, is left to it. */
export async function cleanUp(database: Database, retention: Retention): Promise<readonly Cleaned[]> {
  const cleaned: Cleaned[] = []
  for (const { days, ...cleanable } of TABLES) {
    const most = days(retention)
    if (most === 0) continue
    let rows = 0
    for (let gone = PIECE; gone === PIECE; rows += gone)
      gone = await database.asSystem(session => cleanPiece(session, cleanable, most))
    if (rows > 0) cleaned.push({ table: cleanable.table, rows })
  }
  return cleaned
}

/** What would go, or be forgotten, if it were cleaned up now. */
export async function whatIsOver(database: Database, retention: Retention): Promise<readonly Cleaned[]> {
  const found: Cleaned[] = []
  for (const { table, over, days } of TABLES) {
    const most = days(retention)
    if (most === 0) continue
    const [counted] = await database.asSystem(session =>
      session.query<{ rows: number }>(`SELECT count(*)::integer AS rows FROM ${table} WHERE ${over}`, [most]),
    )
    if (counted!.rows > 0) found.push({ table, rows: counted!.rows })
  }
  return found
}

interface Cleanable {
  readonly table: string
  readonly key: string
  /** `$1` is how many days. */
  readonly over: string
  /** What is forgotten of a row that stays; absent: it goes. */
  readonly forgotten?: string
}

const FORGOTTEN = "id || '@forgotten.invalid'"
const BEFORE = "now() - $1::integer * interval '1 day'"

const TABLES: readonly (Cleanable & { readonly days: (retention: Retention) => number })[] = [
  // A token that was used is kept until it would have ended: one that comes twice was stolen.
  { table: 'refresh_tokens', key: 'digest', over: `expires_at < ${BEFORE}`, days: it => it.sessionDays },
  {
    table: 'sessions',
    key: 'id',
    over: `expires_at < ${BEFORE} OR revoked_at < ${BEFORE}`,
    days: it => it.sessionDays,
  },
  { table: 'device_logins', key: 'digest', over: `expires_at < ${BEFORE}`, days: it => it.sessionDays },
  { table: 'usage', key: 'ctid', over: `day < (${BEFORE})::date`, days: it => it.usageDays },
  { table: 'model_days', key: 'ctid', over: `day < (${BEFORE})::date`, days: it => it.usageDays },
  // The database keeps ninety days, whatever a setting says.
  {
    table: 'audit',
    key: 'id',
    over: `at < least(${BEFORE}, now() - interval '90 days')`,
    days: it => it.auditDays,
  },
  {
    table: 'invitations',
    key: 'id',
    over: `least(expires_at, accepted_at, revoked_at) < ${BEFORE}`,
    days: it => it.personDays,
  },
  // The row stays, and who they are at the provider: who was shut out must not come in again as somebody new.
  {
    table: 'users',
    key: 'id',
    over: `disabled_at < ${BEFORE} AND email <> ${FORGOTTEN}`,
    forgotten: `email = ${FORGOTTEN}, name = ''`,
    days: it => it.personDays,
  },
]

async function cleanPiece(
  session: Session,
  { table, key, over, forgotten }: Cleanable,
  days: number,
): Promise<number> {
  const [held] = await session.query<{ ours: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS ours', [
    LOCKS.cleaning,
  ])
  if (!held!.ours) return 0
  const action = forgotten === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${forgotten}`
  const [gone] = await session.query<{ rows: number }>(
    `WITH gone AS (
       ${action} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${over} LIMIT ${PIECE}) RETURNING 1
     ) SELECT count(*)::integer AS rows FROM gone`,
    [days],
  )
  return gone!.rows
}
