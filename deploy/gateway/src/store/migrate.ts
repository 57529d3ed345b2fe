// Brings the schema up to date: numbered SQL files, each applied once, by one process at a time, and never edited afterwards.
//
// Expand and contract: a file only adds what the version before can live with; what nobody reads any more is dropped a version
// later. So an older gateway runs on a newer schema, and a rollback of the program needs none of the database.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ScriptSession, SqlEngine } from './database.ts'
import { LOCKS } from './locks.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly script: string
  readonly checksum: string
}

/** A file that was applied says something else now. */
export class MigrationChanged extends Error {
  constructor(name: string) {
    super(
      `the migration ${name} was applied and has been edited since; a change needs a migration of its own`,
    )
    this.name = 'MigrationChanged'
  }
}

/** Returns the names of those that were applied now. */
export async function migrate(
  engine: SqlEngine,
  migrations: readonly Migration[] = shippedMigrations(),
): Promise<readonly string[]> {
  const applied: string[] = []
  for (const it of migrations)
    if (await engine.transaction(session => applyOnce(session, it))) applied.push(it.name)
  return applied
}

/** Beside this file in the sources, in a folder beside the bundle. */
export function shippedMigrations(
  folder: URL = new URL('./migrations/', import.meta.url),
): readonly Migration[] {
  return readdirSync(fileURLToPath(folder))
    .filter(it => /^\d{4}-.*\.sql$/.test(it))
    .sort()
    .map(it => {
      // A checkout with other line ends is the same migration.
      const script = readFileSync(new URL(it, folder), 'utf8').replaceAll('\r\n', '\n')
      const checksum = createHash('sha256').update(script).digest('hex')
      return { number: Number(it.slice(0, 4)), name: it.replace(/\.sql$/, ''), script, checksum }
    })
}

async function applyOnce(
  session: ScriptSession,
  { number, name, script, checksum }: Migration,
): Promise<boolean> {
  await session.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.migrate])
  await session.script(
    'CREATE TABLE IF NOT EXISTS schema_migrations' +
      ' (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  const [known] = await session.query<{ checksum: string }>(
    'SELECT checksum FROM schema_migrations WHERE number = $1',
    [number],
  )
  if (known && known.checksum !== checksum) throw new MigrationChanged(name)
  if (known) return false
  await session.script(script)
  await session.query('INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)', [
    number,
    name,
    checksum,
  ])
  return true
}
