// The queue of parts as workers see it, as the system: taken with a lease, given back, done, or dead after so many attempts.
//
// A worker that dies says nothing: its lease runs out and the part is taken again. One that was only slow finds its lease gone,
// and what it brings is not taken. So a part is done once, however many have begun it.

import type { Session } from './database.ts'
import { countUsage } from './usage.ts'

export interface TakenPart {
  readonly job: string
  readonly number: number
  readonly tenant: string
  readonly actor: string
  readonly locale: string
  readonly root: string | null
  readonly lease: string
  /** This one included. */
  readonly attempts: number
  readonly input: Uint8Array
}

export interface OpenParts {
  readonly waiting: number
  readonly running: number
  /** How long the one waits that has waited longest. */
  readonly oldestSeconds: number
}

export interface PartAnalysis {
  readonly sarif: string
  readonly files: number
  readonly findings: number
}

/** A tenant that has less running goes first: who sends a thousand projects keeps nobody else waiting. */
export async function takePart(
  session: Session,
  leaseMs: number,
  attempts: number,
): Promise<TakenPart | undefined> {
  const [part] = await session.query<TakenPart>(
    `WITH next AS (
       SELECT job_id, number FROM batch_parts p
       WHERE (state = 'waiting' AND run_after <= now()) OR (state = 'running' AND leased_until < now() AND attempts < $2)
       ORDER BY (SELECT count(*) FROM batch_parts r
                 WHERE r.tenant_id = p.tenant_id AND r.state = 'running' AND r.leased_until >= now()),
                run_after, job_id, number
       LIMIT 1 FOR UPDATE SKIP LOCKED
     )
     UPDATE batch_parts p SET state = 'running', attempts = p.attempts + 1, lease = gen_random_uuid(),
       leased_until = now() + $1 * interval '1 millisecond'
     FROM next, batch_jobs j
     WHERE p.job_id = next.job_id AND p.number = next.number AND j.id = p.job_id
     RETURNING p.job_id AS job, p.number, p.tenant_id AS tenant, j.actor, j.locale, p.root, p.lease, p.attempts, p.input`,
    [leaseMs, attempts],
  )
  if (part)
    await session.query(`UPDATE batch_jobs SET state = 'running' WHERE id = $1 AND state = 'waiting'`, [
      part.job,
    ])
  return part
}

/** False when the part is somebody else's by now, or nobody's. */
export async function extendLease(session: Session, lease: string, leaseMs: number): Promise<boolean> {
  const rows = await session.query(
    `UPDATE batch_parts SET leased_until = now() + $2 * interval '1 millisecond'
     WHERE lease = $1 AND state = 'running' RETURNING number`,
    [lease, leaseMs],
  )
  return rows.length > 0
}

/** False when it was not taken: the part is somebody else's by now, or nobody's. */
export async function finishPart(
  session: Session,
  { job, tenant, actor, lease }: TakenPart,
  { sarif, files, findings }: PartAnalysis,
): Promise<boolean> {
  const rows = await session.query(
    `UPDATE batch_parts SET state = 'done', result = $2, files = $3, findings = $4,
       input = NULL, lease = NULL, problem = NULL
     WHERE lease = $1 AND state = 'running' RETURNING number`,
    [lease, sarif, files, findings],
  )
  if (rows.length === 0) return false
  // In the same transaction: counted if it is done, and only then.
  await countUsage(session, tenant, [{ actor, route: ROUTE, requests: 0, failures: 0, units: files }])
  await settle(session, job)
  return true
}

/** Tried again after `retryMs`; absent: trying again is no use. */
export async function failPart(
  session: Session,
  { job, lease }: TakenPart,
  problem: string,
  retryMs?: number,
): Promise<void> {
  const rows =
    retryMs === undefined
      ? await session.query(`${BURY} WHERE lease = $2 AND state = 'running' RETURNING number`, [
          problem,
          lease,
        ])
      : await session.query(
          `UPDATE batch_parts SET state = 'waiting', lease = NULL, problem = $1,
             run_after = now() + $3 * interval '1 millisecond'
           WHERE lease = $2 AND state = 'running' RETURNING number`,
          [problem, lease, retryMs],
        )
  if (rows.length > 0) await settle(session, job)
}

/** Given back unfinished, and not its fault: the attempt does not count. */
export async function returnPart(session: Session, { lease }: TakenPart): Promise<void> {
  await session.query(
    `UPDATE batch_parts SET state = 'waiting', lease = NULL, attempts = attempts - 1
     WHERE lease = $1 AND state = 'running'`,
    [lease],
  )
}

/** Parts whose workers were lost as often as may be: what kills every worker is not tried for ever. */
export async function buryLost(session: Session, attempts: number, problem: string): Promise<void> {
  const lost = await session.query<{ job: string }>(
    `${BURY} WHERE state = 'running' AND leased_until < now() AND attempts >= $2 RETURNING job_id AS job`,
    [problem, attempts],
  )
  for (const job of new Set(lost.map(it => it.job))) await settle(session, job)
}

export async function countOpen(session: Session): Promise<OpenParts> {
  const [row] = await session.query<OpenParts>(
    `SELECT count(*) FILTER (WHERE p.state = 'waiting')::integer AS waiting,
       count(*) FILTER (WHERE p.state = 'running')::integer AS running,
       coalesce(extract(epoch FROM now() - min(j.created_at) FILTER (WHERE p.state = 'waiting')), 0)::float8
         AS "oldestSeconds"
     FROM batch_parts p JOIN batch_jobs j ON j.id = p.job_id WHERE p.state IN ('waiting', 'running')`,
  )
  return row!
}

/** Jobs that ended so long ago, with their results. */
export async function dropOldBatches(session: Session, hours: number): Promise<void> {
  await session.query(`DELETE FROM batch_jobs WHERE finished_at < now() - $1 * interval '1 hour'`, [hours])
}

/** Not that of a request: it is counted when it is done, and not when it was asked for. */
const ROUTE = 'batch'
const BURY = `UPDATE batch_parts SET state = 'dead', problem = $1, lease = NULL, input = NULL`

/** Two that finish the last two parts at once would each see the other's unfinished, so they come one after the other. */
async function settle(session: Session, job: string): Promise<void> {
  await session.query('SELECT id FROM batch_jobs WHERE id = $1 FOR UPDATE', [job])
  await session.query(
    `UPDATE batch_jobs SET finished_at = now(), state = CASE
       WHEN EXISTS (SELECT FROM batch_parts WHERE job_id = $1 AND state = 'dead') THEN 'failed' ELSE 'done' END
     WHERE id = $1 AND state IN ('waiting', 'running')
       AND NOT EXISTS (SELECT FROM batch_parts WHERE job_id = $1 AND state IN ('waiting', 'running'))`,
    [job],
  )
}
