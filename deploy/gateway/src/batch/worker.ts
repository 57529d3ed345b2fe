// Takes parts of batches from the queue and analyses them, beside whatever else this process answers.

import type { Locale } from '@codeant/shared/locale.ts'
import type { Analyser } from '../analysis/analyser.ts'
import { Refusal } from '../errors.ts'
import {
  buryLost,
  countOpen,
  dropOldBatches,
  extendLease,
  failPart,
  finishPart,
  type OpenParts,
  returnPart,
  type TakenPart,
  takePart,
} from '../store/batch-queue.ts'
import type { Database } from '../store/database.ts'
import { unpack } from './content.ts'

export interface WorkerOptions {
  readonly database: Database
  /** One of its own: what somebody waits for does not wait behind a batch. */
  readonly analyser: Analyser
  /** Parts at the same time; 0 leaves them to other instances. */
  readonly slots: number
  readonly leaseMs: number
  readonly pollMs: number
  readonly attempts: number
  readonly keepHours: number
  /** Told now and then how much waits, of all instances together. */
  readonly told: (open: OpenParts) => void
  /** Told of what went wrong, never with code. */
  readonly warn: (message: string) => void
}

export interface BatchWorker {
  /** There is something new: not only at the next look. */
  wake(): void
  /** Gives back what it has, unfinished. */
  close(): Promise<void>
}

const LOST = 'Every worker that took this was lost.'
const BROKEN = 'The analysis broke.'
/** The second attempt after this, the third after twice as long. */
const RETRY_MS = 2000
const CLEAN_MS = 600_000
/** As often as somebody reads it. */
const COUNT_MS = 10_000

export function startWorker(options: WorkerOptions): BatchWorker {
  const { database, slots, pollMs, leaseMs, attempts, keepHours, told, warn } = options
  const stop = new AbortController()
  const running = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let lookAgain = false
  let cleanAfter = 0
  let countAfter = 0

  /** Takes until nothing waits or all slots are taken. Never rejects: a database that is gone comes back. */
  const look = async () => {
    try {
      do {
        lookAgain = false
        await tidy()
        while (running.size < slots && !stop.signal.aborted) {
          const part = await database.asSystem(session => takePart(session, leaseMs, attempts))
          if (!part) break
          const work = run(part, options, stop.signal)
            .catch(error => warn(`batch: ${(error as Error).message}`))
            .finally(() => {
              running.delete(work)
              wake()
            })
          running.add(work)
        }
      } while (lookAgain && !stop.signal.aborted)
    } catch (error) {
      warn(`batch: ${(error as Error).message}`)
    }
  }

  const tidy = async () => {
    await database.asSystem(session => buryLost(session, attempts, LOST))
    if (Date.now() >= countAfter) {
      countAfter = Date.now() + COUNT_MS
      told(await database.asSystem(countOpen))
    }
    if (Date.now() < cleanAfter) return
    cleanAfter = Date.now() + CLEAN_MS
    await database.asSystem(session => dropOldBatches(session, keepHours))
  }

  const wake = () => {
    if (stop.signal.aborted || slots === 0) return
    lookAgain = true
    looking ??= look().finally(() => {
      looking = undefined
    })
  }

  const timer = setInterval(wake, pollMs)
  timer.unref()
  return {
    wake,
    async close() {
      clearInterval(timer)
      stop.abort(new Error('the worker stops'))
      await looking
      await Promise.all(running)
    },
  }
}

async function run(part: TakenPart, options: WorkerOptions, stopped: AbortSignal): Promise<void> {
  const { database, analyser, leaseMs, attempts, warn } = options
  const lost = new AbortController()
  const keep = setInterval(() => {
    database
      .asSystem(session => extendLease(session, part.lease, leaseMs))
      .then(isOurs => {
        // Cancelled, or given to another: whatever comes out of it, nobody takes it.
        if (!isOurs) lost.abort(new Error('the lease is gone'))
      })
      .catch(error => warn(`batch: ${(error as Error).message}`))
  }, leaseMs / 3)
  try {
    const files = await unpack(part.input)
    const { tenant, root } = part
    const request = { tenant, files, locale: part.locale as Locale, ...(root !== null && { root }) }
    const analysis = await analyser.analyse(request, AbortSignal.any([stopped, lost.signal]))
    // Settings that cannot be used are the sender's to mend.
    if (analysis.problems > 0) throw new Refusal('unprocessable', analysis.notices.trim())
    await database.asSystem(session => finishPart(session, part, analysis))
  } catch (error) {
    if (lost.signal.aborted) return
    await database.asSystem(session =>
      stopped.aborted
        ? returnPart(session, part)
        : failPart(session, part, ...outcomeOf(error, part, attempts)),
    )
    if (!(error instanceof Refusal) && !stopped.aborted) warn(`batch: ${(error as Error).message}`)
  } finally {
    clearInterval(keep)
  }
}

/** What the sender reads, and when it is worth to try again: what is wrong with what was sent stays wrong. */
function outcomeOf(
  error: unknown,
  part: TakenPart,
  attempts: number,
): [problem: string, retryMs: number | undefined] {
  const refusal = error instanceof Refusal ? error : undefined
  const isFinal = part.attempts >= attempts || (refusal !== undefined && refusal.status < 500)
  return [refusal?.message ?? BROKEN, isFinal ? undefined : RETRY_MS * 2 ** (part.attempts - 1)]
}
