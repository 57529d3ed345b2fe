// What the search for functions is made of: what makes points, and how the database finds the closest.

import type { Config } from '../config.ts'
import type { SqlEngine } from '../store/database.ts'
import { type PointSearch, preparePointSearch } from '../store/point-search.ts'
import { type Encoder, openEncoder } from './encoder.ts'

export interface Functions {
  /** Absent: the installation lacks what makes points of functions. */
  readonly encoder?: Encoder
  readonly search: PointSearch
  close(): Promise<void>
}

/** The schema of the engine is up to date. */
export async function openFunctions(
  engine: SqlEngine,
  { database }: Config,
  warn: (message: string) => void,
): Promise<Functions> {
  const search = await preparePointSearch(engine, database.migrate, warn)
  const encoder = openEncoder()
  return {
    ...(encoder && { encoder }),
    search,
    async close() {
      await encoder?.close()
    },
  }
}
