// The thread that runs rules in patterns over open documents: thousands of them would make typing wait.

import type { Finding } from '@codeant/shared/finding.ts'
import type { LanguageId } from '@codeant/shared/language.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { PlaygroundParams, PlaygroundResult } from '@codeant/shared/playground.ts'
import { Piscina } from 'piscina'
import type { ProposedFix } from '../../features/fixes.ts'
import type { PackRuleSummary } from '../../features/pack-rules.ts'
import type { PackOrigin } from './packs.ts'

/** Rules stay compiled for so long after the last keystroke. */
const IDLE_MS = 300_000

export interface PackSummary {
  readonly rules: readonly PackRuleSummary[]
  readonly refused: readonly RefusedSummary[]
}

/** A rule that cannot be run, in words. */
export interface RefusedSummary {
  readonly file: string
  readonly id: string
  readonly why: Readonly<Record<Locale, string>>
}

export interface PackCheck {
  readonly pack: PackOrigin
  readonly file: string
  /** In its project. */
  readonly path: string
  readonly language: LanguageId
  readonly text: string
  /** Milliseconds for one file. */
  readonly maxFileTime: number
}

export interface PackFixes extends Omit<PackCheck, 'file' | 'maxFileTime'> {
  /** Rules that are off by default and run here. */
  readonly optIns: readonly string[]
  readonly wanted: readonly Pick<Finding, 'rule' | 'start' | 'end'>[]
}

export class PackThread {
  #pool: Piscina | undefined

  summary(pack: PackOrigin): Promise<PackSummary> {
    return this.#run(pack, 'summary')
  }

  check(file: PackCheck): Promise<readonly Finding[]> {
    return this.#run(file, 'check')
  }

  /** The fixes of some findings of these rules, each verified against all rules. */
  fixes(file: PackFixes): Promise<readonly ProposedFix[]> {
    return this.#run(file, 'fixes')
  }

  /** Rules that are nobody's yet. */
  play(asked: PlaygroundParams): Promise<PlaygroundResult> {
    return this.#run(asked, 'play')
  }

  async close(): Promise<void> {
    await this.#pool?.destroy()
    this.#pool = undefined
  }

  #run<T>(task: unknown, name: 'summary' | 'check' | 'fixes' | 'play'): Promise<T> {
    this.#pool ??= new Piscina({
      filename: new URL(
        import.meta.url.endsWith('.ts') ? './pack-worker.ts' : './pack-worker.mjs',
        import.meta.url,
      ).href,
      maxThreads: 1,
      minThreads: 0,
      idleTimeout: IDLE_MS,
      recordTiming: false,
    })
    return this.#pool.run(task, { name })
  }
}
