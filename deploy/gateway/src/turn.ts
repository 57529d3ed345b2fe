// What came up in one turn of the loop, done in one go once all that the turn had to read is read.
//
// Code that runs a hundred times in a row is in the processor's cache, and code that runs between two answers is not. And who waits on
// the same machine (a proxy, an editor) is woken once for many answers that leave one after the other, instead of once for each, which
// costs the system more than the answers cost us. Alone, an item waits for nothing.

/** Returns what takes an item; `work` must not throw. */
export function atEndOfTurn<T>(work: (items: readonly T[]) => void): TurnQueue<T> {
  let items: T[] = []
  const flush = (): void => {
    const all = items
    items = []
    if (all.length > 0) work(all)
  }
  return {
    add(item) {
      if (items.length === 0) setImmediate(flush)
      items.push(item)
    },
    flush,
  }
}

export interface TurnQueue<T> {
  add(item: T): void
  /** Now, what is there. */
  flush(): void
}
