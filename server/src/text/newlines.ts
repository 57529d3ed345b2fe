// Where the lines of a text begin, kept current through edits.

import type { Edit } from './document.ts'

/** A row and a UTF-16 column, both from 0. Only `\n` ends a row here, as tree-sitter counts. */
export type Point = readonly [row: number, column: number]

export class Newlines {
  /** Offsets at which rows begin; the first is 0. */
  readonly #starts: Uint32Array
  private constructor(starts: Uint32Array) {
    this.#starts = starts
  }

  static of(text: string): Newlines {
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    return new Newlines(Uint32Array.from(starts))
  }

  get rows(): number {
    return this.#starts.length
  }

  point(offset: number): Point {
    const row = this.#rowOf(offset)
    return [row, offset - this.#starts[row]!]
  }

  edited({ start, oldEnd, newEnd }: Edit, inserted: string): Newlines {
    const old = this.#starts
    const keep = this.#rowOf(start) + 1
    const resume = this.#rowOf(oldEnd) + 1
    const fresh: number[] = []
    for (let at = inserted.indexOf('\n'); at !== -1; at = inserted.indexOf('\n', at + 1))
      fresh.push(start + at + 1)
    const starts = new Uint32Array(keep + fresh.length + old.length - resume)
    starts.set(old.subarray(0, keep))
    starts.set(fresh, keep)
    const shift = newEnd - oldEnd
    let to = keep + fresh.length
    for (let from = resume; from < old.length; from++) starts[to++] = old[from]! + shift
    return new Newlines(starts)
  }

  #rowOf(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}
