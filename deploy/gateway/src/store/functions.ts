// Functions of a tenant's projects as they are kept: points by content, and the places where that content stands.

import type { Embedding } from '@codeant/server/api/functions.ts'
import type { Session } from './database.ts'

export interface PlacedFunction {
  readonly path: string
  /** Told apart in its file: `Cart.total`, `total#2`. */
  readonly name: string
  /** Counted from 1. */
  readonly line: number
  readonly endLine: number
  readonly digest: string
}

export interface FunctionPoint {
  readonly digest: string
  readonly language: string
  readonly embedding: Embedding
}

export interface FunctionPlace extends PlacedFunction {
  readonly project: string
}

/** Rows of one statement: one for each would be a way to the database and back for each. */
const AT_ONCE = 64

/** Those that there are points of. */
export async function knownDigests(
  session: Session,
  encoder: string,
  digests: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ digest: string }>(
    'SELECT digest FROM function_points WHERE encoder = $1 AND digest = ANY ($2)',
    [encoder, digests],
  )
  return new Set(rows.map(it => it.digest))
}

/** What is there already stays. */
export async function addPoints(
  session: Session,
  tenant: string,
  encoder: string,
  points: readonly FunctionPoint[],
): Promise<void> {
  for (const some of portions(points, it => it.digest))
    await session.query(
      `INSERT INTO function_points (tenant_id, encoder, digest, language, embedding)
       VALUES ${tuples(some.length, 3, ['$1', '$2'], 3)}
       ON CONFLICT (tenant_id, encoder, digest) DO NOTHING`,
      [
        tenant,
        encoder,
        ...some.flatMap(({ digest, language, embedding }) => [
          digest,
          language,
          new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.length),
        ]),
      ],
    )
}

/** Of content that was known before its code was wanted. */
export async function addCode(
  session: Session,
  encoder: string,
  codes: readonly { readonly digest: string; readonly code: string }[],
): Promise<void> {
  await session.query(
    `UPDATE function_points f SET code = c.code FROM unnest($2::text[], $3::text[]) AS c (digest, code)
     WHERE f.encoder = $1 AND f.digest = c.digest AND f.code IS NULL`,
    [encoder, codes.map(it => it.digest), codes.map(it => it.code)],
  )
}

/** Who stood in these places before stands there no more; what then stands nowhere is forgotten. */
export async function placeFunctions(
  session: Session,
  tenant: string,
  { project, encoder }: { readonly project: string; readonly encoder: string },
  places: readonly PlacedFunction[],
): Promise<void> {
  for (const some of portions(places, it => `${it.path}\n${it.name}`)) {
    const [paths, names, digests] = [
      some.map(it => it.path),
      some.map(it => it.name),
      some.map(it => it.digest),
    ]
    const left = await session.query<{ digest: string }>(
      `SELECT p.digest FROM function_places p
       JOIN unnest($2::text[], $3::text[], $4::text[]) AS n (path, name, digest) USING (path, name)
       WHERE p.project = $1 AND p.digest <> n.digest FOR UPDATE OF p`,
      [project, paths, names, digests],
    )
    await session.query(
      `INSERT INTO function_places (tenant_id, project, encoder, path, name, line, end_line, digest)
       VALUES ${tuples(some.length, 5, ['$1', '$2', '$3'], 4)}
       ON CONFLICT (tenant_id, project, path, name) DO UPDATE SET line = EXCLUDED.line, end_line = EXCLUDED.end_line,
         encoder = EXCLUDED.encoder, digest = EXCLUDED.digest, seen_at = now()`,
      [tenant, project, encoder, ...some.flatMap(it => [it.path, it.name, it.line, it.endLine, it.digest])],
    )
    await forgetUnplaced(
      session,
      left.map(it => it.digest),
    )
  }
}

/** By path and name; `after` is the last one of the page before. */
export function listPlaces(
  session: Session,
  { project, after }: { readonly project: string; readonly after?: FunctionPlace },
  limit: number,
): Promise<readonly FunctionPlace[]> {
  return session.query<FunctionPlace>(
    `SELECT project, path, name, line, end_line AS "endLine", digest FROM function_places
     WHERE project = $1 AND ($2::text IS NULL OR (path, name) > ($2, $3)) ORDER BY path, name LIMIT $4`,
    [project, after?.path ?? null, after?.name ?? null, limit],
  )
}

export interface ExportedFunction extends FunctionPlace {
  readonly encoder: string
  readonly language: string
  readonly embedding: Uint8Array
  readonly code: string | null
}

/** Everything of each; `after` is the last one of the page before. */
export function exportPlaces(
  session: Session,
  after: FunctionPlace | undefined,
  limit: number,
): Promise<readonly ExportedFunction[]> {
  return session.query<ExportedFunction>(
    `SELECT project, path, name, line, end_line AS "endLine", p.encoder, p.digest, f.language, f.embedding, f.code
     FROM function_places p JOIN function_points f USING (tenant_id, encoder, digest)
     WHERE $1::text IS NULL OR (project, path, name) > ($1, $2, $3) ORDER BY project, path, name LIMIT $4`,
    [after?.project ?? null, after?.path ?? null, after?.name ?? null, limit],
  )
}

/** Where these stand, of each so many at most. */
export function placesOf(
  session: Session,
  encoder: string,
  digests: readonly string[],
  { project, most }: { readonly project?: string; readonly most: number },
): Promise<readonly FunctionPlace[]> {
  return session.query<FunctionPlace>(
    `SELECT project, path, name, line, end_line AS "endLine", digest FROM (
       SELECT *, row_number() OVER (PARTITION BY digest ORDER BY project, path, name) AS number FROM function_places
       WHERE encoder = $1 AND digest = ANY ($2) AND ($3::text IS NULL OR project = $3)
     ) placed WHERE number <= $4 ORDER BY project, path, name`,
    [encoder, digests, project ?? null, most],
  )
}

export function contentsOf(
  session: Session,
  encoder: string,
  digests: readonly string[],
): Promise<readonly { readonly digest: string; readonly language: string; readonly code: string | null }[]> {
  return session.query(
    'SELECT digest, language, code FROM function_points WHERE encoder = $1 AND digest = ANY ($2)',
    [encoder, digests],
  )
}

/** A whole project, or some of its files, or some functions of them. Returns how many places that were. */
export async function removePlaces(
  session: Session,
  project: string,
  places: readonly { readonly path: string; readonly name?: string }[] | undefined,
): Promise<number> {
  const gone = await session.query<{ digest: string }>(
    places === undefined
      ? 'DELETE FROM function_places WHERE project = $1 RETURNING digest'
      : `DELETE FROM function_places p USING unnest($2::text[], $3::text[]) AS g (path, name)
         WHERE p.project = $1 AND p.path = g.path AND (g.name IS NULL OR p.name = g.name) RETURNING p.digest`,
    places === undefined
      ? [project]
      : [project, places.map(it => it.path), places.map(it => it.name ?? null)],
  )
  await forgetUnplaced(
    session,
    gone.map(it => it.digest),
  )
  return gone.length
}

export interface KeptFunctions {
  readonly project: string
  readonly functions: number
}

export async function countFunctions(session: Session): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM function_places',
  )
  return row!.count
}

export function countByProject(session: Session): Promise<readonly KeptFunctions[]> {
  return session.query<KeptFunctions>(
    'SELECT project, count(*)::integer AS functions FROM function_places GROUP BY project ORDER BY project',
  )
}

export async function keepsCode(session: Session): Promise<boolean> {
  const [row] = await session.query<{ keeps: boolean }>('SELECT keeps_code AS keeps FROM tenants')
  return row?.keeps ?? false
}

/** Who no longer wants code to be kept has none kept from then on. */
export async function setKeepsCode(session: Session, tenant: string, keeps: boolean): Promise<void> {
  await session.query('UPDATE tenants SET keeps_code = $2 WHERE id = $1', [tenant, keeps])
  if (!keeps) await session.query('UPDATE function_points SET code = NULL WHERE code IS NOT NULL')
}

async function forgetUnplaced(session: Session, digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return
  await session.query(
    `DELETE FROM function_points f WHERE f.digest = ANY ($1) AND NOT EXISTS (
       SELECT FROM function_places p WHERE p.tenant_id = f.tenant_id AND p.encoder = f.encoder AND p.digest = f.digest)`,
    [digests],
  )
}

/** In one order, so that two who write the same rows wait for each other, and not in a circle. */
function* portions<Row>(rows: readonly Row[], key: (row: Row) => string): Generator<readonly Row[]> {
  const sorted = [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  for (let i = 0; i < sorted.length; i += AT_ONCE) yield sorted.slice(i, i + AT_ONCE)
}

/** `($1, $2, $3, $4), ($1, $2, $5, $6)`: what all rows share, then so many values of each. */
function tuples(rows: number, values: number, shared: readonly string[], first: number): string {
  return Array.from({ length: rows }, (_, row) => {
    const own = Array.from({ length: values }, (_, i) => `$${first + row * values + i}`)
    return `(${[...shared, ...own].join(', ')})`
  }).join(', ')
}
