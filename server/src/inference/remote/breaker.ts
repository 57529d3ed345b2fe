// A circuit breaker: an endpoint that fails again and again is left alone for a while, then tried with one request.

/** One failure is an accident; after this many in a row the next one is all but certain. */
const MOST_FAILURES = 5
/** The first rest. Shorter would hammer an engine that is starting; a minute would be felt after a mere restart. */
const REST_MS = 10_000
/** Every further rest is twice as long, up to this. */
const LONGEST_REST_MS = 300_000

export interface BreakerOptions {
  /** In milliseconds; never goes back. */
  readonly now: () => number
  /** From 0 to 1: many editors do not come back at the same moment. */
  readonly random: () => number
  /** Told when it opens, with how long it rests. */
  readonly opened?: (ms: number) => void
  /** How long the first rest is. */
  readonly restMs?: number
}

export type BreakerState = 'closed' | 'open' | 'half-open'

export class Breaker {
  readonly #options: BreakerOptions
  #failures = 0
  #rests = 0
  #until = 0
  #isTrying = false

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  get state(): BreakerState {
    if (this.#until === 0) return 'closed'
    return this.#options.now() < this.#until ? 'open' : 'half-open'
  }

  /** How long it still rests, in milliseconds. */
  get restsFor(): number {
    return Math.max(0, this.#until - this.#options.now())
  }

  /** False: do not ask now. After a rest, one request is let through; the others wait for what becomes of it. */
  admit(): boolean {
    switch (this.state) {
      case 'closed':
        return true
      case 'open':
        return false
      case 'half-open':
        if (this.#isTrying) return false
        this.#isTrying = true
        return true
    }
  }

  succeed(): void {
    this.#failures = 0
    this.#rests = 0
    this.#until = 0
    this.#isTrying = false
  }

  /** `atOnce`: the next request would fail the same way. `forMs`: the endpoint said how long it wants to be left alone. */
  fail({ atOnce = false, forMs }: { readonly atOnce?: boolean; readonly forMs?: number } = {}): void {
    this.#failures++
    const wasTrying = this.#isTrying
    this.#isTrying = false
    if (forMs === undefined && !atOnce && !wasTrying && this.#failures < MOST_FAILURES) return
    const { now, random, opened, restMs = REST_MS } = this.#options
    const rest = Math.min(LONGEST_REST_MS, restMs * 2 ** this.#rests)
    this.#rests++
    // Who says how long is taken at their word, and not asked by everybody at the same moment.
    const ms = forMs === undefined ? rest * (0.75 + random() / 2) : forMs * (1 + random() / 4)
    this.#until = now() + ms
    opened?.(ms)
  }

  /** Nothing came of a request that was let through: it was taken back before it was answered. */
  release(): void {
    this.#isTrying = false
  }

  /** Something changed, such as the key: it may be asked at once. */
  reset(): void {
    this.succeed()
  }
}
