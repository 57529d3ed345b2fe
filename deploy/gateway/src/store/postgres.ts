// PostgreSQL as a server of its own: where several instances of the gateway share what they know.

import pg from 'pg'
import { Refusal } from '../errors.ts'
import type { SqlEngine } from './database.ts'

export interface PostgresOptions {
  readonly url: string
  readonly connections: number
  /** Told when the database goes, once until it is back. */
  readonly lost: (error: Error) => void
}

/** Who waits longer for a connection is better told so than kept. */
const CONNECT_MS = 5000
/** No statement of ours takes so long; one that does holds a connection that others need. */
const STATEMENT_MS = 15_000
/** A server that is replaced by its twin is back about then. */
const RETRY_SECONDS = 2

export function openPostgres({ url, connections, lost }: PostgresOptions): SqlEngine {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    application_name: 'codeant-gateway',
  })
  let isGone = false
  const gone = (error: Error) => {
    if (!isGone) lost(error)
    isGone = true
  }
  pool.on('error', gone)
  // The pool listens to those that nobody uses. One that breaks while it is used says so as well, and whoever does not listen to
  // that is ended by it.
  pool.on('connect', client => client.on('error', gone))
  return {
    name: 'postgres',
    async transaction(work) {
      const client = await pool.connect().catch((error: Error) => {
        gone(error)
        throw absent(error)
      })
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
        isGone = false
        return result
      } catch (error) {
        // A connection that cannot even roll back is not given to anybody else.
        await client.query('ROLLBACK').catch((it: Error) => {
          broken = it
        })
        if (!broken || error instanceof Refusal) throw error
        gone(error as Error)
        throw absent(error)
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

/** What a caller is told is that it is worth to come back; why, is for who runs the endpoint. */
function absent(cause: unknown): Refusal {
  return new Refusal('unavailable', 'The database is not there now.', { cause, retryAfter: RETRY_SECONDS })
}
