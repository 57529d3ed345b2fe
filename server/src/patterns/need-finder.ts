// Which of many texts stand in a file, found in one pass over it however many they are: what decides which rules are asked.

import { mayBeCalled, neededText } from './needed-literals.ts'

/** Letters that are told apart where a text may stand inside of a word: the first three of it. */
const WINDOW = 3
const WINDOW_BITS = 16
/** FNV-1a. */
const SEED = 0x811c9dc5
const PRIME = 0x01000193

export class NeedFinder {
  readonly #needs: readonly string[]
  /** What is looked for in the text for each. */
  readonly #texts: readonly string[]
  /** 1: a word that has to be called. */
  readonly #isCalled: Uint8Array
  readonly #words: HashTable
  /** By the window that they begin with. */
  readonly #parts = new Map<number, number[]>()
  /** The same as bits, since nearly every place begins none. */
  readonly #begins = new Uint8Array(2 ** WINDOW_BITS)
  /** Too short for a window. */
  readonly #short: number[] = []
  /** The round in which each was last found. */
  readonly #seen: Int32Array
  #round = 0

  constructor(needs: Iterable<string>) {
    this.#needs = [...new Set(needs)]
    const needed = this.#needs.map(neededText)
    this.#texts = needed.map(it => it.text)
    this.#isCalled = Uint8Array.from(needed, it => (it.as === 'called' ? 1 : 0))
    this.#seen = new Int32Array(needed.length)
    const words: number[] = []
    for (const [i, { text, as }] of needed.entries())
      if (as !== 'part') words.push(i)
      else if (text.length < WINDOW) this.#short.push(i)
      else this.#addPart(text, i)
    this.#words = new HashTable(
      words,
      words.map(it => hashOf(this.#texts[it]!)),
    )
  }

  #addPart(text: string, index: number): void {
    let window = 0
    for (let i = 0; i < WINDOW; i++) window = shifted(window, text.charCodeAt(i))
    const list = this.#parts.get(window)
    if (list) list.push(index)
    else this.#parts.set(window, [index])
    this.#begins[bitsOf(window)] = 1
  }

  /** Those that are in the text. */
  find(text: string): ReadonlySet<string> {
    const found = new Set<string>()
    if (this.#needs.length === 0) return found
    this.#round++
    const begins = this.#begins
    const hasParts = this.#parts.size > 0
    let hash = SEED
    let start = -1
    let window = 0
    // One further than the text, where its last word ends.
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 0
      if (code < 128 && WORD_SIGN[code] === 1) {
        if (start < 0) start = i
        hash = Math.imul(hash ^ code, PRIME)
      } else if (start >= 0) {
        this.#takeWord(text, start, i, hash, found)
        start = -1
        hash = SEED
      }
      if (hasParts) {
        window = shifted(window, code)
        if (begins[bitsOf(window)] === 1) this.#takeParts(text, i - WINDOW + 1, window, found)
      }
    }
    for (const it of this.#short) if (text.includes(this.#texts[it]!)) found.add(this.#needs[it]!)
    return found
  }

  #takeWord(text: string, start: number, end: number, hash: number, found: Set<string>): void {
    for (let slot = this.#words.first(hash); ; slot = this.#words.next(slot)) {
      const index = this.#words.at(slot)
      if (index < 0) return
      if (this.#seen[index] === this.#round) continue
      const word = this.#texts[index]!
      if (word.length !== end - start || !text.startsWith(word, start)) continue
      if (this.#isCalled[index] === 0 || mayBeCalled(text, end)) this.#take(index, found)
    }
  }

  #takeParts(text: string, start: number, window: number, found: Set<string>): void {
    for (const index of this.#parts.get(window) ?? [])
      if (this.#seen[index] !== this.#round && text.startsWith(this.#texts[index]!, start))
        this.#take(index, found)
  }

  #take(index: number, found: Set<string>): void {
    this.#seen[index] = this.#round
    found.add(this.#needs[index]!)
  }
}

/** Numbers by hash, in one array without an object for each: open addressing, a quarter full at most. */
class HashTable {
  readonly #mask: number
  /** -1: nothing. */
  readonly #slots: Int32Array

  constructor(values: readonly number[], hashes: readonly number[]) {
    let size = 4
    while (size < 4 * values.length) size *= 2
    this.#mask = size - 1
    this.#slots = new Int32Array(size).fill(-1)
    for (const [i, value] of values.entries()) {
      let slot = this.first(hashes[i]!)
      while (this.#slots[slot]! >= 0) slot = this.next(slot)
      this.#slots[slot] = value
    }
  }

  first(hash: number): number {
    // The upper bits of the product are the better mixed ones.
    return (hash ^ (hash >>> 15)) & this.#mask
  }

  next(slot: number): number {
    return (slot + 1) & this.#mask
  }

  at(slot: number): number {
    return this.#slots[slot]!
  }
}

const WORD_SIGN = Uint8Array.from({ length: 128 }, (_, code) =>
  /\w/.test(String.fromCharCode(code)) ? 1 : 0,
)

function hashOf(word: string): number {
  let hash = SEED
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), PRIME)
  return hash
}

/** The last three letters, of each its lower ten bits: others that look the same are told apart by the text. */
function shifted(window: number, code: number): number {
  return ((window << 10) | (code & 0x3ff)) & 0x3fffffff
}

function bitsOf(window: number): number {
  return (Math.imul(window, 0x9e3779b1) >>> (32 - WINDOW_BITS)) & 0xffff
}
