// Cleans up now and then, quietly: what is over is not missed an hour later, and nobody waits for it.

import { type Cleaned, cleanUp, type Retention } from './store/cleaning.ts'
import type { Database } from './store/database.ts'

export interface CleaningOptions {
  readonly database: Database
  readonly retention: Retention
  /** Told of what went wrong; the next time it is tried anew. */
  readonly failed: (error: Error) => void
}

export interface Cleaning {
  run(): Promise<readonly Cleaned[]>
  /** Waits for what is being cleaned. */
  close(): Promise<void>
}

const EVERY_MS = 3_600_000
/** Not while it starts: that is when most is asked of it. */
const FIRST_MS = 120_000

export function startCleaning({ database, retention, failed }: CleaningOptions): Cleaning {
  let running: Promise<readonly Cleaned[]> | undefined
  const run = (): Promise<readonly Cleaned[]> => {
    running ??= cleanUp(database, retention).finally(() => {
      running = undefined
    })
    return running
  }
  const quietly = () => void run().catch(failed)
  const first = setTimeout(quietly, FIRST_MS).unref()
  const timer = setInterval(quietly, EVERY_MS).unref()
  return {
    run,
    async close() {
      clearTimeout(first)
      clearInterval(timer)
      await running?.catch(() => {})
    },
  }
}
