// The tree as it was before an edit: whether what a rule looked at there would be the same now.

import type { Semantics } from '../semantics/source-file.ts'
import { membersNamed } from '../syntax/members.ts'
import {
  FLAG_ERROR,
  type Kept,
  type NameIndex,
  NOT_KEPT,
  nameIndex,
  type SyntaxTree,
} from '../syntax/tree.ts'
import { BINDING, CHILDREN, CONTENT, LISTED, type Look, NATURE, SURROUNDINGS } from './looks.ts'

/** Not compared yet. */
const UNKNOWN = -2

/**
 * The tree as it was, seen from the tree as it is. Nodes of the two are paired: those whose content was kept, by the
 * parser; those around and beside them, as questions come up, when they are of one kind and stand in the same place. A
 * node has one partner at most, so that what was one node for two rules is one node still.
 */
export class Then {
  readonly #was: Semantics
  readonly #is: Semantics
  readonly #origin: Uint32Array
  readonly #keptAt: Int32Array
  readonly #partner = new Map<number, number>()
  readonly #taken = new Set<number>()
  readonly #sameChildren = new Map<number, boolean>()
  readonly #sameMembers = new Map<number, Map<number, boolean>>()
  readonly #listed: Int32Array

  constructor(was: Semantics, is: Semantics, kept: Kept) {
    this.#was = was
    this.#is = is
    this.#origin = kept.origin
    this.#keptAt = new Int32Array(was.tree.rows).fill(-1)
    this.#listed = new Int32Array(was.scopes.bindingName.length).fill(UNKNOWN)
    for (let now = 0; now < is.tree.rows; now++) {
      const before = kept.origin[now]!
      if (before !== NOT_KEPT) this.#keptAt[before] = now
    }
  }

  /** Where the subtree at `row` of the new tree stood in the old one, if it did, below nodes of the same kinds and roles. */
  origin(row: number): number | undefined {
    const was = this.#origin[row]!
    return row !== 0 && was !== NOT_KEPT && this.#haveSameSurroundings(was, row) ? was : undefined
  }

  get before(): SyntaxTree {
    return this.#was.tree
  }

  /** The same look in the new tree; undefined when it would show something else. */
  moved(look: Look): Look | undefined {
    if (look.volatile) return undefined
    const { items } = look
    let moved: number[] | undefined
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!
      const now = this.#now(item)
      if (now === -1) return undefined
      if (moved) moved[i] = now
      else if (now !== item) {
        moved = items.slice()
        moved[i] = now
      }
    }
    const searches = this.#pairsNow(look.searches, this.#findsTheSame)
    const members = searches && this.#pairsNow(look.members, this.#declaresTheSame)
    if (!members) return undefined
    return moved || searches !== look.searches || members !== look.members
      ? { rule: look.rule, items: moved ?? items, searches, members, volatile: false }
      : look
  }

  /** The same pairs in the new tree; undefined when one of them shows something else there, as `holds` tells. */
  #pairsNow(
    pairs: readonly number[],
    holds: (before: number, now: number, id: number) => boolean,
  ): readonly number[] | undefined {
    let moved: number[] | undefined
    for (let i = 0; i < pairs.length; i += 2) {
      const row = pairs[i]!
      const kept = this.#keptAt[row]!
      const now = kept === -1 ? this.#placeOf(row) : kept
      if (now === -1 || (kept === -1 && !holds(row, now, pairs[i + 1]!))) return undefined
      if (now === row) continue
      moved ??= pairs.slice()
      moved[i] = now
    }
    return moved ?? pairs
  }

  readonly #declaresTheSame = (before: number, now: number, id: number): boolean => {
    let ofRow = this.#sameMembers.get(before)
    if (!ofRow) {
      ofRow = new Map()
      this.#sameMembers.set(before, ofRow)
    }
    let same = ofRow.get(id)
    if (same === undefined) {
      const a = membersNamed(this.#was.tree, before, id)
      const b = membersNamed(this.#is.tree, now, id)
      same = a.length === b.length && a.every((it, i) => this.#pair(it, b[i]!))
      ofRow.set(id, same)
    }
    return same
  }

  readonly #findsTheSame = (before: number, now: number, id: number): boolean => {
    const a = nameIndex(this.#was.tree)
    const b = nameIndex(this.#is.tree)
    const lastA = this.#was.tree.after[before]!
    const lastB = this.#is.tree.after[now]!
    let one = from(a, id, before)
    let two = from(b, id, now)
    while (one !== -1 && one < lastA && two !== -1 && two < lastB) {
      if (this.#keptAt[one] !== two) return false
      one = a.next[one]!
      two = b.next[two]!
    }
    return (one === -1 || one >= lastA) && (two === -1 || two >= lastB)
  }

  #now(item: number): number {
    const what = item & 7
    const row = item >>> 3
    if (what === LISTED) {
      let binding = this.#listed[row]!
      if (binding === UNKNOWN) {
        binding = this.#listedNow(row)
        this.#listed[row] = binding
      }
      return binding === -1 ? -1 : binding * 8 + LISTED
    }
    const now = this.#keptAt[row]!
    if (what === CONTENT) return now === -1 ? -1 : now * 8
    if (what === BINDING) return now !== -1 && this.#isSameBinding(row, now) ? now * 8 + BINDING : -1
    const place = now === -1 ? this.#placeOf(row) : now
    if (place === -1) return -1
    const holds =
      what === NATURE ||
      (what === CHILDREN
        ? now !== -1 || this.#haveSameChildren(row, place)
        : what === SURROUNDINGS
          ? this.#haveSameSurroundings(row, place)
          : this.#hasError(this.#was, row) === this.#hasError(this.#is, place))
    return holds ? place * 8 + what : -1
  }

  /** The row of the partner, or -1. */
  #placeOf(row: number): number {
    const known = this.#partner.get(row)
    if (known !== undefined) return known
    return row === 0 && this.#pair(0, 0) ? 0 : -1
  }

  /** Both are, from now on, the same node; false when they cannot be. */
  #pair(before: number, now: number): boolean {
    const kept = this.#keptAt[before]!
    if (kept !== -1) return kept === now
    const known = this.#partner.get(before)
    if (known !== undefined) return known === now
    const a = this.#was.tree
    const b = this.#is.tree
    if (
      this.#origin[now] !== NOT_KEPT ||
      this.#taken.has(now) ||
      a.symbol[before] !== b.symbol[now] ||
      a.kind[before] !== b.kind[now] ||
      a.role[before] !== b.role[now]
    )
      return false
    this.#partner.set(before, now)
    this.#taken.add(now)
    return true
  }

  #haveSameSurroundings(before: number, now: number): boolean {
    const a = this.#was.tree
    const b = this.#is.tree
    while (before !== 0 && now !== 0) {
      before = a.parent[before]!
      now = b.parent[now]!
      if (!this.#pair(before, now)) return false
    }
    return before === now
  }

  #haveSameChildren(before: number, now: number): boolean {
    let same = this.#sameChildren.get(before)
    if (same === undefined) {
      same = this.#compareChildren(before, now)
      this.#sameChildren.set(before, same)
    }
    return same
  }

  #compareChildren(before: number, now: number): boolean {
    const a = this.#was.tree.after
    const b = this.#is.tree.after
    let one = before + 1
    let two = now + 1
    while (one < a[before]! && two < b[now]!) {
      if (!this.#pair(one, two)) return false
      one = a[one]!
      two = b[two]!
    }
    return one === a[before] && two === b[now]
  }

  #hasError({ tree }: Semantics, row: number): boolean {
    return (tree.flags[row]! & FLAG_ERROR) !== 0
  }

  #isSameBinding(row: number, now: number): boolean {
    const before = this.#was.scopes.bindingOf[row]!
    const after = this.#is.scopes.bindingOf[now]!
    return before < 0 ? after < 0 : after >= 0 && this.#isSameDeclaration(before, after)
  }

  #isSameDeclaration(before: number, after: number): boolean {
    const a = this.#was.scopes
    const b = this.#is.scopes
    return (
      a.bindingKind[before] === b.bindingKind[after] &&
      a.scopeKind[a.bindingScope[before]!] === b.scopeKind[b.bindingScope[after]!] &&
      this.#keptAt[a.bindingRow[before]!] === b.bindingRow[after]
    )
  }

  /** The binding with the same occurrences, or -1. */
  #listedNow(binding: number): number {
    const a = this.#was.scopes
    const b = this.#is.scopes
    const row = this.#keptAt[a.bindingRow[binding]!]!
    const now = row === -1 ? -1 : b.bindingOf[row]!
    if (now < 0 || !this.#isSameDeclaration(binding, now)) return -1
    let after = b.firstOccurrence[now]!
    for (let before = a.firstOccurrence[binding]!; before !== -1; before = a.nextOccurrence[before]!) {
      if (after === -1 || this.#keptAt[before] !== after || a.access[before] !== b.access[after]) return -1
      after = b.nextOccurrence[after]!
    }
    return after === -1 && implicitReads(a.implicitReads, binding) === implicitReads(b.implicitReads, now)
      ? now
      : -1
  }
}

/** The first place of a name at `row` or behind it, or -1. */
function from({ first, next }: NameIndex, id: number, row: number): number {
  let it = first[id] ?? -1
  while (it !== -1 && it < row) it = next[it]!
  return it
}

/** How often something reads the binding without naming it. */
function implicitReads(list: readonly number[], binding: number): number {
  let count = 0
  for (let i = 0; i < list.length; i += 2) if (list[i] === binding) count++
  return count
}
