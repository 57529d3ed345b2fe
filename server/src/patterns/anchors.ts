// Names that must stand in what a pattern matches: where in the file they stand says where to look.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import { nameIndex } from '../syntax/tree.ts'
import type { Code } from './code.ts'
import type { Pattern } from './pattern.ts'

const NAMES: ReadonlySet<number> = new Set([KIND_CODE.Name, KIND_CODE.PropertyName, KIND_CODE.TypeName])
const known = new WeakMap<Pattern, readonly string[]>()

/** The words of a pattern that code can only say as names; keys may be strings, too. */
function namesOf(pattern: Pattern): readonly string[] {
  let names = known.get(pattern)
  if (!names) {
    const found = new Set<string>()
    collect(pattern, found)
    names = [...found]
    known.set(pattern, names)
  }
  return names
}

function collect(pattern: Pattern, found: Set<string>): void {
  if (pattern.what === 'deep') collect(pattern.inner, found)
  else if (pattern.what === 'tree') {
    const { text, kind, role, children } = pattern
    if (text !== undefined && NAMES.has(kind) && role !== ROLE_CODE.key) found.add(text)
    for (const it of children) collect(it, found)
  }
}

/** Where the names of one file stand. */
export class Anchors {
  readonly #code: Code
  readonly #ids: ReadonlyMap<string, number>
  readonly #rows = new Map<number, readonly number[]>()
  readonly #places = new Map<Pattern, readonly (readonly number[])[]>()
  #imported: ReadonlySet<string> | undefined

  constructor(code: Code) {
    this.#code = code
    this.#ids = new Map(code.tree.names.map((name, id) => [name, id]))
  }

  /** For each name that a match must hold, where it stands in the file; names that imports may hide are left out. */
  of(pattern: Pattern): readonly (readonly number[])[] {
    let places = this.#places.get(pattern)
    if (!places) {
      places = namesOf(pattern)
        .filter(it => !this.#hidden.has(it))
        .map(it => this.#occurrences(it))
        .sort((a, b) => a.length - b.length)
      this.#places.set(pattern, places)
    }
    return places
  }

  /** Whether all of them stand in a row's code. */
  mayHold(pattern: Pattern, row: number): boolean {
    const last = this.#code.tree.after[row]!
    for (const rows of this.of(pattern)) {
      let low = 0
      let high = rows.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (rows[middle]! < row) low = middle + 1
        else high = middle
      }
      if (low === rows.length || rows[low]! >= last) return false
    }
    return true
  }

  #occurrences(name: string): readonly number[] {
    const id = this.#ids.get(name)
    if (id === undefined) return []
    let rows = this.#rows.get(id)
    if (!rows) {
      const { first, next } = nameIndex(this.#code.tree)
      const found: number[] = []
      for (let row = first[id]!; row !== -1; row = next[row]!) found.push(row)
      rows = found
      this.#rows.set(id, rows)
    }
    return rows
  }

  /** Words of imports: what they name may be called otherwise in the file. */
  get #hidden(): ReadonlySet<string> {
    if (!this.#imported) {
      const { kind, rows, after, text, start, end } = this.#code.tree
      const words = new Set<string>()
      for (let row = 0; row < rows; row++) {
        const isImport = kind[row] === KIND_CODE.Import
        if (!isImport && !(kind[row] === KIND_CODE.Declarator && this.#requires(row))) continue
        for (const it of text.slice(start[row], end[row]).match(/\w+/g) ?? []) words.add(it)
        if (isImport) row = after[row]! - 1
      }
      // `require("fs").readFile`
      for (const [, module] of text.matchAll(/\brequire\s*\(\s*["'`]([^"'`\n]*)/g))
        for (const it of module!.match(/\w+/g) ?? []) words.add(it)
      this.#imported = words
    }
    return this.#imported
  }

  #requires(row: number): boolean {
    const { start, end, text } = this.#code.tree
    return end[row]! - start[row]! < 400 && /\brequire\s*\(/.test(text.slice(start[row], end[row]))
  }
}
