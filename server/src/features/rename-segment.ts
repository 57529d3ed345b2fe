// Renames a segment of a path on both sides of the language border: in the routes that have it, and in every call of them. All
// of it is found, or nothing is renamed.

import { answersMethod, type Link } from '../graph/links.ts'
import { isWord, type PathPattern } from '../graph/path-pattern.ts'
import type { At, Piece, Route } from '../graph/routes.ts'
import { isSegment, onlyPlace, placeOfSegment, segmentAt } from './path-literals.ts'
import type { Changes, Refusal, Renaming } from './renaming.ts'
import { endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

interface Segment {
  readonly name: string
  /** The routes whose paths change. */
  readonly routes: ReadonlySet<Route>
  /** Every place where the segment is written. */
  readonly places: readonly At[]
}

/** Undefined where there is nothing to be renamed that other files share: what a name is there, its language knows. */
export function renameSegment(
  view: WorkspaceView,
  path: string,
  offset: number,
): Renaming | Refusal | undefined {
  const text = view.text(path)
  if (text === undefined) return undefined
  for (const { at, routes } of pathsIn(view, path)) {
    const [start, end] = at.place
    if (offset < start || offset > end) continue
    const place = segmentAt(text, at.place, offset)
    const name = place && text.slice(...place)
    const meant = name === undefined ? [] : routes.filter(it => origins(it, name).length === 1)
    if (!place || name === undefined || meant.length === 0) continue
    // Of a route, the part that was written here.
    const own = meant.filter(
      it => !it.pieces.some(piece => piece.at === at) || origins(it, name)[0]!.at === at,
    )
    if (own.length === 0) continue
    const shared = sharing(view, own, name)
    const places = placesOfSegment(view, shared, name)
    if ('reason' in places) return places
    const segment = { name, routes: shared, places: places.all }
    return { at: { file: path, place }, name, to: it => renamed(view, segment, it) }
  }
  return undefined
}

function renamed(view: WorkspaceView, segment: Segment, name: string): Changes | Refusal {
  if (!isSegment(name)) return { reason: 'no-segment', name }
  return (
    takenBy(view, segment, name) ?? {
      certain: segment.places.map(at => ({ at, newText: name })),
      doubtful: [],
    }
  )
}

interface PathHere {
  readonly at: At
  readonly routes: readonly Route[]
}

/** Places in a file where paths, or parts of them, are written. */
function pathsIn(view: WorkspaceView, path: string): PathHere[] {
  const byPlace = new Map<string, { at: At; routes: Set<Route> }>()
  const add = (at: At, route: Route) => {
    const known = byPlace.get(`${at.place}`)
    if (known) known.routes.add(route)
    else byPlace.set(`${at.place}`, { at, routes: new Set([route]) })
  }
  for (const { at, side, tie } of endsIn(view.relations, path, ['route']))
    if (side === 'used' && tie.about.kind === 'route') add(at, tie.about.route)
  for (const route of view.relations.routes)
    for (const { at } of route.pieces) if (at.file === path) add(at, route)
  // The narrowest first: the call of a router has the calls in it inside.
  return [...byPlace.values()]
    .sort((a, b) => a.at.place[1] - a.at.place[0] - (b.at.place[1] - b.at.place[0]))
    .map(({ at, routes }) => ({ at, routes: [...routes] }))
}

/** The pieces of a route's path in which a segment is. */
function origins({ pieces }: Route, segment: string): Piece[] {
  return pieces.flatMap(it => it.text.split('/').flatMap(word => (word === segment ? [it] : [])))
}

/** What is below the same path has the same segment: `/users` and `/users/{id}` are renamed together. */
function sharing({ relations }: WorkspaceView, routes: readonly Route[], segment: string): Set<Route> {
  const shared = new Set<Route>(routes)
  const pieces = new Set(routes.map(it => origins(it, segment)[0]!.at))
  const branches = new Set(routes.flatMap(it => branchOf(it.pattern, segment) ?? []))
  for (const it of relations.routes) {
    const own = origins(it, segment)
    if (own.some(({ at }) => pieces.has(at))) shared.add(it)
    const branch = own.length === 1 ? branchOf(it.pattern, segment) : undefined
    if (
      branch !== undefined &&
      branches.has(branch) &&
      routes.some(({ framework }) => framework === it.framework)
    )
      shared.add(it)
  }
  return shared
}

/** `/api/users`, whatever its values are called; undefined where nobody knows what comes before. */
function branchOf({ segments, isOpen }: PathPattern, segment: string): string | undefined {
  if (isOpen) return undefined
  return segments
    .slice(0, segments.indexOf(segment) + 1)
    .map(it => (isWord(it) ? it : '{}'))
    .join('/')
}

/** Where a segment is written in these routes and in the calls of them. */
function placesOfSegment(
  view: WorkspaceView,
  routes: ReadonlySet<Route>,
  segment: string,
): { readonly all: readonly At[] } | Refusal {
  const { links } = view.relations
  const all = new Map<string, At>()
  const shared: At[] = []
  const find = (places: readonly At[]) =>
    onlyPlace(
      path => view.text(path),
      places,
      (text, place) => placeOfSegment(text, place, segment),
    )
  const take = (places: readonly At[]): boolean => {
    const found = find(places)
    if (!found) return false
    all.set(keyOf(found.at), found.at)
    if (found.holder !== places[0]) shared.push(found.holder)
    return true
  }
  const isMeant = ({ route, candidates }: Link) =>
    route ? routes.has(route) : candidates.some(it => routes.has(it))
  for (const route of routes)
    for (const { at } of origins(route, segment))
      if (!take([at])) return { reason: 'not-written', name: segment, at }
  for (const it of links)
    if (isMeant(it) && !take([it.call, ...it.call.origins]))
      return { reason: 'not-written', name: segment, at: it.call }
  // A constant that says it for other routes, too, keeps it.
  const constants = new Set(shared.map(keyOf))
  const other =
    constants.size > 0 &&
    links.find(it => it.route && !isMeant(it) && it.call.origins.some(at => constants.has(keyOf(at))))
  return other ? { reason: 'not-written', name: segment, at: other.call } : { all: [...all.values()] }
}

function keyOf({ file, place }: At): string {
  return `${file}\n${place}`
}

/** Somebody answers the path already that it would become. */
function takenBy(
  { relations }: WorkspaceView,
  { routes, name: segment }: Segment,
  name: string,
): Refusal | undefined {
  const shape = (it: Route, from?: string) =>
    it.pattern.segments.map(word => (word === from ? name : isWord(word) ? word : '{}')).join('/')
  const wanted = new Map([...routes].map(it => [shape(it, segment), it]))
  for (const other of relations.routes) {
    const become = routes.has(other) || other.pattern.isOpen ? undefined : wanted.get(shape(other))
    if (become?.methods.some(it => answersMethod(other, it)))
      return { reason: 'taken', name: other.path, at: other }
  }
  return undefined
}
