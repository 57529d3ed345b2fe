// Which route answers which call.

import { isTest } from '../semantics/provenance.ts'
import { AskedPaths } from './asked-paths.ts'
import type { Call } from './calls.ts'
import { fit, isWord, type PathPattern } from './path-pattern.ts'
import type { RouteIndex } from './route-index.ts'
import type { Route } from './routes.ts'
import { isSameList } from './tracked.ts'

export interface Link {
  readonly call: Call
  /** What is asked for. Open where nobody knows what a base or an unknown client puts before it. */
  readonly pattern: PathPattern | undefined
  /** The route that answers; undefined when none does. */
  readonly route: Route | undefined
  /** Routes whose path answers, whatever their method. Several where one path is declared more than once. */
  readonly candidates: readonly Route[]
  /** Others that may answer as well, by what is filled in at run time: `/reports/${type}` may be `/reports/sales`. */
  readonly rivals: readonly Route[]
  readonly doubt: LinkDoubt | undefined
}

/**
 * Why nobody can tell which route answers. `elsewhere`: the address is that of somebody else's server. `open`: what comes before
 * the path is only known at run time. `unanswered`: no path of this workspace is like it. `method`: the path is answered, but not by
 * this method. `several`: more than one route answers equally well, and the first of them is taken.
 */
export type LinkDoubt = 'elsewhere' | 'open' | 'unanswered' | 'method' | 'several'

const OPEN = 0.1

/** All links, and what they were made of: most of them stay when a few routes or calls change. */
export class Links {
  readonly all: readonly Link[]
  readonly #calls: readonly Call[]
  readonly #index: RouteIndex
  #asked: AskedPaths | undefined

  constructor(calls: readonly Call[], index: RouteIndex, before?: Links) {
    this.#calls = calls
    this.#index = index
    const affected = before && this.#affectedCalls(before)
    if (!affected) {
      this.all = calls.map(it => linkOf(it, index))
      return
    }
    const known = before.#calls === calls ? undefined : new Map(before.all.map(it => [it.call, it]))
    const all = calls.map((it, i) => {
      const old = known ? known.get(it) : before.all[i]
      return old && !affected.has(it) ? old : linkOf(it, index)
    })
    this.all = isSameList(all, before.all) ? before.all : all
  }

  /** Those whose links may be others with other routes; undefined where that cannot be told cheaply. */
  #affectedCalls(before: Links): ReadonlySet<Call> | undefined {
    const index = this.#index
    const { gone, come } = index.changesSince(before.#index) ?? {}
    if (!gone || !come || gone.length + come.length > FEW) return undefined
    if (index.hasOtherBeginnings(before.#index, [...gone, ...come])) return undefined
    const affected = new Set<Call>()
    if (gone.length + come.length > 0) {
      const asked = (before.#asked ??= AskedPaths.of(before.#calls))
      for (const route of [...gone, ...come]) for (const it of asked.mayMean(route)) affected.add(it)
    }
    if (before.#asked && before.#calls !== this.#calls) {
      const [old, now] = [new Set(before.#calls), new Set(this.#calls)]
      const left = before.#calls.filter(it => !now.has(it))
      const come = this.#calls.filter(it => !old.has(it))
      this.#asked = before.#asked.changed(left, come)
    } else this.#asked = before.#asked
    return affected
  }
}

/** So many routes may change at once until looking for each of their calls costs as much as making all links anew. */
const FEW = 400

const NONE: readonly Route[] = []

function linkOf(call: Call, index: RouteIndex): Link {
  const { method } = call
  const pattern = call.pattern && index.whole(call.pattern)
  const nobody = { call, pattern, route: undefined, candidates: NONE, rivals: NONE }
  if (!pattern) return { ...nobody, doubt: 'elsewhere' }
  const scored: { readonly route: Route; readonly path: number; readonly score: number }[] = []
  const fromTest = call.isOfTest
  const answering = index.answering(pattern)
  for (const route of answering) {
    // The servers of tests answer tests.
    if (!fromTest && isTest(route.file)) continue
    const own = fit(route.pattern, pattern)
    if (own <= 0) continue
    // A route of which only a part is known gives way to one that is known as a whole.
    const path = own - (route.pattern.isOpen ? OPEN : 0) + nearness(route, call)
    scored.push({ route, path, score: path + (answersMethod(route, method) ? 0.4 : 0) })
  }
  if (scored.length === 0) return { ...nobody, doubt: pattern.isOpen ? 'open' : 'unanswered' }
  const best = Math.max(...scored.map(it => it.path))
  const candidates = scored.filter(it => it.path > best - 1)
  const [first, second] = candidates
    .filter(it => answersMethod(it.route, method))
    .sort((a, b) => b.score - a.score)
  const route = first?.route
  const rivals = route ? answering.filter(it => isRival(it, call, pattern, route)) : NONE
  return {
    ...{ call, pattern, route, rivals: rivals.length > 0 ? rivals : NONE },
    doubt: first ? (second?.score === first.score ? 'several' : undefined) : 'method',
    candidates: candidates.sort((a, b) => b.path - a.path).map(it => it.route),
  }
}

/** `/reports/${type}` may be `/reports/sales` as well as `/reports/{id}`, unless what is put in is called like an id. */
function isRival(other: Route, call: Call, pattern: PathPattern, route: Route): boolean {
  const own = route.pattern.segments
  const { segments } = other.pattern
  // Where a base is not known, both end alike.
  const known = own.length - pattern.segments.length
  if (other === route || known < 0 || segments.length !== own.length) return false
  let isOther = false
  for (const [i, it] of segments.entries()) {
    if (it === own[i] || (!isWord(it) && !isWord(own[i]!))) continue
    const asked = i < known ? own[i]! : pattern.segments[i - known]!
    if (!isWord(it) || isWord(own[i]!) || isWord(asked) || NAMES_ONE.test(asked)) return false
    isOther = true
  }
  return isOther && answersMethod(other, call.method)
}

const NAMES_ONE = /(id|slug|uuid|key|token|number|\bname|hash|index|code)\}$/i

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
