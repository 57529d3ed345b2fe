// One file as the rules of this format see it: the grammar's own tree, and the ways to walk it.

import { type ConcreteTree, isNamed } from '../../syntax/concrete.ts'
import { FLAG_EXTRA, FLAG_MISSING } from '../../syntax/tree.ts'

/** A rule asked more of a file than anybody would wait for, or asked itself without end. */
export class TooLong extends Error {
  override readonly name = 'TooLong'
}

/** What a rule may ask of one file: some seconds. The dearest of the public ones on 50,000 lines asks a tenth of it. */
const MOST_STEPS = 20_000_000

export class TreeFile {
  readonly tree: ConcreteTree
  readonly #children = new Map<number, readonly number[]>()
  readonly #answers = new Map<object, Uint8Array>()
  readonly #byKinds = new WeakMap<ReadonlySet<number>, readonly number[]>()
  #bySymbol: Map<number, number[]> | undefined
  #lines: number[] | undefined
  #steps = 0

  constructor(tree: ConcreteTree) {
    this.tree = tree
  }

  /** Before a rule is run. */
  begin(): void {
    this.#steps = 0
  }

  /** One more question of that rule. Throws `TooLong`. */
  step(): void {
    if (++this.#steps > MOST_STEPS) throw new TooLong()
  }

  text(row: number): string {
    const { text, start, end } = this.tree
    return text.slice(start[row], end[row])
  }

  isNamed(row: number): boolean {
    return isNamed(this.tree, row)
  }

  /** A comment, or what else the grammar allows anywhere. */
  isExtra(row: number): boolean {
    return (this.tree.flags[row]! & FLAG_EXTRA) !== 0
  }

  isMissing(row: number): boolean {
    return (this.tree.flags[row]! & FLAG_MISSING) !== 0
  }

  isLeaf(row: number): boolean {
    return this.tree.after[row] === row + 1
  }

  /** Nothing in it has a name of its own; tokens may be. */
  hasNoNamedChild(row: number): boolean {
    return !this.children(row).some(it => this.isNamed(it))
  }

  children(row: number): readonly number[] {
    let children = this.#children.get(row)
    if (!children) {
      children = this.#childrenOf(row)
      this.#children.set(row, children)
    }
    return children
  }

  childInField(row: number, field: number): number | undefined {
    const { after, field: fields } = this.tree
    const last = after[row]!
    for (let it = row + 1; it < last; it = after[it]!) if (fields[it] === field) return it
    return undefined
  }

  parent(row: number): number | undefined {
    return row === 0 ? undefined : this.tree.parent[row]
  }

  *ancestors(row: number): Generator<number> {
    for (let it = this.parent(row); it !== undefined; it = this.parent(it)) yield it
  }

  /** The siblings behind, the nearest first. */
  *following(row: number): Generator<number> {
    const around = this.parent(row)
    if (around === undefined) return
    const { after } = this.tree
    const last = after[around]!
    for (let it = after[row]!; it < last; it = after[it]!) yield it
  }

  /** The siblings before, the nearest first. */
  *preceding(row: number): Generator<number> {
    const around = this.parent(row)
    if (around === undefined) return
    const { parent } = this.tree
    // The row before ends the subtree of the sibling before: no need to begin with the first.
    for (let it = row - 1; it > around; it--) {
      while (parent[it] !== around) it = parent[it]!
      yield it
    }
  }

  /** The rows of these node types, in source order. */
  rowsOf(symbols: ReadonlySet<number>): readonly number[] {
    let rows = this.#byKinds.get(symbols)
    if (!rows) {
      this.#bySymbol ??= this.#index()
      const lists = [...symbols].flatMap(it => {
        const rows = this.#bySymbol!.get(it)
        return rows ? [rows] : []
      })
      rows = lists.length === 1 ? lists[0]! : lists.flat().sort((a, b) => a - b)
      this.#byKinds.set(symbols, rows)
    }
    return rows
  }

  /** For each row, what was answered to a question about it; 0 where nobody asked. */
  answersTo(question: object): Uint8Array {
    let answers = this.#answers.get(question)
    if (!answers) {
      answers = new Uint8Array(this.tree.rows)
      this.#answers.set(question, answers)
    }
    return answers
  }

  /** Line and column of an offset, both from 0; columns count characters as people do. */
  position(offset: number): { readonly line: number; readonly column: number } {
    const { text } = this.tree
    this.#lines ??= lineStarts(text)
    let low = 0
    let high = this.#lines.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#lines[middle]! <= offset) low = middle
      else high = middle
    }
    return { line: low, column: [...text.slice(this.#lines[low], offset)].length }
  }

  #childrenOf(row: number): number[] {
    const { after } = this.tree
    const rows: number[] = []
    const last = after[row]!
    for (let it = row + 1; it < last; it = after[it]!) rows.push(it)
    return rows
  }

  #index(): Map<number, number[]> {
    const { symbol, rows } = this.tree
    const index = new Map<number, number[]>()
    for (let row = 0; row < rows; row++) {
      const list = index.get(symbol[row]!)
      if (list) list.push(row)
      else index.set(symbol[row]!, [row])
    }
    return index
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
