// A line that is drawn again and again while somebody watches; nothing at all when nobody does.

import { type Output, paint } from './terminal.ts'

/** Often enough to look alive, seldom enough to cost nothing. */
const EVERY_MS = 100

export class Progress {
  readonly #output: Output
  readonly #now: () => number
  #next = 0
  #drawn = false

  constructor(output: Output, now: () => number) {
    this.#output = output
    this.#now = now
    // A command that is done at once shows nothing.
    this.#next = now() + 3 * EVERY_MS
  }

  show(text: () => string): void {
    if (!this.#output.isTerminal || this.#now() < this.#next) return
    this.#next = this.#now() + EVERY_MS
    this.#drawn = true
    this.#output.write(`\r\x1b[2K${paint(this.#output, 'gray', text().slice(0, this.#output.width - 1))}`)
  }

  clear(): void {
    if (this.#drawn) this.#output.write('\r\x1b[2K')
    this.#drawn = false
  }
}
