// Values computed from others and remembered for as long as all that they read stays the same. What a computation reads is
// noted while it runs: nobody declares it, so nobody can forget to.

/** Something that can be read, and read again later to see whether it is still the same. */
export interface Cell<T> {
  current(): T
}

/** Cells, each followed by the value that it had: there are millions of them. */
export type Reads = readonly unknown[]

const NO_READS: Reads = []

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
      return { value: compute(), reads: reads.size === 0 ? NO_READS : [...reads].flat() }
    } finally {
      this.#running.pop()
    }
  }
}

/** Nothing that was read has another value than then. */
function hold(reads: Reads): boolean {
  for (let i = 0; i < reads.length; i += 2)
    if ((reads[i] as Cell<unknown>).current() !== reads[i + 1]) return false
  return true
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
    if (!before || (this.#seen !== revision && !hold(before.reads)))
      this.#known = this.#tracker.run(() => this.#compute(before?.value))
    this.#seen = revision
    return this.#known!.value
  }
}

/** A derived value for each key: who reads one of them does not depend on the others. Objects are keys by their identity. */
export class Keyed<K extends string | object, T> {
  readonly #tracker: Tracker
  readonly #compute: (key: K, before: T | undefined) => T
  readonly #named = new Map<string, Derived<T>>()
  readonly #owned = new WeakMap<object, Derived<T>>()

  constructor(tracker: Tracker, compute: (key: K, before: T | undefined) => T) {
    this.#tracker = tracker
    this.#compute = compute
  }

  get(key: K): T {
    let cell = typeof key === 'string' ? this.#named.get(key) : this.#owned.get(key)
    if (!cell) {
      cell = new Derived(this.#tracker, before => this.#compute(key, before))
      if (typeof key === 'string') this.#named.set(key, cell)
      else this.#owned.set(key, cell)
    }
    return this.#tracker.read(cell)
  }
}

/**
 * What `compute` makes of each thing of a list, all in one: made again only of things that are new, or for which something that
 * it read has another value. While nothing changes it is the same list.
 */
export class Mapped<In extends object, Out> implements Cell<readonly Out[]> {
  readonly #tracker: Tracker
  readonly #source: () => readonly In[]
  readonly #compute: (it: In) => readonly Out[]
  #things: readonly In[] = []
  /** Of each thing, in the same order. */
  #parts: readonly Part<Out>[] = []
  #all: readonly Out[] = []
  #seen = -1

  constructor(tracker: Tracker, source: () => readonly In[], compute: (it: In) => readonly Out[]) {
    this.#tracker = tracker
    this.#source = source
    this.#compute = compute
  }

  current(): readonly Out[] {
    const { revision } = this.#tracker
    if (this.#seen === revision) return this.#all
    const things = this.#tracker.run(this.#source).value
    const known = this.#knownParts(things)
    let isSame = things.length === this.#things.length
    const parts = things.map((it, i) => {
      const before = known(it, i)
      const part = before && hold(before.reads) ? before : this.#make(it, before)
      isSame &&= part.value === this.#parts[i]?.value
      return part
    })
    if (!isSame) {
      const all = parts.flatMap(it => it.value)
      if (!isSameList(all, this.#all)) this.#all = all
    }
    this.#parts = parts
    this.#things = things
    this.#seen = revision
    return this.#all
  }

  #make(thing: In, before: Part<Out> | undefined): Part<Out> {
    const made = this.#tracker.run(() => this.#compute(thing))
    // Another reading of the same: who read it may keep what it made of it.
    return before && isSameList(before.value, made.value) ? { value: before.value, reads: made.reads } : made
  }

  /** Most things stand where they stood: only for the others is it looked up where that was. */
  #knownParts(things: readonly In[]): (thing: In, index: number) => Part<Out> | undefined {
    const [before, parts] = [this.#things, this.#parts]
    if (things === before) return (_, i) => parts[i]
    let places: Map<In, Part<Out>> | undefined
    return (thing, i) => {
      if (before[i] === thing) return parts[i]
      places ??= new Map(before.map((it, j) => [it, parts[j]!]))
      return places.get(thing)
    }
  }
}

interface Part<Out> {
  readonly value: readonly Out[]
  readonly reads: Reads
}

export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((it, i) => it === b[i]))
}
