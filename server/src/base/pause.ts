// Letting other work through: JavaScript hears an abort only when the loop turns.

/** Work longer than this pauses, so that a keystroke waits at most this long. At 1 ms the turning costs more than it gives. */
export const SLICE_MS = 8

/** Lets the event loop turn once. Throws the signal's reason when it was aborted. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => setImmediate(resolve))
  signal?.throwIfAborted()
}

/** Pauses whenever a slice of time is used up. */
export class Pacer {
  readonly #now: () => number
  readonly #signal: AbortSignal | undefined
  #until: number
  constructor(now: () => number, signal?: AbortSignal) {
    this.#now = now
    this.#signal = signal
    this.#until = now() + SLICE_MS
  }
  async step(): Promise<void> {
    if (this.#now() < this.#until) return
    await pause(this.#signal)
    this.#until = this.#now() + SLICE_MS
  }
}
