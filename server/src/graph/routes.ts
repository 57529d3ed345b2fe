// All routes of a workspace with their whole paths: what routers put before them, and those that mount the routers.

import type { Place } from './facts.ts'
import type { Names, Table } from './names.ts'
import { joinPaths, type PathPattern, parsePath } from './path-pattern.ts'
import type { Reference } from './rows/names.ts'
import type { Framework, Method, RoutePath, RouterRow } from './rows/routes.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface Route {
  readonly file: string
  readonly place: Place
  readonly methods: readonly Method[]
  /** `/api/users/{id}`; begins with `{}` where nobody knows what comes before. */
  readonly path: string
  readonly pattern: PathPattern
  readonly handler: string
  /** Where what answers is, when it is not the one in `file` that goes by the name of `handler`. */
  readonly answeredBy: Reference | undefined
  readonly framework: Framework
  /** Where a path was given to what holds it, when that is another place: `add_resource(Users, '/users')`. */
  readonly mountedAt: At | undefined
  /** What its path was put together of, outermost first. What nobody knows is left out. */
  readonly pieces: readonly Piece[]
}

/** A part of a path, and where it is written; the same object for all routes that it is a part of. */
export interface Piece {
  readonly text: RoutePath
  readonly at: At
}

export interface At {
  readonly file: string
  readonly place: Place
}

/** What may come before a route, and where that was said. */
interface Prefix {
  readonly text: string
  readonly at: At | undefined
  readonly pieces: readonly Piece[]
}

/** Something that others stand below: `path` and `name` of a router, with what is known of it. */
interface Node {
  readonly path: string
  readonly row: RouterRow
  readonly own: Piece
  readonly parents: {
    readonly node: Node | undefined
    readonly piece: Piece
  }[]
}

const UNKNOWN = '{}'
const NOTHING: Prefix = { text: '', at: undefined, pieces: [] }
const NOBODY: Prefix = { ...NOTHING, text: UNKNOWN }
/** A base class of views has a prefix for each view; what has more is mounted by a loop that was read wrongly. */
const MOST_PREFIXES = 400
const DEPTH = 16

/** What was made of rows, for as long as they are the same: who compares routes need only look at those that are new. */
export class RouteMemory {
  readonly #pieces = new WeakMap<object, Piece>()
  readonly #routes = new WeakMap<object, Route[]>()

  piece(row: object, text: RoutePath, at: () => At): Piece {
    let known = this.#pieces.get(row)
    if (!known) {
      known = { text, at: at() }
      this.#pieces.set(row, known)
    }
    return known
  }

  known(row: object, { path, pieces, mountedAt }: Omit<Route, 'place' | 'pattern'>): Route | undefined {
    return this.#routes
      .get(row)
      ?.find(
        it =>
          it.path === path &&
          it.mountedAt === mountedAt &&
          it.pieces.length === pieces.length &&
          it.pieces.every((piece, i) => piece === pieces[i]),
      )
  }

  keep(row: object, route: Route): Route {
    const known = this.#routes.get(row) ?? []
    // What it was mounted under before is hardly asked for again.
    this.#routes.set(row, known.length < MOST_PREFIXES ? [...known, route] : [route])
    return route
  }
}

export interface Routes {
  readonly all: readonly Route[]
  /** Where routes are declared whose path is put together at run time. */
  readonly unread: readonly At[]
}

export function routesOf(facts: WorkspaceFacts, names: Names, memory: RouteMemory): Routes {
  const nodes = nodesOf(facts, names, memory)
  const prefixes = new Map<Node, readonly Prefix[]>()
  const routes: Route[] = []
  const unread: At[] = []
  for (const { path: file, rows } of facts.rows('route')) {
    for (const [i, it] of rows.entries()) {
      if (it.path === undefined) {
        unread.push(placeIn(facts, file, 'route', i))
        continue
      }
      const own = memory.piece(it, it.path, () => placeIn(facts, file, 'route', i))
      const before = it.router ? prefixesOf(names.find(nodes, file, it.router)?.value, prefixes) : [NOTHING]
      for (const prefix of before) {
        const path = joinPaths(prefix.text, it.path)
        const { methods, handler, answeredBy, framework } = it
        const route = {
          ...{ file, methods, path, handler, answeredBy, framework, mountedAt: prefix.at },
          pieces: [...prefix.pieces, own],
        }
        const known = memory.known(it, route)
        if (known) {
          routes.push(known)
          continue
        }
        const pattern = parsePath(path.startsWith('/') || path.startsWith('{') ? path : `/${path}`)
        if (!pattern) continue
        routes.push(
          memory.keep(it, {
            ...route,
            pattern,
            get place() {
              return facts.placeOf(file, 'route', i)
            },
          }),
        )
      }
    }
  }
  return { all: routes, unread }
}

function nodesOf(facts: WorkspaceFacts, names: Names, memory: RouteMemory): Table<Node> {
  const nodes = new Map<string, Map<string, Node>>()
  for (const { path, rows } of facts.rows('router')) {
    const own = new Map<string, Node>()
    for (const [i, row] of rows.entries()) {
      if (own.has(row.name)) continue
      const piece = memory.piece(row, row.prefix ?? UNKNOWN, () => placeIn(facts, path, 'router', i))
      own.set(row.name, { path, row, own: piece, parents: [] })
    }
    nodes.set(path, own)
  }
  for (const { path, rows } of facts.rows('mount')) {
    for (const [i, row] of rows.entries()) {
      const below = names.find(nodes, path, row.child)?.value
      if (!below) continue
      const above = names.find(nodes, path, row.parent)?.value
      if (above === below) continue
      const piece = memory.piece(row, row.prefix ?? UNKNOWN, () => placeIn(facts, path, 'mount', i))
      below.parents.push({ node: above, piece })
    }
  }
  return nodes
}

/** What may come before the routes of a router; `{}` at the beginning where that is not known. */
function prefixesOf(
  node: Node | undefined,
  known: Map<Node, readonly Prefix[]>,
  depth = 0,
): readonly Prefix[] {
  if (!node || depth > DEPTH) return [NOBODY]
  const before = known.get(node)
  if (before) return before
  // What mounts itself in a circle adds nothing.
  known.set(node, [])
  const { row, parents } = node
  const all = new Map<string, Prefix>()
  const add = (prefix: Prefix) => {
    if (all.size < MOST_PREFIXES && !all.has(prefix.text)) all.set(prefix.text, prefix)
  }
  if (parents.length === 0) add(below(row.isRoot || isOwnRoot(row) ? NOTHING : NOBODY, node.own))
  for (const { node: above, piece } of parents)
    for (const it of prefixesOf(above, known, depth + 1))
      add({ ...below(below(it, piece), node.own), at: piece.at })
  const result = [...all.values()]
  known.set(node, result)
  return result
}

/** What nobody mounts is where it all begins, in frameworks in which files name the next ones. */
function isOwnRoot({ framework, name }: RouterRow): boolean {
  return framework === 'django' && name === 'urlpatterns'
}

/** What is not known swallows what comes before it. */
function below(before: Prefix, piece: Piece): Prefix {
  const { text } = piece
  if (text.startsWith(UNKNOWN)) return { ...before, text, pieces: [] }
  return { ...before, text: joinPaths(before.text, text), pieces: [...before.pieces, piece] }
}
