// Waiting for what an editor does in its own time: never a fixed while, always a limit, and a sentence when it passes.

import { setTimeout } from 'node:timers/promises'

/** How often to look. An editor draws 60 times a second; looking as often would only slow it down. */
const LOOK_MS = 50

export async function waitFor<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 30_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`${what}: not seen within ${limitMs / 1000} s`)
    await setTimeout(LOOK_MS)
  }
}
