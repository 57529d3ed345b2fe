// One face for the embedded database and the cluster's: transactions that see one tenant, or, rarely, all of them.
//
// Rows are kept apart by the database itself (row-level security), so that a forgotten WHERE shows nothing instead of somebody
// else's rows. Nobody queries as the owner of the tables, whom row-level security would not hold.

/** Statements of one transaction. `$1`, `$2` … stand for values; a value never becomes part of the text. */
export interface Session {
  query<Row extends object>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>
}

export interface Database {
  /** Sees and changes the rows of one tenant only. */
  asTenant<T>(tenant: string, work: (session: Session) => Promise<T>): Promise<T>
  /** Sees all tenants: for finding out who calls, and for what the operator does. */
  asSystem<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** Rejects when the database does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

/** What PGlite and PostgreSQL have in common. */
export interface SqlEngine {
  readonly name: 'embedded' | 'postgres'
  transaction<T>(work: (session: ScriptSession) => Promise<T>): Promise<T>
  /** Connections by what they do, where there is more than one. */
  pool?(): Readonly<Record<'busy' | 'idle' | 'waiting', number>>
  close(): Promise<void>
}

export interface ScriptSession extends Session {
  /** Several statements without values. */
  script(statements: string): Promise<void>
}

/** A database whose schema is up to date: see `migrate`. */
export function openDatabase(engine: SqlEngine): Database {
  return {
    asTenant: (tenant, work) =>
      engine.transaction(async session => {
        await session.script('SET LOCAL ROLE codeant_tenant')
        await session.query("SELECT set_config('app.tenant', $1, true)", [tenant])
        return work(session)
      }),

    asSystem: work =>
      engine.transaction(async session => {
        await session.script('SET LOCAL ROLE codeant_system')
        return work(session)
      }),

    async check() {
      await engine.transaction(session => session.query('SELECT 1'))
    },

    close: () => engine.close(),
  }
}
