// Takes a tenant away for good: every row of it in every table, as the schema tells them, so that no table that comes later is forgotten.
//
// What remains is one line of the audit without a name in it. What cannot be known to be gone makes the whole of it fail, and then
// nothing is gone.

import { record } from './audit.ts'
import type { Session } from './database.ts'

export interface TableRows {
  readonly table: string
  readonly rows: number
}

/** Something of the tenant would have remained, or might have. */
export class ErasureFailed extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ErasureFailed'
  }
}

/** What there is of a tenant, by table. As the system. */
export async function rowsOfTenant(session: Session, tenant: string): Promise<readonly TableRows[]> {
  const found: TableRows[] = []
  for (const { table, column } of await tablesOfTenants(session)) {
    const [counted] = await session.query<{ rows: number }>(
      `SELECT count(*)::integer AS rows FROM "${table}" WHERE "${column}" = $1`,
      [tenant],
    )
    if (counted!.rows > 0) found.push({ table, rows: counted!.rows })
  }
  return found
}

/** As the system. What went, by table. */
export async function eraseTenant(
  session: Session,
  tenant: string,
  { actor }: { readonly actor: string },
): Promise<readonly TableRows[]> {
  // A gateway gives up after seconds; here nobody waits, and half of a team is worse than a long statement.
  await session.query('SET LOCAL statement_timeout = 0')
  // Who writes something for this team now waits, and finds afterwards that there is no such team.
  await session.query('SELECT FROM tenants WHERE id = $1 FOR UPDATE', [tenant])
  await mustSeeAll(session)
  const gone: TableRows[] = []
  // Of the audit last: its entries may go when there is no such team.
  for (const { table, column } of await tablesOfTenants(session)) {
    const rows = await remove(session, `"${table}" WHERE "${column}" = $1`, tenant)
    if (rows > 0) gone.push({ table, rows })
  }
  const all = gone.reduce((sum, it) => sum + it.rows, 0)
  await record(session, tenant, { actor, action: 'team.erase', target: tenant, details: { rows: all } })
  await mustBeGone(session, tenant)
  return gone
}

/** What a request that was in flight meanwhile wrote of a tenant that is no more: only the audit takes it. As the system. */
export function eraseStragglers(session: Session, tenant: string): Promise<number> {
  return remove(session, "audit WHERE tenant_id = $1 AND action <> 'team.erase'", tenant)
}

interface TableOfTenants {
  readonly table: string
  /** That says whose a row is. */
  readonly column: string
}

/** Those that refer to others before these. */
async function tablesOfTenants(session: Session): Promise<readonly TableOfTenants[]> {
  const rows = await session.query<{ table: string }>(
    `SELECT relname AS table FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE attname = 'tenant_id' AND NOT attisdropped AND relkind IN ('r', 'p') AND NOT relispartition AND ${OURS} ORDER BY 1`,
  )
  const references = await session.query<{ from: string; to: string }>(
    `SELECT child.relname AS from, parent.relname AS to FROM pg_constraint
     JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
     WHERE contype = 'f' AND conrelid <> confrelid`,
  )
  let left = rows.map(it => it.table).filter(it => it !== 'audit')
  const ordered: string[] = []
  while (left.length > 0) {
    const free = left.filter(it => !references.some(({ from, to }) => to === it && left.includes(from)))
    // Tables that refer to each other in a circle: in any order, and the database says whether that can be done.
    const next = free.length > 0 ? free : left
    ordered.push(...next)
    left = left.filter(it => !next.includes(it))
  }
  return [
    ...ordered.map(table => ({ table, column: 'tenant_id' })),
    { table: 'tenants', column: 'id' },
    { table: 'audit', column: 'tenant_id' },
  ]
}

const OURS = "relnamespace = 'public'::regnamespace"

async function remove(session: Session, what: string, tenant: string): Promise<number> {
  const [gone] = await session.query<{ rows: number }>(
    `WITH gone AS (DELETE FROM ${what} RETURNING 1) SELECT count(*)::integer AS rows FROM gone`,
    [tenant],
  )
  return gone!.rows
}

/** Of a table that shows the system a part only, rows would be left without a word. */
async function mustSeeAll(session: Session): Promise<void> {
  const hidden = await session.query<{ table: string }>(
    `SELECT relname AS table FROM pg_class WHERE relkind IN ('r', 'p') AND ${OURS} AND relrowsecurity AND NOT EXISTS (
       SELECT FROM pg_policies WHERE schemaname = 'public' AND tablename = relname AND permissive = 'PERMISSIVE'
       AND 'codeant_system' = ANY (roles) AND qual = 'true' AND cmd = 'ALL')`,
  )
  if (hidden.length > 0)
    throw new ErasureFailed(`codeant_system does not see all of: ${hidden.map(it => it.table).join(', ')}`)
}

async function mustBeGone(session: Session, tenant: string): Promise<void> {
  const left = await rowsOfTenant(session, tenant)
  const isOneLine = left.length === 1 && left[0]!.table === 'audit' && left[0]!.rows === 1
  if (!isOneLine)
    throw new ErasureFailed(`there would be left: ${left.map(it => `${it.table} ${it.rows}`).join(', ')}`)
  // Tables of the endpoint itself have no column for it, and may yet have it somewhere.
  const others = await session.query<{ table: string }>(
    `SELECT relname AS table FROM pg_class WHERE relkind IN ('r', 'p') AND ${OURS} AND relname <> 'tenants'
     AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'tenant_id' AND NOT attisdropped)`,
  )
  for (const { table } of others) {
    const rows = await session.query(`SELECT FROM "${table}" AS it WHERE it::text LIKE $1 LIMIT 1`, [
      `%${tenant}%`,
    ])
    if (rows.length > 0) throw new ErasureFailed(`${table} names the team`)
  }
}
