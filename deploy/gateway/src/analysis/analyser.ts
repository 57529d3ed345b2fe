// Runs analyses on threads of their own: each in a private folder that is gone afterwards, and no longer than was agreed.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FolderAnalysis } from '@codeant/server/api/analysis.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { Piscina } from 'piscina'
import { Refusal } from '../errors.ts'
import type { AnalysisTask } from './analysis-worker.ts'
import type { UploadedFile } from './upload.ts'

export interface AnalysisRequest {
  readonly tenant: string
  readonly files: readonly UploadedFile[]
  readonly locale: Locale
  /** The address of the folder on the computer of who asks, for the report. */
  readonly root?: string
}

export interface Analyser {
  /** Rejects with `Refusal` or the signal's reason. */
  analyse(request: AnalysisRequest, signal: AbortSignal): Promise<FolderAnalysis>
  /** How many run or wait. */
  readonly busy: number
  close(): Promise<void>
}

export interface AnalyserOptions {
  readonly threads: number
  /** How many may wait for a thread. */
  readonly queue: number
  readonly timeoutMs: number
  /** Absent: the system's own place for what is gone soon. */
  readonly folder?: string
}

/** A thread's grammars are worth keeping between two requests, and no longer. */
const IDLE_MS = 60_000
/** Of JavaScript's own memory, in MiB: a project that needs more ends its thread, and not the gateway. */
const THREAD_MEMORY = 2048
const RETRY_SECONDS = 5

export function openAnalyser({
  threads,
  queue,
  timeoutMs,
  folder: within = tmpdir(),
}: AnalyserOptions): Analyser {
  const pool = new Piscina<AnalysisTask, FolderAnalysis>({
    filename: new URL(
      import.meta.url.endsWith('.ts') ? './analysis-worker.ts' : './analysis-worker.mjs',
      import.meta.url,
    ).href,
    maxThreads: threads,
    minThreads: 0,
    concurrentTasksPerWorker: 1,
    idleTimeout: IDLE_MS,
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY },
    // What an analysis looks at of its surroundings is written down here, and is nothing.
    env: {},
  })
  let busy = 0

  return {
    get busy() {
      return busy
    },

    async analyse({ files, locale, root }, signal) {
      if (busy >= threads + queue) throw new Refusal('overloaded', undefined, { retryAfter: RETRY_SECONDS })
      busy++
      const late = AbortSignal.timeout(timeoutMs)
      const folder = await mkdtemp(join(within, 'codeant-analysis-'))
      try {
        await write(folder, files)
        // An abort ends the thread: an analysis holds nothing that would be worth waiting for its end.
        return await pool.run({ folder, locale, root }, { signal: AbortSignal.any([signal, late]) })
      } catch (error) {
        signal.throwIfAborted()
        if (late.aborted)
          throw new Refusal('upstream-timeout', 'The analysis took too long.', { cause: error })
        throw error
      } finally {
        busy--
        await rm(folder, { recursive: true, force: true })
      }
    },

    close: () => pool.destroy(),
  }
}

async function write(folder: string, files: readonly UploadedFile[]): Promise<void> {
  // As the root of a repository: nothing above it is looked at.
  await mkdir(join(folder, '.git'))
  for (const { path, bytes } of files) {
    const file = join(folder, path)
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, bytes, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // One path is a folder of another, or differs from it in a way that this system does not see.
      if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR')
        throw new Refusal('invalid', 'Two of the paths are in the way of each other.')
      throw error
    }
  }
}
