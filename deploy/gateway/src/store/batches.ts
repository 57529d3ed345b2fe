// Batches as their tenant sees them: made, watched, cancelled, read.

import type { Session } from './database.ts'

export type BatchState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Batch {
  readonly id: string
  readonly state: BatchState
  readonly locale: string
  readonly createdAt: Date
  readonly finishedAt: Date | null
  /** Of parts. */
  readonly all: number
  readonly waiting: number
  readonly running: number
  readonly done: number
  readonly dead: number
  readonly cancelled: number
  /** Of the parts that are done: sums of rows, so that nothing can be counted twice. */
  readonly files: number
  readonly findings: number
}

export interface NewBatch {
  readonly actor: string
  readonly digest: string
  readonly locale: string
  readonly parts: readonly NewPart[]
}

export interface NewPart {
  readonly name: string
  readonly root?: string
  readonly input: Uint8Array
}

export interface PartResult {
  readonly name: string
  readonly state: string
  /** SARIF. */
  readonly result: string | null
  readonly problem: string | null
}

/** The id, and whether it was made now: the same content is the same job. */
export async function addBatch(
  session: Session,
  tenant: string,
  { actor, digest, locale, parts }: NewBatch,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const [made] = await session.query<{ id: string }>(
    `INSERT INTO batch_jobs (tenant_id, actor, digest, locale) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, digest) WHERE state NOT IN ('failed', 'cancelled') DO NOTHING RETURNING id`,
    [tenant, actor, digest, locale],
  )
  if (!made) {
    const [known] = await session.query<{ id: string }>(
      `SELECT id FROM batch_jobs WHERE digest = $1 AND state NOT IN ('failed', 'cancelled')`,
      [digest],
    )
    return { id: known!.id, isNew: false }
  }
  for (const [number, { name, root, input }] of parts.entries())
    await session.query(
      'INSERT INTO batch_parts (tenant_id, job_id, number, name, root, input) VALUES ($1, $2, $3, $4, $5, $6)',
      [tenant, made.id, number, name, root ?? null, input],
    )
  return { id: made.id, isNew: true }
}

/** Parts of this tenant that wait or run. */
export async function openParts(session: Session): Promise<number> {
  const [row] = await session.query<{ open: number }>(
    `SELECT count(*)::integer AS open FROM batch_parts WHERE state IN ('waiting', 'running')`,
  )
  return row!.open
}

export async function findBatch(session: Session, id: string): Promise<Batch | undefined> {
  const [row] = await session.query<Batch>(`${SELECT} WHERE j.id = $1 ${GROUP}`, [id])
  return row
}

/** The newest first. */
export function listBatches(session: Session, limit: number): Promise<readonly Batch[]> {
  return session.query<Batch>(`${SELECT} ${GROUP} ORDER BY j.created_at DESC, j.id LIMIT $1`, [limit])
}

/** In the order in which they were sent. */
export function partResults(session: Session, id: string): Promise<readonly PartResult[]> {
  return session.query<PartResult>(
    'SELECT name, state, result, problem FROM batch_parts WHERE job_id = $1 ORDER BY number',
    [id],
  )
}

export interface PartPlace {
  readonly id: string
  readonly number: number
}

/** Of all parts of all batches, in the order in which they were sent. */
export function listParts(session: Session): Promise<readonly PartPlace[]> {
  return session.query<PartPlace>(
    `SELECT j.id, p.number FROM batch_jobs j JOIN batch_parts p ON p.job_id = j.id ORDER BY j.created_at, j.id, p.number`,
  )
}

/** All that is kept of one, but for what was sent in: that is there until it is analysed, and no longer. */
export function exportPart(session: Session, { id, number }: PartPlace): Promise<readonly object[]> {
  return session.query(
    `SELECT j.id, p.state, j.created_at AS "createdAt", j.finished_at AS "finishedAt", p.name, p.files, p.findings,
       p.result, p.problem
     FROM batch_jobs j JOIN batch_parts p ON p.job_id = j.id WHERE j.id = $1 AND p.number = $2`,
    [id, number],
  )
}

/** What runs loses its lease, and is ended by whoever runs it. False when there was nothing left to cancel. */
export async function cancelBatch(session: Session, id: string): Promise<boolean> {
  // Parts before jobs, as in the queue: who locks in one order does not wait for each other.
  await session.query(
    `UPDATE batch_parts SET state = 'cancelled', lease = NULL, input = NULL
     WHERE job_id = $1 AND state IN ('waiting', 'running')`,
    [id],
  )
  const rows = await session.query(
    `UPDATE batch_jobs SET state = 'cancelled', finished_at = now()
     WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
    [id],
  )
  return rows.length > 0
}

const count = (state: string) => `count(*) FILTER (WHERE p.state = '${state}')::integer AS ${state}`
const SELECT = `SELECT j.id, j.state, j.locale, j.created_at AS "createdAt", j.finished_at AS "finishedAt",
  count(*)::integer AS "all", ${['waiting', 'running', 'done', 'dead', 'cancelled'].map(count).join(', ')},
  coalesce(sum(p.files), 0)::integer AS files, coalesce(sum(p.findings), 0)::integer AS findings
  FROM batch_jobs j JOIN batch_parts p ON p.job_id = j.id`
const GROUP = 'GROUP BY j.id'
