// `main.mjs retention`: what is over by the settings, and, when it is meant, its end now instead of within the hour.

import { openEngine } from './parts.ts'
import { type RunOptions, readOrTell, reasonOf } from './run.ts'
import { cleanUp, whatIsOver } from './store/cleaning.ts'
import { openDatabase } from './store/database.ts'
import { WORDS } from './words.ts'

export interface RetentionRun extends Omit<RunOptions, 'stopped' | 'wantsKey'> {
  readonly isMeant: boolean
}

/** 0: done, or told. 2: it cannot be done, and that was said. */
export async function runRetention(options: RetentionRun): Promise<0 | 2> {
  const { isMeant, locale, out, err } = options
  const config = readOrTell(options)
  if (!config) return 2
  try {
    const engine = await openEngine(config, it => err(`${it}\n`))
    try {
      const run = isMeant ? cleanUp : whatIsOver
      out(WORDS[locale].retained(await run(openDatabase(engine), config.retention), isMeant))
    } finally {
      await engine.close()
    }
    return 0
  } catch (error) {
    err(`codeant: ${reasonOf(error, config, locale)}\n`)
    return 2
  }
}
