// What models were asked and how long they took: for the status, and for judging how much goes into one slice.

/** Of one model, since the process started. */
export interface ModelCounts {
  /** Questions that a model had to answer. */
  readonly asked: number
  readonly answered: number
  /** Questions to which the answer was known. */
  readonly remembered: number
  readonly failed: number
  /** The middle of how long an answer took to compute, of the last of them. */
  readonly p50Ms: number | undefined
}

/** So many answers say how fast a model is now. */
const KEPT = 256
/** The weight of the newest run in the estimate of speed: it follows a busy computer within some ten runs. */
const NEWEST = 0.2

export class Tally {
  #asked = 0
  #answered = 0
  #remembered = 0
  #failed = 0
  readonly #times: number[] = []
  #msPerCost: number | undefined

  ask(): void {
    this.#asked++
  }
  remember(): void {
    this.#remembered++
  }
  fail(): void {
    this.#failed++
  }

  /** A run of `count` answers, each of at most `cost`. */
  answer(count: number, cost: number, ms: number): void {
    this.#answered += count
    this.#times.push(ms / count)
    if (this.#times.length > KEPT) this.#times.shift()
    const speed = ms / Math.max(1, cost * count)
    this.#msPerCost = this.#msPerCost === undefined ? speed : this.#msPerCost * (1 - NEWEST) + speed * NEWEST
  }

  get msPerCost(): number | undefined {
    return this.#msPerCost
  }

  get counts(): ModelCounts {
    const times = [...this.#times].sort((a, b) => a - b)
    return {
      asked: this.#asked,
      answered: this.#answered,
      remembered: this.#remembered,
      failed: this.#failed,
      p50Ms: times[times.length >> 1],
    }
  }
}
