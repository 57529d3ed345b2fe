// Databases of a test's own PostgreSQL, filled as a gateway fills them, and read as its superuser reads them.

import { execFileSync } from 'node:child_process'
import { addTenant } from '../../../deploy/gateway/src/operator.ts'
import { startGateway } from '../../endpoint/support/gateway.ts'
import type { TestPostgres } from '../../endpoint/support/postgres.ts'

export const SECRET = 'x'.repeat(44)

/** Empty, and owned by who may make roles and no more. Its address. */
export function newDatabase(postgres: TestPostgres, name: string): string {
  const url = new URL(postgres.url)
  psql(url, 'postgres', `CREATE DATABASE ${name} OWNER gateway`)
  url.pathname = `/${name}`
  return url.href
}

/** Makes a team in it, and returns its key. */
export async function fill(url: string): Promise<string> {
  const gateway = await startGateway({ 'database.url': url, 'identity.secret': SECRET })
  try {
    return (await addTenant(gateway.parts.database, 'one'))!
  } finally {
    await gateway.stop()
  }
}

export function ask(url: string, statement: string): string {
  const at = new URL(url)
  return psql(at, at.pathname.slice(1), statement)
}

/** All rows of it, in an order of their own. */
export function content(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  const given = ['--data-only', '--schema=public', '--inserts', '-h', hostname, '-p', port, '-U', 'root']
  return execFileSync('pg_dump', [...given, pathname.slice(1)], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\n')
    .filter(it => it.startsWith('INSERT'))
    .sort()
    .join('\n')
}

function psql({ hostname, port }: URL, name: string, statement: string): string {
  const given = ['-h', hostname, '-p', port, '-U', 'root', '-d', name, '-qAtc', statement]
  return execFileSync('psql', given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}
