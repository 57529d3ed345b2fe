// Columns that are filled anew for every version of a document: room that is used again leaves nothing behind to collect.

/** Numbers, appended one by one. `values` is longer than what was appended. */
export class Column {
  values = new Int32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Int32Array(this.length * 2)
      wider.set(this.values)
      this.values = wider
    }
    this.values[this.length++] = value
  }

  /** What was appended. The column may be used for something else afterwards. */
  taken(): Int32Array {
    return this.values.slice(0, this.length)
  }
}

/** Room for so many numbers, all of them `value`. */
export class Room {
  #values = new Int32Array(0)

  of(length: number, value: number): Int32Array {
    if (this.#values.length < length) this.#values = new Int32Array(length + (length >> 2))
    this.#values.fill(value, 0, length)
    return this.#values
  }
}
