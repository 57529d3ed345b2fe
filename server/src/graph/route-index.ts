// All routes of a workspace, to be found by what a call asks for.

import { isRest, isWord, type PathPattern } from './path-pattern.ts'
import { PathTrie } from './path-trie.ts'
import type { Route } from './routes.ts'

/** So many changes until it is made anew: places of paths that are gone are not looked for. */
const MOST_CHANGES = 1000

export interface RouteChanges {
  readonly gone: readonly Route[]
  readonly come: readonly Route[]
}

interface Tables {
  /** Whole paths, from their beginning. */
  readonly whole: PathTrie<Route>
  /** Paths of which nobody knows the beginning, from where they are known. */
  readonly open: PathTrie<Route>
  /** All paths, from their end: of what an open call asks for, only the end is known. */
  readonly ends: PathTrie<Route>
  readonly words: WordCounts
}

const NO_TABLES: Tables = {
  ...{ whole: PathTrie.empty(), open: PathTrie.empty(), ends: PathTrie.empty() },
  words: { all: new Map(), first: new Map(), open: new Map() },
}

export class RouteIndex {
  readonly routes: readonly Route[]
  readonly #tables: Tables
  /** `/files/{rest*}`: of any length. What answers everything, such as the page of an application, is none of them. */
  readonly #endless: readonly Route[]
  readonly #changes: number
  /** How it differs from another one that it was made of. */
  readonly #since: { readonly before: WeakRef<RouteIndex>; readonly changes: RouteChanges } | undefined

  /** What another index knows of routes that are still there is taken from it. */
  constructor(routes: readonly Route[], before?: RouteIndex) {
    const base = before && before.#changes < MOST_CHANGES ? before : undefined
    const changes = changesOf(base?.routes ?? [], routes)
    this.routes = routes
    this.#tables = changedTables(base ? base.#tables : NO_TABLES, changes)
    const gone = new Set(changes.gone)
    const stay = base ? base.#endless.filter(it => !gone.has(it)) : []
    this.#endless = [...stay, ...changes.come.filter(isRestOfWord)]
    this.#changes = base ? base.#changes + changes.gone.length + changes.come.length : 0
    this.#since = base && { before: new WeakRef(base), changes }
  }

  /** Undefined where nobody noted it. */
  changesSince(before: RouteIndex): RouteChanges | undefined {
    if (before === this) return { gone: [], come: [] }
    return this.#since?.before.deref() === before ? this.#since.changes : undefined
  }

  /** Whether other paths are taken for whole ones than by another index, as far as these routes begin. */
  hasOtherBeginnings(other: RouteIndex, routes: readonly Route[]): boolean {
    return routes.some(({ pattern: { segments } }) => {
      const [first] = segments
      return first !== undefined && this.#isBeginning(first) !== other.#isBeginning(first)
    })
  }

  #isBeginning(word: string): boolean {
    return isWord(word) && (this.#tables.words.first.get(word) ?? 0) >= MANY
  }

  /** The routes that may answer a path, and few others; in the order of their files. */
  answering(asked: PathPattern): readonly Route[] {
    const words = new Set<string>()
    for (const it of asked.segments) {
      const word = wordOf(it)
      if (word !== undefined) words.add(word)
    }
    const found = new Set<Route>([...this.#endless, ...this.#found(asked.segments, asked.isOpen, words)])
    const last = asked.segments.at(-1)
    // A value behind the last slash may be a query, or nothing.
    if (last !== undefined && !isWord(last))
      for (const it of this.#found(asked.segments.slice(0, -1), asked.isOpen, words)) found.add(it)
    return inOrder(
      [...found].filter(
        ({ pattern: { segments } }) => segments.some(it => words.has(it)) || !segments.some(isWord),
      ),
    )
  }

  *#found(path: readonly string[], isOpen: boolean, words: ReadonlySet<string>): Generator<Route> {
    if (isOpen) {
      yield* this.#tables.ends.below(path.toReversed())
      return
    }
    yield* this.#tables.whole.at(path)
    for (let from = 0; from < path.length; from++) {
      const end = path.slice(from)
      if (end.some(it => words.has(it))) yield* this.#tables.open.at(end)
    }
  }

  /** Routes that have another word in one place, one that `mayBe` takes for it, and may be this path otherwise. */
  oneWordOff({ segments }: PathPattern, mayBe: (word: string, meant: string) => boolean): readonly Route[] {
    return inOrder([
      ...this.#tables.whole.oneWordOff(segments, mayBe),
      ...this.#tables.open.oneWordOff(segments, mayBe),
      ...this.#endless.filter(it => it.pattern.segments.length === segments.length),
    ])
  }

  /** A path that begins like many routes is a whole one, whatever its base is called: `{host}/api/users`. */
  whole(pattern: PathPattern): PathPattern {
    const [first] = pattern.segments
    return pattern.isOpen && first !== undefined && this.#isBeginning(first)
      ? { ...pattern, isOpen: false }
      : pattern
  }

  /** Whether somebody here answers paths that begin as this one does: then this one is meant for us. */
  hasNeighbours({ segments, isOpen }: PathPattern): boolean {
    const first = segments.find(isWord)
    if (first === undefined) return false
    const { all, first: beginnings, open } = this.#tables.words
    return isOpen ? has(all, first) : has(open, first) || has(beginnings, first)
  }
}

/** So many routes begin with the same word where that word is where they all begin. */
const MANY = 3

/** How many routes there are with a word in their paths, with whole paths that begin with it, and with it in others. */
interface WordCounts {
  readonly all: ReadonlyMap<string, number>
  readonly first: ReadonlyMap<string, number>
  readonly open: ReadonlyMap<string, number>
}

function changedTables(before: Tables, { gone, come }: RouteChanges): Tables {
  const changed = (
    trie: PathTrie<Route>,
    takes: (it: Route) => boolean,
    path = (it: Route) => it.pattern.segments,
  ) => {
    const placed = (all: readonly Route[]) =>
      all.filter(it => !isEndless(it) && takes(it)).map(it => ({ segments: path(it), value: it }))
    return trie.changed(placed(gone), placed(come))
  }
  return {
    whole: changed(before.whole, it => !it.pattern.isOpen),
    open: changed(before.open, it => it.pattern.isOpen),
    ends: changed(
      before.ends,
      () => true,
      it => it.pattern.segments.toReversed(),
    ),
    words: countWords(before.words, { gone, come }),
  }
}

function countWords(before: WordCounts, { gone, come }: RouteChanges): WordCounts {
  const counts = { all: new Map(before.all), first: new Map(before.first), open: new Map(before.open) }
  const add = (to: Map<string, number>, word: string, by: number) => to.set(word, (to.get(word) ?? 0) + by)
  const count = ({ pattern: { segments, isOpen } }: Route, by: number) => {
    for (const word of new Set(segments.filter(isWord))) {
      add(counts.all, word, by)
      if (isOpen) add(counts.open, word, by)
    }
    if (segments[0] !== undefined && !isOpen) add(counts.first, segments[0], by)
  }
  for (const it of gone) count(it, -1)
  for (const it of come) count(it, 1)
  return counts
}

function has(counts: ReadonlyMap<string, number>, word: string): boolean {
  return (counts.get(word) ?? 0) > 0
}

function isRestOfWord(route: Route): boolean {
  return isEndless(route) && route.pattern.segments.some(isWord)
}

function isEndless({ pattern }: Route): boolean {
  return pattern.segments.some(isRest)
}

/** Whatever was found first: the same routes are told in the same order. */
function inOrder(routes: Route[]): readonly Route[] {
  return routes.length < 2 ? routes : routes.sort(compare)
}

function compare(a: Route, b: Route): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  if (a.index !== b.index) return a.index - b.index
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

/** Most of two lists is the same: what they begin and end with is not looked at twice. */
function changesOf(before: readonly Route[], now: readonly Route[]): RouteChanges {
  const least = Math.min(before.length, now.length)
  let start = 0
  while (start < least && before[start] === now[start]) start++
  let same = 0
  while (same < least - start && before[before.length - 1 - same] === now[now.length - 1 - same]) same++
  const [old, all] = [before.slice(start, before.length - same), now.slice(start, now.length - same)]
  const [oldOnes, allOnes] = [new Set(old), new Set(all)]
  return { gone: old.filter(it => !allOnes.has(it)), come: all.filter(it => !oldOnes.has(it)) }
}

/** `users` of `users` and of `users{query}`: what is glued to a word is a query, or nothing. */
export function wordOf(segment: string): string | undefined {
  return isWord(segment) ? segment : /^([^{]+)\{/.exec(segment)?.[1]
}
