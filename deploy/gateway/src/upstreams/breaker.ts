// A circuit breaker: an engine that fails again and again is left alone for a while, then tried with a single request.

import { Refusal } from '../errors.ts'

export interface BreakerOptions {
  /** So many in a row open the circuit. */
  readonly failures: number
  readonly retryMs: number
  /** In milliseconds; never goes back. */
  readonly now: () => number
  /** Told of every change. */
  readonly changed?: (state: BreakerState) => void
}

export type BreakerState = 'closed' | 'open' | 'half-open'

export class Breaker {
  readonly #options: BreakerOptions
  #failures = 0
  #openedAt: number | undefined
  #isTrying = false

  constructor(options: BreakerOptions) {
    this.#options = options
  }

  get state(): BreakerState {
    if (this.#openedAt === undefined) return 'closed'
    return this.#options.now() - this.#openedAt < this.#options.retryMs ? 'open' : 'half-open'
  }

  /**
   * Runs the work unless the circuit is open. `judge` says what the outcome tells of the engine: a caller who asks nonsense opens
   * no circuit for others, and one who hangs up neither opens nor closes one.
   */
  async run<T>(work: () => Promise<T>, judge: (outcome: Outcome<T>) => Verdict): Promise<T> {
    const state = this.state
    if (state === 'open' || (state === 'half-open' && this.#isTrying))
      throw new Refusal('unavailable', 'The engine does not answer; it is left alone for a while.', {
        retryAfter: this.#options.retryMs / 1000,
      })
    this.#isTrying = state === 'half-open'
    try {
      const value = await work()
      this.#count(judge({ value }))
      return value
    } catch (error) {
      this.#count(judge({ error }))
      throw error
    } finally {
      if (state === 'half-open') this.#isTrying = false
    }
  }

  #count(verdict: Verdict): void {
    if (verdict === 'unknown') return
    if (verdict === 'well') {
      if (this.#openedAt !== undefined) this.#options.changed?.('closed')
      this.#failures = 0
      this.#openedAt = undefined
    } else if (++this.#failures >= this.#options.failures || this.#openedAt !== undefined) {
      if (this.#openedAt === undefined) this.#options.changed?.('open')
      this.#openedAt = this.#options.now()
    }
  }
}

export type Verdict = 'well' | 'failing' | 'unknown'
export type Outcome<T> = { readonly value: T } | { readonly error: unknown }
