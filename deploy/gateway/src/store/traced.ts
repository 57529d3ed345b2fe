// The database in the trace: each transaction is a span, without its statements.

import type { Tracer } from '../tracing/tracer.ts'
import type { SqlEngine } from './database.ts'

export function tracedEngine(inner: SqlEngine, tracer: Tracer): SqlEngine {
  return {
    ...inner,
    transaction: work =>
      // What nobody asked for, such as a migration, is no trace.
      tracer.isWithin
        ? tracer.around(
            'client',
            'transaction',
            () => inner.transaction(work),
            () => ({ 'db.system.name': 'postgresql', 'codeant.database': inner.name }),
          )
        : inner.transaction(work),
  }
}
