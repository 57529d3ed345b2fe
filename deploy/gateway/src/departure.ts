// How a team leaves for good: its rows, and the answers that are kept for it where instances share them.

import type { Config } from './config.ts'
import { GatewayMetrics } from './metrics/gateway-metrics.ts'
import { openShared } from './redis/open-shared.ts'
import type { Database } from './store/database.ts'
import { eraseStragglers, eraseTenant, rowsOfTenant, type TableRows } from './store/tenant-erasure.ts'

export interface Erasure {
  readonly config: Config
  readonly database: Database
  readonly tenant: string
  /** Who does it, for the audit. */
  readonly actor: string
  readonly warn: (message: string) => void
  /** Absent: as long as a gateway elsewhere believes in a key that it knew. */
  readonly waitMs?: number
}

/** Gateways believe for five seconds in what they looked up; a request that began then is over a second later. */
const BELIEVED_MS = 6000

export function leftOf(database: Database, tenant: string): Promise<readonly TableRows[]> {
  return database.asSystem(session => rowsOfTenant(session, tenant))
}

/** Rejects when something would be left, and then nothing is gone. What is gone, by table. */
export async function erase({
  config,
  database,
  tenant,
  actor,
  warn,
  waitMs = config.database.url === undefined ? 0 : BELIEVED_MS,
}: Erasure): Promise<readonly TableRows[]> {
  const shared = await openShared(config, warn, new GatewayMetrics())
  try {
    // Before: a store that cannot be asked now would still have them afterwards, so that it refuses then.
    await shared.answers?.clear(tenant)
    const gone = await database.asSystem(session => eraseTenant(session, tenant, { actor }))
    await new Promise(resolve => setTimeout(resolve, waitMs))
    await database.asSystem(session => eraseStragglers(session, tenant))
    await shared.answers?.clear(tenant)
    return gone
  } finally {
    await shared.close()
  }
}
