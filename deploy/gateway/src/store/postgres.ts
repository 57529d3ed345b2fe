// PostgreSQL as a server of its own: where several instances of the gateway share what they know.

import pg from 'pg'
import type { SqlEngine } from './database.ts'

export interface PostgresOptions {
  readonly url: string
  readonly connections: number
  /** Told of connections that broke while nobody used them. */
  readonly lost: (error: Error) => void
}

/** Who waits longer for a connection is better told so than kept. */
const CONNECT_MS = 5000
/** No statement of ours takes so long; one that does holds a connection that others need. */
const STATEMENT_MS = 15_000

export function openPostgres({ url, connections, lost }: PostgresOptions): SqlEngine {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    application_name: 'codeant-gateway',
  })
  pool.on('error', lost)
  return {
    name: 'postgres',
    async transaction(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        await client.query('BEGIN')
        const result = await work({
          async query<Row extends object>(statement: string, values: readonly unknown[] = []) {
            return (await client.query<Row>(statement, [...values])).rows
          },
          async script(statements) {
            await client.query(statements)
          },
        })
        await client.query('COMMIT')
        return result
      } catch (error) {
        // A connection that cannot even roll back is not given to anybody else.
        await client.query('ROLLBACK').catch((it: Error) => {
          broken = it
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    pool: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  }
}
