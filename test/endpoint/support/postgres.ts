// A PostgreSQL server of its own for a test, where one is installed: gone afterwards, reached through a port of this machine only.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../support/free-port.ts'

export interface TestPostgres {
  /** As the owner of a database, who is no superuser and may make roles. */
  readonly url: string
  /** As when the machine under it goes: nothing is finished, every connection breaks. */
  kill(): Promise<void>
  /** Again, at the same address and with the same data. */
  start(): Promise<void>
  close(): Promise<void>
}

/** The server refuses to run as root. */
const NOBODY = 65_534

/** Undefined where PostgreSQL is not installed. */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'codeant-postgres-'))
  const isRoot = process.getuid?.() === 0
  const as = isRoot ? { uid: NOBODY, gid: NOBODY, cwd: folder } : { cwd: folder }
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  try {
    execFileSync('initdb', ['-D', data, '-U', 'root', '-A', 'trust', '-N'], { ...as, stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const port = await freePort()
  const options = ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port), '-F']
  const sql = (statements: string, database = 'postgres') =>
    execFileSync(
      'psql',
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'root', '-d', database, '-c', statements],
      {
        stdio: 'pipe',
      },
    )
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn('postgres', options, { ...as, stdio: 'ignore' })
    await answers(() => sql('SELECT 1'))
  }
  const end = async (signal: NodeJS.Signals) => {
    const ending = server
    server = undefined
    if (!ending) return
    const ended = new Promise(resolve => ending.once('exit', resolve))
    ending.kill(signal)
    await ended
  }
  await start()
  sql("CREATE ROLE gateway LOGIN CREATEROLE PASSWORD 'of-a-test'")
  sql('CREATE DATABASE codeant OWNER gateway')
  try {
    // As whoever runs the server does it, where there is pgvector.
    sql('CREATE EXTENSION vector', 'codeant')
  } catch {}
  return {
    url: `postgres://gateway:of-a-test@127.0.0.1:${port}/codeant`,
    start,
    kill: () => end('SIGQUIT'),
    async close() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answers(ask: () => void): Promise<void> {
  for (let left = 100; ; left--) {
    try {
      return ask()
    } catch (error) {
      if (left === 0) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}
