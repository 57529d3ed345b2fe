// How much of the endpoint a tenant uses: counted by day, by actor and by route, and nothing about what was asked.

import type { Session } from './database.ts'

export interface UsageCount {
  readonly actor: string
  readonly route: string
  readonly requests: number
  readonly failures: number
  readonly units: number
}

export interface UsageRow extends UsageCount {
  /** `2026-11-22`, in UTC. */
  readonly day: string
}

/** Adds to today's counts. */
export async function countUsage(
  session: Session,
  tenant: string,
  counts: readonly UsageCount[],
): Promise<void> {
  for (const { actor, route, requests, failures, units } of counts)
    await session.query(
      `INSERT INTO usage (tenant_id, day, actor, route, requests, failures, units)
       VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, day, actor, route) DO UPDATE SET
         requests = usage.requests + excluded.requests,
         failures = usage.failures + excluded.failures,
         units = usage.units + excluded.units`,
      [tenant, actor, route, requests, failures, units],
    )
}

/** The newest days first. */
export function readUsage(session: Session, days: number): Promise<readonly UsageRow[]> {
  return session.query<UsageRow>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, actor, route, requests, failures, units::float8 AS units
     FROM usage WHERE day > (now() AT TIME ZONE 'UTC')::date - $1::integer ORDER BY day DESC, actor, route`,
    [days],
  )
}
