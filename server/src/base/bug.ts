// Meeting the impossible politely: loud in tests, one line and onwards in production.

import type { Log } from './log.ts'

let report: (what: string, details: object, stack: string) => void = (what, details) => {
  throw new Error(`bug: ${what} ${JSON.stringify(details)}`)
}

/** Reports a state that cannot be. Throws in tests; in production it is logged once for each place and work goes on. */
export function bug(what: string, details: object = {}): void {
  report(what, details, new Error(what).stack ?? '')
}

/** Called once by a host: from now on a bug is a line in the log. */
export function logBugs(log: Log): void {
  const seen = new Set<string>()
  report = (what, details, stack) => {
    if (seen.has(what)) return
    seen.add(what)
    log.error(`bug: ${what} ${JSON.stringify(details)}\n${stack}`)
  }
}
