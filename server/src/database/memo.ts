// What was derived, under the digest of what it was derived from: a shelf in memory above a shelf on disk.

/** A place that outlives the process. Reading may fail or lie; the memo checks and computes again. */
export interface Shelf {
  get(key: string): string | undefined
  set(key: string, value: string): void
}

/** How many bytes of answers memory keeps: some tens of thousands of files' findings. */
const MEMORY_BYTES = 24 * 1024 * 1024

export class Memo {
  readonly #disk: Shelf | undefined
  readonly #entries = new Map<string, string>()
  #bytes = 0

  constructor(disk?: Shelf) {
    this.#disk = disk
  }

  get(key: string): string | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) {
      // Least recently used first: a Map keeps the order of insertion.
      this.#entries.delete(key)
      this.#entries.set(key, value)
      return value
    }
    const stored = this.#disk?.get(key)
    if (stored !== undefined) this.#keep(key, stored)
    return stored
  }

  set(key: string, value: string): void {
    this.#keep(key, value)
    this.#disk?.set(key, value)
  }

  #keep(key: string, value: string): void {
    const old = this.#entries.get(key)
    if (old !== undefined) {
      this.#bytes -= cost(key, old)
      this.#entries.delete(key)
    }
    this.#entries.set(key, value)
    this.#bytes += cost(key, value)
    for (const [oldest, text] of this.#entries) {
      if (this.#bytes <= MEMORY_BYTES) break
      this.#entries.delete(oldest)
      this.#bytes -= cost(oldest, text)
    }
  }
}

function cost(key: string, value: string): number {
  return 2 * (key.length + value.length) + 64
}
