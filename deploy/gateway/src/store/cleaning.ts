// What is over and is kept no longer: rows that nobody can use any more go, so many at a time, and of all instances one at a time.

import type { Database, Session } from './database.ts'

export interface Retention {
  /** Sessions, their refresh tokens and logins of devices, after they ended. */
  readonly sessionDays: number
  readonly usageDays: number
  /** 0: for ever. */
  readonly auditDays: number
}

export interface Cleaned {
  readonly table: string
  readonly rows: number
}

/** Any number that nobody else takes: who holds it cleans. */
const LOCK = 7_261_432
/** What a transaction takes away at most: one that takes away everything would hold up who wants to write meanwhile. */
const PIECE = 5000

/** Returns what went. What another instance is at, is left to it. */
export async function cleanUp(database: Database, retention: Retention): Promise<readonly Cleaned[]> {
  const cleaned: Cleaned[] = []
  for (const { table, key, over, days } of TABLES) {
    const most = days(retention)
    if (most === 0) continue
    let rows = 0
    for (let gone = PIECE; gone === PIECE; rows += gone)
      gone = await database.asSystem(session => cleanPiece(session, { table, key, over }, most))
    if (rows > 0) cleaned.push({ table, rows })
  }
  return cleaned
}

interface Cleanable {
  readonly table: string
  readonly key: string
  /** `$1` is how many days. */
  readonly over: string
}

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
  { table: 'audit', key: 'id', over: `at < ${BEFORE}`, days: it => it.auditDays },
]

async function cleanPiece(session: Session, { table, key, over }: Cleanable, days: number): Promise<number> {
  const [held] = await session.query<{ ours: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS ours', [
    LOCK,
  ])
  if (!held!.ours) return 0
  const [gone] = await session.query<{ rows: number }>(
    `WITH gone AS (
       DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE ${over} LIMIT ${PIECE}) RETURNING 1
     ) SELECT count(*)::integer AS rows FROM gone`,
    [days],
  )
  return gone!.rows
}
