// All routes of a workspace, to be found by what a call asks for.

import { isRest, isWord, type PathPattern } from './path-pattern.ts'
import { PathTrie } from './path-trie.ts'
import type { Route } from './routes.ts'

export class RouteIndex {
  readonly routes: readonly Route[]
  /** Whole paths, from their beginning. */
  readonly #whole = new PathTrie<Route>()
  /** Paths of which nobody knows the beginning, from where they are known. */
  readonly #open = new PathTrie<Route>()
  /** All paths, from their end: of what an open call asks for, only the end is known. */
  readonly #ends = new PathTrie<Route>()
  /** `/files/{rest*}`: of any length. */
  readonly #endless: Route[] = []
  readonly #byWord = new Map<string, Route[]>()
  /** How many whole paths begin with a word. */
  readonly #beginnings = new Map<string, number>()
  /** Words of paths of which nobody knows the beginning. */
  readonly #openWords = new Set<string>()

  constructor(routes: readonly Route[]) {
    this.routes = routes
    for (const it of routes) {
      const { segments, isOpen } = it.pattern
      const words = new Set(segments.filter(isWord))
      if (segments.some(isRest)) {
        // What answers everything, such as the page of an application, answers nothing in particular.
        if (words.size > 0) this.#endless.push(it)
      } else {
        this.#ends.add(segments.toReversed(), it)
        if (isOpen) this.#open.add(segments, it)
        else this.#whole.add(segments, it)
      }
      for (const word of words) {
        const known = this.#byWord.get(word)
        if (known) known.push(it)
        else this.#byWord.set(word, [it])
        if (isOpen) this.#openWords.add(word)
      }
      const [first] = segments
      if (first !== undefined && !isOpen) this.#beginnings.set(first, (this.#beginnings.get(first) ?? 0) + 1)
    }
  }

  /** The routes that may answer a path, and few others. */
  *answering(asked: PathPattern): Generator<Route> {
    const words = new Set<string>()
    for (const it of asked.segments) {
      const word = wordOf(it)
      if (word !== undefined) words.add(word)
    }
    const sharesWord = ({ pattern: { segments } }: Route) =>
      segments.some(it => words.has(it)) || !segments.some(isWord)
    for (const it of this.#endless) if (sharesWord(it)) yield it
    const found = new Set<Route>(this.#found(asked.segments, asked.isOpen, words))
    const last = asked.segments.at(-1)
    // A value behind the last slash may be a query, or nothing.
    if (last !== undefined && !isWord(last))
      for (const it of this.#found(asked.segments.slice(0, -1), asked.isOpen, words)) found.add(it)
    for (const it of found) if (sharesWord(it)) yield it
  }

  *#found(path: readonly string[], isOpen: boolean, words: ReadonlySet<string>): Generator<Route> {
    if (isOpen) {
      yield* this.#ends.below(path.toReversed())
      return
    }
    yield* this.#whole.at(path)
    for (let from = 0; from < path.length; from++) {
      const end = path.slice(from)
      if (end.some(it => words.has(it))) yield* this.#open.at(end)
    }
  }

  /** Routes in whose paths there is one of the words of this one. */
  near({ segments }: PathPattern): Iterable<Route> {
    const near = new Set<Route>()
    for (const it of segments) {
      const word = wordOf(it)
      if (word !== undefined) for (const route of this.#byWord.get(word) ?? []) near.add(route)
    }
    return near
  }

  /** A path that begins like many routes is a whole one, whatever its base is called: `{host}/api/users`. */
  whole(pattern: PathPattern): PathPattern {
    const [first] = pattern.segments
    const isWhole = first !== undefined && isWord(first) && (this.#beginnings.get(first) ?? 0) >= MANY
    return pattern.isOpen && isWhole ? { ...pattern, isOpen: false } : pattern
  }

  /** Whether somebody here answers paths that begin as this one does: then this one is meant for us. */
  hasNeighbours({ segments, isOpen }: PathPattern): boolean {
    const first = segments.find(isWord)
    if (first === undefined) return false
    if (isOpen) return this.#byWord.has(first)
    return this.#openWords.has(first) || this.#beginnings.has(first)
  }
}

/** So many routes begin with the same word where that word is where they all begin. */
const MANY = 3

/** `users` of `users` and of `users{query}`: what is glued to a word is a query, or nothing. */
function wordOf(segment: string): string | undefined {
  return isWord(segment) ? segment : /^([^{]+)\{/.exec(segment)?.[1]
}
