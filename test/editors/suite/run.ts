// Runs cases one after the other inside the extension host, and writes down how each went: the test outside reads it.

import { writeFileSync } from 'node:fs'

export type Cases = Readonly<Record<string, () => Promise<void>>>

export interface Outcome {
  readonly name: string
  readonly error?: string
}

/** A case that hangs must not keep the others from being told. */
const LIMIT_MS = 40_000

export async function runCases(cases: Cases): Promise<void> {
  const outcomes: Outcome[] = []
  for (const [name, run] of Object.entries(cases)) {
    try {
      await limited(run())
      outcomes.push({ name })
    } catch (error) {
      outcomes.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  writeFileSync(process.env.CODEANT_OUTCOMES!, JSON.stringify(outcomes))
}

function limited(run: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${LIMIT_MS / 1000} s`)), LIMIT_MS)
  })
  return Promise.race([run, limit]).finally(() => clearTimeout(timer))
}
