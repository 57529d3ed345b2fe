// The closest points to one: by pgvector where the database has it, by going through them otherwise.
//
// With PostgreSQL and pgvector an index (HNSW) makes that fast for many and a little inexact; the embedded database has pgvector
// without the index, which would take it longer to keep up than to go through all. Neither changes what is stored: the column of
// pgvector follows from the bytes.

import { closeness, DIMENSIONS, type Embedding } from '@codeant/server/api/functions.ts'
import type { ScriptSession, Session, SqlEngine } from './database.ts'
import { LOCKS } from './locks.ts'

/** `index`: may miss some of the closest. `exact`: by pgvector, all of them. `read`: all of them, read one by one. */
export type PointSearch = 'index' | 'exact' | 'read'

export interface ClosePoint {
  readonly digest: string
  /** The cosine. */
  readonly similarity: number
}

export interface PointFilter {
  readonly encoder: string
  readonly project?: string
  readonly language?: string
}

/** Older ones stop before enough rows of the caller's own were found. */
const LEAST_VERSION = [0, 8] as const
/** A tenant with fewer points has them gone through: that is as fast, and misses nothing. */
const MOST_EXACT = 5000
const PAGE = 2000

/**
 * Adds what pgvector needs, or says how else is searched. `mayChange`: false where another process keeps the schema up to date.
 * `warn` is told why an extension that is there is not used.
 */
export async function preparePointSearch(
  engine: SqlEngine,
  mayChange: boolean,
  warn: (message: string) => void,
): Promise<PointSearch> {
  const found: PointSearch = engine.name === 'embedded' ? 'exact' : 'index'
  try {
    if (mayChange) await engine.transaction(session => addColumn(session, found === 'index'))
    return (await engine.transaction(hasColumn)) ? found : 'read'
  } catch (error) {
    warn(
      `pgvector is not used: ${(error as Error).message}; who owns the server may say CREATE EXTENSION vector`,
    )
    return 'read'
  }
}

async function addColumn(session: ScriptSession, withIndex: boolean): Promise<void> {
  await session.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.pointSearch])
  const available = await session.query("SELECT FROM pg_available_extensions WHERE name = 'vector'")
  if (available.length === 0 || (await hasColumn(session))) return
  await session.script('CREATE EXTENSION IF NOT EXISTS vector')
  const [{ version }] = (await session.query<{ version: string }>(
    "SELECT extversion AS version FROM pg_extension WHERE extname = 'vector'",
  )) as [{ version: string }]
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === LEAST_VERSION[0] && minor < LEAST_VERSION[1])
    throw new Error(`its version is ${version}, and ${LEAST_VERSION.join('.')} is needed`)
  // The function means the same types wherever it is run: a copy of the database is put back without a search path.
  // What is there already gets its column filled in the same step. In the row and not beside it: a search that goes through all of them
  // is twice as fast so.
  await session.script(`
    CREATE OR REPLACE FUNCTION point_of(bytes bytea) RETURNS halfvec LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN (SELECT array_agg(((get_byte(bytes, i) + 128) % 256 - 128)::real ORDER BY i)::halfvec
        FROM generate_series(0, ${DIMENSIONS - 1}) i);
    ALTER TABLE function_points ADD COLUMN point halfvec(${DIMENSIONS}) GENERATED ALWAYS AS (point_of(embedding)) STORED,
      ALTER COLUMN point SET STORAGE PLAIN;
    ${withIndex ? 'CREATE INDEX function_points_closest ON function_points USING hnsw (point halfvec_cosine_ops);' : ''}
  `)
}

async function hasColumn(session: Session): Promise<boolean> {
  const rows = await session.query(
    "SELECT FROM pg_attribute WHERE attrelid = 'function_points'::regclass AND attname = 'point' AND NOT attisdropped",
  )
  return rows.length > 0
}

/** As a tenant: of its own points, the closest first. */
export async function closestPoints(
  session: Session,
  search: PointSearch,
  point: Embedding,
  filter: PointFilter,
  count: number,
  mostExact = MOST_EXACT,
): Promise<{ readonly points: readonly ClosePoint[]; readonly search: PointSearch }> {
  if (search === 'read') return { points: await readAll(session, point, filter, count), search }
  const isLarge = search === 'index' && (await hasMoreThan(session, mostExact))
  if (isLarge) {
    // Goes on until enough are the caller's own and pass the filter, or so many were looked at.
    await session.query(
      "SELECT set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.max_scan_tuples', '100000', true), set_config('hnsw.ef_search', '200', true)",
    )
  }
  // An expression that no index knows is computed for every row.
  const distance = isLarge ? 'point <=> $1::halfvec' : '(point <=> $1::halfvec) + 0'
  const { where, values } = whereOf(filter, 3)
  const points = await session.query<ClosePoint>(
    `SELECT digest, 1 - (point <=> $1::halfvec) AS similarity FROM function_points WHERE ${where}
     ORDER BY ${distance} LIMIT $2`,
    [`[${point.join(',')}]`, count, ...values],
  )
  return { points, search: isLarge ? 'index' : 'exact' }
}

async function hasMoreThan(session: Session, count: number): Promise<boolean> {
  const rows = await session.query('SELECT FROM function_points OFFSET $1 LIMIT 1', [count])
  return rows.length > 0
}

async function readAll(
  session: Session,
  point: Embedding,
  filter: PointFilter,
  count: number,
): Promise<ClosePoint[]> {
  const { where, values } = whereOf(filter, 3)
  const best: ClosePoint[] = []
  let last = ''
  for (;;) {
    const page = await session.query<{ digest: string; embedding: Uint8Array }>(
      `SELECT digest, embedding FROM function_points WHERE digest > $1 AND ${where} ORDER BY digest LIMIT $2`,
      [last, PAGE, ...values],
    )
    for (const { digest, embedding } of page) {
      const { buffer, byteOffset, length } = embedding
      const similarity = closeness(point, new Int8Array(buffer, byteOffset, length))
      if (best.length === count && similarity <= best.at(-1)!.similarity) continue
      const at = best.findIndex(it => it.similarity < similarity)
      best.splice(at < 0 ? best.length : at, 0, { digest, similarity })
      if (best.length > count) best.pop()
    }
    if (page.length < PAGE) return best
    last = page.at(-1)!.digest
  }
}

function whereOf({ encoder, project, language }: PointFilter, first: number) {
  const conditions = [`encoder = $${first}`]
  const values = [encoder]
  if (language !== undefined) conditions.push(`language = $${first + values.push(language) - 1}`)
  if (project !== undefined)
    conditions.push(
      `EXISTS (SELECT FROM function_places p WHERE p.tenant_id = function_points.tenant_id
         AND p.encoder = function_points.encoder AND p.digest = function_points.digest
         AND p.project = $${first + values.push(project) - 1})`,
    )
  return { where: conditions.join(' AND '), values }
}
