// From an offset in a file to its line.

/** Lines of places, counted from 1. Each file is read once, when the first of its places is asked for. */
export class LineStarts {
  readonly #read: (file: string) => string
  readonly #known = new Map<string, readonly number[]>()

  constructor(read: (file: string) => string) {
    this.#read = read
  }

  lineOf(file: string, offset: number): number {
    let starts = this.#known.get(file)
    if (!starts) {
      starts = [...this.#read(file).matchAll(/\r\n?|\n/g)].map(it => it.index + it[0].length)
      this.#known.set(file, starts)
    }
    let [low, high] = [0, starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
