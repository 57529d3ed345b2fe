// Chance that can be repeated: the same seed gives the same material on every machine.

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, and without, 1. The generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let it = this.#state
    it = Math.imul(it ^ (it >>> 15), it | 1)
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61)
    return ((it ^ (it >>> 14)) >>> 0) / 0x1_0000_0000
  }

  /** A whole number of `low..high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<T>(from: ArrayLike<T>): T {
    return from[Math.floor(this.next() * from.length)]!
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** So many characters of an alphabet. */
  text(alphabet: string, length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += this.pick(alphabet)
    return text
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.between(0, 255)))
  }

  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.between(0, i)
      ;[list[i], list[j]] = [list[j]!, list[i]!]
    }
    return list
  }
}
