// Which route answers which call.

import { isTest } from '../semantics/provenance.ts'
import type { Call } from './calls.ts'
import { fit, isRest, isWord, type PathPattern } from './path-pattern.ts'
import type { Route } from './routes.ts'

export interface Link {
  readonly call: Call
  /** What is asked for. Open where nobody knows what a base or an unknown client puts before it. */
  readonly pattern: PathPattern | undefined
  /** The route that answers; undefined when none does. */
  readonly route: Route | undefined
  /** Routes whose path answers, whatever their method. Several where one path is declared more than once. */
  readonly candidates: readonly Route[]
}

/** Routes by the words of their paths: a call is compared with those only that share one with it. */
export class RouteIndex {
  readonly routes: readonly Route[]
  readonly #byWord = new Map<string, Route[]>()
  /** How many routes begin with a word. */
  readonly #beginnings = new Map<string, number>()
  /** `/` and `/{id}`; what answers everything, such as the page of an application, answers nothing in particular. */
  readonly #wordless: Route[] = []

  constructor(routes: readonly Route[]) {
    this.routes = routes
    for (const it of routes) {
      const words = it.pattern.segments.filter(isWord)
      if (words.length === 0 && !it.pattern.segments.some(isRest)) this.#wordless.push(it)
      for (const word of new Set(words)) put(this.#byWord, word, it)
      const [first] = it.pattern.segments
      if (first !== undefined && !it.pattern.isOpen)
        this.#beginnings.set(first, (this.#beginnings.get(first) ?? 0) + 1)
    }
  }

  /** The routes that may answer a path. */
  near({ segments }: PathPattern): Iterable<Route> {
    const near = new Set(this.#wordless)
    for (const it of segments) {
      const word = isWord(it) ? it : /^([^{]+)\{/.exec(it)?.[1]
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
    const words = segments.filter(isWord)
    const [first] = words
    if (first === undefined) return false
    const routes = this.#byWord.get(first) ?? []
    return routes.some(({ pattern }) =>
      isOpen || pattern.isOpen ? pattern.segments.includes(first) : pattern.segments[0] === first,
    )
  }
}

/** So many routes begin with the same word where that word is where they all begin. */
const MANY = 3

const OPEN = 0.1

export function linksOf(calls: readonly Call[], index: RouteIndex): Link[] {
  return calls.map(it => link(it, index))
}

function link(call: Call, index: RouteIndex): Link {
  const { method } = call
  const pattern = call.pattern && index.whole(call.pattern)
  if (!pattern) return { call, pattern, route: undefined, candidates: [] }
  const scored: { readonly route: Route; readonly score: number }[] = []
  const fromTest = isTest(call.file)
  for (const route of index.near(pattern)) {
    // The servers of tests answer tests.
    if (!fromTest && isTest(route.file)) continue
    // A route of which only a part is known gives way to one that is known as a whole.
    const score = fit(route.pattern, pattern) - (route.pattern.isOpen ? OPEN : 0)
    if (score > 0)
      scored.push({ route, score: score + (answersMethod(route, method) ? 0.4 : 0) + nearness(route, call) })
  }
  if (scored.length === 0) return { call, pattern, route: undefined, candidates: [] }
  const paths = scored.map(it => ({ ...it, path: it.score - (answersMethod(it.route, method) ? 0.4 : 0) }))
  const best = Math.max(...paths.map(it => it.path))
  const candidates = paths.filter(it => it.path > best - 1)
  const answering = candidates.filter(it => answersMethod(it.route, method)).sort((a, b) => b.score - a.score)
  return {
    call,
    pattern,
    route: answering[0]?.route,
    candidates: candidates.sort((a, b) => b.path - a.path).map(it => it.route),
  }
}

export function answersMethod({ methods }: Route, method: string): boolean {
  if (method === '*' || methods.includes('*') || methods.includes(method)) return true
  return method === 'HEAD' && methods.includes('GET')
}

/** Of two servers in one repository, the one that lies nearer. Never more than a hair's breadth. */
function nearness(route: Route, call: Call): number {
  const [a, b] = [route.file.split('/'), call.file.split('/')]
  let shared = 0
  while (shared < a.length && a[shared] === b[shared]) shared++
  return Math.min(shared, 10) * 0.005
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
