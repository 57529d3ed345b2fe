// What was done to a tenant, by whom: rows are added in the transaction of what they tell, and never changed.

import type { Session } from './database.ts'

export interface AuditEntry {
  readonly actor: string
  /** Object and verb: `key.create`, `key.revoke`. */
  readonly action: string
  readonly target?: string
  /** Never code, never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[] | null>>
}

export interface AuditRow extends Required<AuditEntry> {
  readonly id: number
  readonly at: Date
}

export async function record(session: Session, tenant: string, entry: AuditEntry): Promise<void> {
  const { actor, action, target = '', details = {} } = entry
  await session.query(
    'INSERT INTO audit (tenant_id, actor, action, target, details) VALUES ($1, $2, $3, $4, $5)',
    [tenant, actor, action, target, JSON.stringify(details)],
  )
}

/** The newest first; `before` is the id that a page ended with. */
export function readAudit(session: Session, limit: number, before?: number): Promise<readonly AuditRow[]> {
  return session.query<AuditRow>(
    `SELECT id::float8 AS id, at, actor, action, target, details FROM audit
     WHERE $2::bigint IS NULL OR id < $2 ORDER BY id DESC LIMIT $1`,
    [limit, before ?? null],
  )
}
