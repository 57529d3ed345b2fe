// What was computed of subtrees, kept over edits for as long as the subtree is.

import { type Kept, moved } from '../syntax/tree.ts'

/** Every subtree of which something is remembered has a number, which stays the same in all versions of a document. */
interface Shelf {
  count: number
  readonly values: Map<string, unknown[]>
}

/** More numbers than this for each row, and nearly all are of subtrees that are gone. */
const MOST_PER_ROW = 4

export class Memory {
  readonly #rows: number
  #shelf: Shelf | undefined
  /** The subtree's number by row; 0 where nothing is remembered. */
  #numbers: Uint32Array | undefined

  constructor(rows: number, previous: Memory | undefined, kept: Kept | undefined) {
    this.#rows = rows
    if (!previous || !kept) return
    const before = previous.#numbers
    if (!before) return
    const numbers = moved(before, kept, rows)
    const shelf = previous.#shelf!
    this.#shelf = shelf.count > MOST_PER_ROW * rows ? renumbered(shelf, numbers) : shelf
    this.#numbers = numbers
  }

  /** `compute()`, or what it was when this subtree was asked about last. `what` names the question. */
  of<T>(what: string, row: number, compute: () => T): T {
    this.#numbers ??= new Uint32Array(this.#rows)
    this.#shelf ??= { count: 0, values: new Map() }
    const shelf = this.#shelf
    let values = shelf.values.get(what)
    if (!values) {
      values = []
      shelf.values.set(what, values)
    }
    const number = this.#numbers[row]! || (this.#numbers[row] = ++shelf.count)
    const known = values[number] as T | undefined
    if (known !== undefined) return known
    const value = compute()
    values[number] = value
    return value
  }
}

/** Forgets what is about none of these. */
function renumbered(shelf: Shelf, numbers: Uint32Array): Shelf {
  const values = new Map<string, unknown[]>()
  for (const what of shelf.values.keys()) values.set(what, [undefined])
  let count = 0
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row]!
    if (number === 0) continue
    numbers[row] = ++count
    for (const [what, known] of shelf.values) values.get(what)![count] = known[number]
  }
  return { count, values }
}
