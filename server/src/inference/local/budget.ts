// How much time models may take for what nobody waits for.

export interface TimeBudget {
  /** Of computing, in milliseconds. */
  readonly ms: number
  /** In any stretch of this length; absent: altogether. */
  readonly perMs?: number
}

export class Spending {
  readonly budget: TimeBudget
  readonly #now: () => number
  readonly #spent: { readonly at: number; readonly ms: number }[] = []
  #sum = 0

  constructor(budget: TimeBudget, now: () => number) {
    this.budget = budget
    this.#now = now
  }

  add(ms: number): void {
    this.#spent.push({ at: this.#now(), ms })
    this.#sum += ms
  }

  /** In how many milliseconds there is some left: 0 is now, `Infinity` is never. */
  leftIn(): number {
    const { ms, perMs = Number.POSITIVE_INFINITY } = this.budget
    const now = this.#now()
    while (this.#spent[0] && this.#spent[0].at <= now - perMs) this.#sum -= this.#spent.shift()!.ms
    if (this.#sum < ms) return 0
    let over = this.#sum
    for (const it of this.#spent) {
      over -= it.ms
      if (over < ms) return it.at + perMs - now
    }
    return perMs
  }
}
