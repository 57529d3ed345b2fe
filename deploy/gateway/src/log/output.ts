// Where log lines go: gathered, and written many at once, since to write each would be a good part of what an answer costs.
//
// The end of the process writes what is left, however it comes, unless it is killed outright: that loses a quarter of a second.

import { destination } from 'pino'

/** Where lines go. */
export interface LogStream {
  write(line: string): void
}

/** About forty lines. */
const GATHERED = 8192
/** So long nobody who watches waits for a line. */
const LATEST_MS = 250

/** What takes lines and hands them on when they are many, or old. */
export class GatheredLines implements LogStream {
  readonly #write: (lines: string) => void
  #lines = ''

  constructor(write: (lines: string) => void) {
    this.#write = write
    setInterval(() => this.flushSync(), LATEST_MS).unref()
  }

  write(line: string): void {
    this.#lines += line
    if (this.#lines.length > GATHERED) this.flushSync()
  }

  /** Called by the log itself with what is fatal. */
  flushSync(): void {
    const lines = this.#lines
    this.#lines = ''
    if (lines !== '') this.#write(lines)
  }
}

export function standardOutput(): LogStream {
  // Not behind the back of the process: what is slow to take lines slows down who writes them, and nothing is on its way when the
  // process ends.
  const output = destination({ dest: 1, sync: true })
  const lines = new GatheredLines(it => output.write(it))
  process.once('exit', () => lines.flushSync())
  return lines
}
