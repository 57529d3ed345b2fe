// Which route answers which call.

import { isTest } from '../semantics/provenance.ts'
import type { Call } from './calls.ts'
import { fit, type PathPattern } from './path-pattern.ts'
import type { RouteIndex } from './route-index.ts'
import type { Route } from './routes.ts'

export interface Link {
  readonly call: Call
  /** What is asked for. Open where nobody knows what a base or an unknown client puts before it. */
  readonly pattern: PathPattern | undefined
  /** The route that answers; undefined when none does. */
  readonly route: Route | undefined
  /** Routes whose path answers, whatever their method. Several where one path is declared more than once. */
  readonly candidates: readonly Route[]
  readonly doubt: LinkDoubt | undefined
}

/**
 * Why nobody can tell which route answers. `elsewhere`: the address is that of somebody else's server. `open`: what comes before
 * the path is only known at run time. `unanswered`: no path of this workspace is like it. `method`: the path is answered, but not by
 * this method. `several`: more than one route answers equally well, and the first of them is taken.
 */
export type LinkDoubt = 'elsewhere' | 'open' | 'unanswered' | 'method' | 'several'

const OPEN = 0.1

/** All links, and what they were made of: most of them stay when a few routes change. */
export interface Links {
  readonly calls: readonly Call[]
  readonly index: RouteIndex
  readonly all: readonly Link[]
}

export function linksOf(calls: readonly Call[], index: RouteIndex, before: Links | undefined): Links {
  const stays = before?.calls === calls ? stayingLinks(before.index, index) : undefined
  return {
    calls,
    index,
    all: calls.map((it, i) => (stays?.(before!.all[i]!) ? before!.all[i]! : link(it, index))),
  }
}

/** So many routes may change at once until looking at each link costs as much as making it anew. */
const FEW = 40

/** Tells of links whether they are the same with other routes; undefined where that cannot be told cheaply. */
function stayingLinks(before: RouteIndex, now: RouteIndex): ((link: Link) => boolean) | undefined {
  const [old, all] = [new Set(before.routes), new Set(now.routes)]
  const gone = new Set(before.routes.filter(it => !all.has(it)))
  const come = now.routes.filter(it => !old.has(it))
  if (gone.size > FEW || come.length > FEW) return undefined
  return ({ call, pattern, candidates }) => {
    if (!call.pattern || !pattern) return true
    if (now.whole(call.pattern).isOpen !== pattern.isOpen) return false
    return !candidates.some(it => gone.has(it)) && !come.some(it => fit(it.pattern, pattern) > 0)
  }
}

function link(call: Call, index: RouteIndex): Link {
  const { method } = call
  const pattern = call.pattern && index.whole(call.pattern)
  if (!pattern) return { call, pattern, route: undefined, candidates: [], doubt: 'elsewhere' }
  const scored: { readonly route: Route; readonly score: number }[] = []
  const fromTest = call.isOfTest
  for (const route of index.answering(pattern)) {
    // The servers of tests answer tests.
    if (!fromTest && isTest(route.file)) continue
    // A route of which only a part is known gives way to one that is known as a whole.
    const score = fit(route.pattern, pattern) - (route.pattern.isOpen ? OPEN : 0)
    if (score > 0)
      scored.push({ route, score: score + (answersMethod(route, method) ? 0.4 : 0) + nearness(route, call) })
  }
  if (scored.length === 0)
    return { call, pattern, route: undefined, candidates: [], doubt: pattern.isOpen ? 'open' : 'unanswered' }
  const paths = scored.map(it => ({ ...it, path: it.score - (answersMethod(it.route, method) ? 0.4 : 0) }))
  const best = Math.max(...paths.map(it => it.path))
  const candidates = paths.filter(it => it.path > best - 1)
  const answering = candidates.filter(it => answersMethod(it.route, method)).sort((a, b) => b.score - a.score)
  return {
    call,
    pattern,
    route: answering[0]?.route,
    doubt:
      answering.length === 0
        ? 'method'
        : answering.length > 1 && answering[1]!.score === answering[0]!.score
          ? 'several'
          : undefined,
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
