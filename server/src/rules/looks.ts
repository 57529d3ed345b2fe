// What a rule looked at beyond its cell, written down while it runs. `then.ts` asks whether all of it is still the same.

import type { Finding } from '@codeant/shared/finding.ts'
import { FileReader } from '../semantics/source-file.ts'
import type { AnyRule } from './rule.ts'
import type { RuleSet } from './rule-set.ts'
import type { Run } from './run.ts'

/** What one rule looked at from one cell. */
export interface Look {
  readonly rule: AnyRule
  /** `8 * row + what`; for `LISTED`, the binding instead of the row. */
  readonly items: readonly number[]
  /** Pairs of a row and the number of an identifier that was searched for in it. */
  readonly searches: readonly number[]
  /** Pairs of a row and the number of a name that was looked up among what its children declare. */
  readonly members: readonly number[]
  /** Holds for no other tree, whatever stays the same. */
  readonly volatile: boolean
}

export const CONTENT = 0
export const NATURE = 1
export const CHILDREN = 2
export const SURROUNDINGS = 3
export const ERROR = 4
export const BINDING = 5
export const LISTED = 6

/** Comparing more than this would cost more than looking again. */
const MOST_ITEMS = 2000

/** Writes down what rules look at beyond the cell that they run in. */
export class LookReader extends FileReader {
  /** Knows whose turn it is. */
  run: Pick<Run, 'rule'> = { rule: undefined }
  readonly #seen = new Map<AnyRule, Seen>()
  /** The last one asked for. */
  #rule: AnyRule | undefined
  #last: Seen | undefined

  begin(low: number, high: number): void {
    this.low = low
    this.high = high
    this.#seen.clear()
    this.#rule = undefined
    this.#last = undefined
  }

  /** The looks of all rules that ran since `begin`; `findings` are what they found. */
  end(findings: readonly Finding[], rules: RuleSet): Look[] {
    const { tree, low } = this
    const start = tree.start[low]!
    const end = tree.end[low]!
    const volatile = new Set<AnyRule>()
    for (const it of findings) {
      // What lies elsewhere would have to be moved by another distance.
      if (
        it.start < start ||
        it.end > end ||
        it.related?.some(place => place.start < start || place.end > end)
      )
        volatile.add(rules.get(it.rule)!)
    }
    const looks: Look[] = []
    for (const [rule, { items, searches, members }] of this.#seen) {
      if (items.size + searches.length + members.length > MOST_ITEMS) volatile.add(rule)
      else if (!volatile.has(rule))
        looks.push({ rule, items: [...items], searches, members, volatile: false })
    }
    for (const rule of volatile) looks.push({ rule, items: [], searches: [], members: [], volatile: true })
    return looks
  }

  override outside(row: number): void {
    this.#add(row * 8 + CONTENT)
  }
  override glanced(row: number): void {
    if (this.#isAround(row)) return
    const items = this.#mine()?.items
    // Whoever compares a node's children compares what they are.
    if (items && !items.has(this.tree.parent[row]! * 8 + CHILDREN)) items.add(row * 8 + NATURE)
  }
  override entered(row: number): void {
    this.#add(row * 8 + CHILDREN)
  }
  override climbed(row: number): void {
    if (!this.#isAround(row)) this.#add(row * 8 + SURROUNDINGS)
  }
  override doubted(row: number): void {
    if (row < this.low || row >= this.high) this.#add(row * 8 + ERROR)
  }
  override searched(row: number, _name: string, id: number): void {
    // A name that the document does not have yet has no number to look for it by.
    if (id === -1) this.outside(row)
    else {
      this.glanced(row)
      this.#mine()?.searches.push(row, id)
    }
  }
  override listedMembers(row: number, id: number): void {
    this.glanced(row)
    const members = this.#mine()?.members
    if (!members) return
    for (let i = 0; i < members.length; i += 2) if (members[i] === row && members[i + 1] === id) return
    members.push(row, id)
  }
  override resolved(row: number): void {
    this.#add(row * 8 + BINDING)
  }
  override listed(binding: number): void {
    this.#add(binding * 8 + LISTED)
  }

  /** What is around the cell is compared for every cell. */
  #isAround(row: number): boolean {
    return row < this.low && this.tree.after[row]! >= this.high
  }

  #add(item: number): void {
    this.#mine()?.items.add(item)
  }

  /** What the rule whose turn it is has seen so far. */
  #mine(): Seen | undefined {
    const { rule } = this.run
    if (rule !== this.#rule) {
      this.#rule = rule
      this.#last = rule && this.#seen.get(rule)
      if (rule && !this.#last) {
        this.#last = { items: new Set(), searches: [], members: [] }
        this.#seen.set(rule, this.#last)
      }
    }
    return this.#last
  }
}

interface Seen {
  readonly items: Set<number>
  readonly searches: number[]
  readonly members: number[]
}
