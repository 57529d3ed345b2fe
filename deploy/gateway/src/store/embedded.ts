// PostgreSQL inside of this process (PGlite): the default of a laptop. The same SQL as in the cluster, no server.

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import type { SqlEngine } from './database.ts'

/** Another process has the folder: two at once would destroy it. */
export class FolderInUse extends Error {
  readonly folder: string
  readonly process: number

  constructor(folder: string, process: number) {
    super(`${folder} is in use by process ${process}`)
    this.name = 'FolderInUse'
    this.folder = folder
    this.process = process
  }
}

/** What `CREATE EXTENSION` finds. */
const OPTIONS = { extensions: { vector } }

/** `folder` is made private to this user; absent: in memory, for tests. */
export async function openEmbedded(folder?: string): Promise<SqlEngine> {
  const release = folder === undefined ? () => {} : claim(folder)
  const database =
    folder === undefined ? await PGlite.create(OPTIONS) : await openFolder(join(folder, 'database'))
  return {
    name: 'embedded',
    transaction: work =>
      database.transaction(transaction =>
        work({
          async query<Row extends object>(statement: string, values: readonly unknown[] = []) {
            return (await transaction.query<Row>(statement, [...values])).rows
          },
          async script(statements) {
            await transaction.exec(statements)
          },
        }),
      ),
    async close() {
      await database.close()
      release()
    },
  }
}

async function openFolder(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) {
    // To make a database takes twice the memory of having one, and only who closes it gives that back.
    const made = await PGlite.create(folder, OPTIONS)
    await made.close()
  }
  return PGlite.create(folder, OPTIONS)
}

function claim(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // It may have been there before with wider permissions.
  chmodSync(folder, 0o700)
  const lock = join(folder, 'in-use-by')
  const holder = Number(readOr(lock, ''))
  if (holder > 0 && holder !== process.pid && isAlive(holder)) throw new FolderInUse(folder, holder)
  writeFileSync(lock, String(process.pid), { mode: 0o600 })
  return () => rmSync(lock, { force: true })
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
