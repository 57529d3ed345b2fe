// A second request when the first is late: the slowest answers are slow by accident, and the second is rarely late, too.

/** So many of the last answers are remembered. */
const WINDOW = 64
/** Before this many, nobody knows what late is. */
const LEAST_KNOWN = 8
/** At most one request in so many has a twin: hedging must not double the load of an endpoint that is merely slow. */
const ONE_IN = 10

export class Latencies {
  readonly #last: number[] = []
  #asked = 0
  #hedged = 0

  add(ms: number): void {
    this.#last.push(ms)
    if (this.#last.length > WINDOW) this.#last.shift()
  }

  /** When a request is late; undefined when nothing is known, or too many were sent twice. */
  get lateAfter(): number | undefined {
    if (this.#last.length < LEAST_KNOWN || this.#hedged * ONE_IN >= this.#asked) return undefined
    const sorted = [...this.#last].sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length * 0.95)]
  }

  ask(): void {
    this.#asked++
  }

  hedge(): void {
    this.#hedged++
  }
}

/**
 * The first good answer of one or two attempts; the other is aborted. An attempt that fails before it is late fails alone,
 * since asking again at once is for who retries.
 */
export async function hedged<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  lateAfterMs: number | undefined,
  sent: () => void,
  signal: AbortSignal,
): Promise<T> {
  if (lateAfterMs === undefined) return attempt(signal)
  const aborts = [new AbortController(), new AbortController()] as const
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const first = attempt(AbortSignal.any([signal, aborts[0].signal]))
    const isLate = await Promise.race([
      first.then(
        () => false,
        () => false,
      ),
      new Promise<boolean>(resolve => {
        timer = setTimeout(() => resolve(true), lateAfterMs)
      }),
    ])
    if (!isLate) return await first
    sent()
    const second = attempt(AbortSignal.any([signal, aborts[1].signal]))
    return await Promise.any([first, second]).catch((error: AggregateError) => {
      throw error.errors[0]
    })
  } finally {
    clearTimeout(timer)
    for (const it of aborts) it.abort(new Lost())
  }
}

class Lost extends Error {
  override readonly name = 'Lost'
}
