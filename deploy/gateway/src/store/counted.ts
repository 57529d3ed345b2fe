// A database that is watched: how long transactions take, which fail, how full the pool is.

import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { SqlEngine } from './database.ts'

export function countedEngine(inner: SqlEngine, metrics: GatewayMetrics): SqlEngine {
  const engine = inner.name
  let running = 0
  metrics.registry.gauge('codeant_database_transactions_in_flight', 'Transactions that wait or run.', () => [
    [{ engine }, running],
  ])
  metrics.registry.gauge(
    'codeant_database_pool_connections',
    'Connections to the database, by what they do.',
    () => Object.entries(inner.pool?.() ?? {}).map(([state, count]) => [{ engine, state }, count]),
  )
  return {
    name: engine,
    async transaction(work) {
      const began = performance.now()
      running++
      try {
        return await inner.transaction(work)
      } catch (error) {
        metrics.databaseErrors.add({ engine })
        throw error
      } finally {
        running--
        metrics.databaseSeconds.observe({ engine }, (performance.now() - began) / 1000)
      }
    },
    ...(inner.pool && { pool: () => inner.pool!() }),
    close: () => inner.close(),
  }
}
