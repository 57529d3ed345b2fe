// Values computed from others and remembered for as long as all that they read stays the same. What a computation reads is
// noted while it runs: nobody declares it, so nobody can forget to.

/** Something that can be read, and read again later to see whether it is still the same. */
export interface Cell<T> {
  current(): T
}

export type Reads = ReadonlyMap<Cell<unknown>, unknown>

export class Tracker {
  /** Goes up with every change of an input: what was found up to date since needs no second look. */
  revision = 0
  readonly #running: Map<Cell<unknown>, unknown>[] = []

  /** The value of a cell, noted as read by what runs now. */
  read<T>(cell: Cell<T>): T {
    const value = cell.current()
    this.#running.at(-1)?.set(cell, value)
    return value
  }

  /** Runs `compute`, and tells what it read. */
  run<T>(compute: () => T): { readonly value: T; readonly reads: Reads } {
    const reads = new Map<Cell<unknown>, unknown>()
    this.#running.push(reads)
    try {
      return { value: compute(), reads }
    } finally {
      this.#running.pop()
    }
  }

  /** The same for a part of what runs now: what it read counts as read by the whole too. */
  runPart<T>(compute: () => T): { readonly value: T; readonly reads: Reads } {
    const part = this.run(compute)
    for (const [cell, value] of part.reads) this.#running.at(-1)?.set(cell, value)
    return part
  }
}

/**
 * The value of `compute`, which is asked again only when something that it read has another value than then. It is given its
 * last value, from which it may take what is still the same; its answer must not depend on that.
 */
export class Derived<T> implements Cell<T> {
  readonly #tracker: Tracker
  readonly #compute: (before: T | undefined) => T
  #known: { readonly value: T; readonly reads: Reads } | undefined
  #seen = -1

  constructor(tracker: Tracker, compute: (before: T | undefined) => T) {
    this.#tracker = tracker
    this.#compute = compute
  }

  current(): T {
    const { revision } = this.#tracker
    const before = this.#known
    if (!before || (this.#seen !== revision && !this.#holds(before.reads)))
      this.#known = this.#tracker.run(() => this.#compute(before?.value))
    this.#seen = revision
    return this.#known!.value
  }

  #holds(reads: Reads): boolean {
    for (const [cell, value] of reads) if (cell.current() !== value) return false
    return true
  }
}
