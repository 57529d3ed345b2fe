// When the process is late already, a request more makes everybody later: it is sent away at once, and told when to come again.

import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { type LoopDelay, watchLoop } from '../limits/loop-delay.ts'

const RETRY_SECONDS = 2

/** `most` milliseconds late is too late; 0: never. */
export function addLoadShedding(app: App, most: number, delay: LoopDelay = watchLoop()): void {
  app.addHook('onClose', async () => delay.close())
  if (most === 0) return
  app.addHook('onRequest', (request, _, done) => {
    // Who only asks whether the process turns has to hear that it does, or it is ended in the middle of its work.
    const isLate = delay.ms > most && !request.route.config?.isProbe
    done(isLate ? new Refusal('overloaded', undefined, { retryAfter: RETRY_SECONDS }) : undefined)
  })
}
