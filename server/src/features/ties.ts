// What files say of the same thing, as somebody with a cursor sees it: a route and the calls that it answers. A tie has two
// sides, those who declare the thing and those who use it; whoever stands on one end can ask for the others.

import type { Relations } from '../graph/relations.ts'
import type { At, Route } from '../graph/routes.ts'
import { handlerOf } from './handlers.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface Tie {
  readonly about: Subject
  readonly declared: readonly At[]
  readonly used: readonly At[]
}

/** What a tie is about. */
export type Subject = { readonly kind: 'route'; readonly route: Route }

/** A place in a file that is on a tie. */
export interface End {
  readonly at: At
  readonly side: 'declared' | 'used'
  readonly tie: Tie
}

/** One for each kind of thing that files share. */
const KINDS: readonly ((relations: Relations) => Iterable<Tie>)[] = [routeTies]

/**
 * The ends that a position touches; of a route also the name of what answers. Only ties that reach into another file: of
 * others, a language's own server knows.
 */
export function endsAt(view: WorkspaceView, path: string, offset: number): readonly End[] {
  const touches = ({ place: [start, end] }: At) => start <= offset && offset <= end
  return endsIn(view.relations, path).flatMap(end => {
    if (touches(end.at)) return [end]
    const handler = end.side === 'declared' ? handlerOf(view, end.tie.about.route) : undefined
    return handler && touches(handler) ? [{ ...end, at: handler }] : []
  })
}

/** All ends in a file. */
export function endsIn(relations: Relations, path: string): readonly End[] {
  return relations.derive('ends of ties', () => byFile(relations)).get(path) ?? []
}

function byFile(relations: Relations): ReadonlyMap<string, readonly End[]> {
  const files = new Map<string, End[]>()
  for (const ties of KINDS)
    for (const tie of ties(relations)) {
      if (!crossesFiles(tie)) continue
      for (const side of ['declared', 'used'] as const)
        for (const at of tie[side]) {
          const own = files.get(at.file)
          if (own) own.push({ at, side, tie })
          else files.set(at.file, [{ at, side, tie }])
        }
    }
  return files
}

function crossesFiles({ declared, used }: Tie): boolean {
  const [first] = declared
  return first !== undefined && [...declared, ...used].some(it => it.file !== first.file)
}

/** A call with a method that no route takes is on the tie of each route of its path: that is where it has to be put right. */
function* routeTies({ routes, links }: Relations): Generator<Tie> {
  const calls = new Map<Route, At[]>()
  for (const { call, route, candidates } of links)
    for (const it of route ? [route] : candidates) {
      const own = calls.get(it)
      if (own) own.push(call)
      else calls.set(it, [call])
    }
  for (const route of routes) {
    const used = calls.get(route)
    if (used) yield { about: { kind: 'route', route }, declared: [route], used }
  }
}

/** The places of one side, without repeating a place that two ties share. */
export function placesOf(ends: readonly End[], side: 'declared' | 'used'): readonly At[] {
  const seen = new Set<string>()
  return ends
    .flatMap(it => it.tie[side])
    .filter(({ file, place }) => {
      const key = `${file}\n${place}`
      return !seen.has(key) && seen.add(key)
    })
}
