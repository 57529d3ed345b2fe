// All routes of a workspace with their whole paths: what routers put before them, and those that mount the routers.

import type { Place } from './facts.ts'
import type { Names } from './names.ts'
import { joinPaths, type PathPattern, parsePath } from './path-pattern.ts'
import type { Reference } from './rows/names.ts'
import type { Framework, Method, MountRow, RoutePath, RouteRow, RouterRow } from './rows/routes.ts'
import { type Cell, Derived, isSameList, Keyed, Mapped } from './tracked.ts'
import type { RowsOfFile, WorkspaceFacts } from './workspace-facts.ts'

export interface Route {
  readonly file: string
  readonly place: Place
  /** Which of the rows of its file it was made of. */
  readonly index: number
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

/** Something that others stand below. The same object while the routers of its file are the same. */
interface Node {
  readonly row: RouterRow
  readonly own: Piece
}

interface MountRowAt {
  readonly path: string
  readonly row: MountRow
  readonly index: number
}

/** Undefined stands for a parent that nobody knows. */
interface Mount {
  readonly below: Node
  readonly above: Node | undefined
  readonly piece: Piece
}

const UNKNOWN = '{}'
const NOTHING: Prefix = { text: '', at: undefined, pieces: [] }
const NOBODY: Prefix = { ...NOTHING, text: UNKNOWN }
/** A base class of views has a prefix for each view; what has more is mounted by a loop that was read wrongly. */
const MOST_PREFIXES = 400
const DEPTH = 16

/** The routes of a workspace, made anew file by file: those that are the same as before are the same objects. */
export class Routes {
  readonly #facts: WorkspaceFacts
  readonly #names: Names
  readonly #nodes: Keyed<string, ReadonlyMap<string, Node>>
  readonly #mounts: Cell<readonly Mount[]>
  readonly #prefixes: Cell<ReadonlyMap<Node, readonly Prefix[]>>
  readonly #prefixesOf: Keyed<Node, readonly Prefix[]>
  readonly #routes: Cell<readonly Route[]>
  /** By the rows that they were made of. */
  readonly #known = new WeakMap<object, readonly Route[]>()

  constructor(facts: WorkspaceFacts, names: Names) {
    const { tracker } = facts
    this.#facts = facts
    this.#names = names
    this.#nodes = new Keyed(tracker, path => this.#nodesIn(path))
    const mountRows = new Mapped(
      tracker,
      () => facts.rows('mount'),
      ({ path, rows }) => rows.map((row, index) => ({ path, row, index })),
    )
    this.#mounts = new Mapped(
      tracker,
      () => tracker.read(mountRows),
      it => this.#mount(it),
    )
    this.#prefixes = new Derived(tracker, before => this.#allPrefixes(before))
    this.#prefixesOf = new Keyed(tracker, node => tracker.read(this.#prefixes).get(node) ?? [NOBODY])
    this.#routes = new Mapped(
      tracker,
      () => facts.rows('route'),
      it => this.#routesIn(it),
    )
  }

  get all(): readonly Route[] {
    return this.#facts.tracker.read(this.#routes)
  }

  /** Where routes are declared whose path is put together at run time. */
  get unread(): readonly At[] {
    return this.#facts
      .rows('route')
      .flatMap(({ path, rows }) =>
        rows.flatMap((it, i) => (it.path === undefined ? [this.#facts.at(path, 'route', i)] : [])),
      )
  }

  #routesIn({ path: file, rows }: RowsOfFile<'route'>): Route[] {
    return rows.flatMap((row, index) => {
      const at = this.#facts.at(file, 'route', index)
      const routes = this.#before(file, row).flatMap(prefix => this.#route(at, row, index, prefix) ?? [])
      this.#known.set(row, routes)
      return routes
    })
  }

  #before(file: string, { router, path }: RouteRow): readonly Prefix[] {
    if (path === undefined) return []
    if (!router) return [NOTHING]
    const node = this.#names.find(this.#nodes, file, router)?.value
    return node ? this.#prefixesOf.get(node) : [NOBODY]
  }

  #route(at: At, row: RouteRow, index: number, prefix: Prefix): Route | undefined {
    const { methods, handler, answeredBy, framework } = row
    const text = row.path!
    const path = joinPaths(prefix.text, text)
    const known = this.#known.get(row)?.find(it => it.path === path && isBelow(it, prefix))
    if (known) return known
    const pattern = parsePath(path.startsWith('/') || path.startsWith('{') ? path : `/${path}`)
    if (!pattern) return undefined
    return {
      ...{ file: at.file, index, methods, path, pattern, handler, answeredBy, framework },
      mountedAt: prefix.at,
      pieces: [...prefix.pieces, { text, at }],
      get place() {
        return at.place
      },
    }
  }

  #nodesIn(path: string): ReadonlyMap<string, Node> {
    const own = new Map<string, Node>()
    for (const [i, row] of this.#facts.rowsIn(path, 'router').entries())
      if (!own.has(row.name)) own.set(row.name, { row, own: this.#piece(path, 'router', row, i) })
    return own
  }

  #mount({ path, row, index }: MountRowAt): readonly Mount[] {
    const below = this.#names.find(this.#nodes, path, row.child)?.value
    if (!below) return []
    const above = this.#names.find(this.#nodes, path, row.parent)?.value
    return above === below ? [] : [{ below, above, piece: this.#piece(path, 'mount', row, index) }]
  }

  #piece(path: string, kind: 'router' | 'mount', { prefix }: RouterRow | MountRow, index: number): Piece {
    return { text: prefix ?? UNKNOWN, at: this.#facts.at(path, kind, index) }
  }

  #allPrefixes(before: ReadonlyMap<Node, readonly Prefix[]> | undefined): Map<Node, readonly Prefix[]> {
    const { tracker } = this.#facts
    const parents = new Map<Node, Mount[]>()
    for (const it of tracker.read(this.#mounts)) {
      const own = parents.get(it.below)
      if (own) own.push(it)
      else parents.set(it.below, [it])
    }
    const all = new Map<Node, readonly Prefix[]>()
    for (const { path } of this.#facts.rows('router'))
      for (const node of this.#nodes.get(path).values()) prefixesOf(node, parents, all)
    for (const [node, prefixes] of before ?? [])
      if (all.has(node) && isSamePrefixes(prefixes, all.get(node)!)) all.set(node, prefixes)
    return all
  }
}

/** The route is what stands below this prefix. */
function isBelow({ mountedAt, pieces }: Route, prefix: Prefix): boolean {
  return mountedAt === prefix.at && isSameList(pieces.slice(0, -1), prefix.pieces)
}

function isSamePrefixes(a: readonly Prefix[], b: readonly Prefix[]): boolean {
  return (
    a.length === b.length &&
    a.every((it, i) => {
      const other = b[i]!
      return it.text === other.text && it.at === other.at && isSameList(it.pieces, other.pieces)
    })
  )
}

/** What may come before the routes of a router; `{}` at the beginning where that is not known. */
function prefixesOf(
  node: Node,
  mounts: ReadonlyMap<Node, readonly Mount[]>,
  known: Map<Node, readonly Prefix[]>,
  depth = 0,
): readonly Prefix[] {
  if (depth > DEPTH) return [NOBODY]
  const before = known.get(node)
  if (before) return before
  // What mounts itself in a circle adds nothing.
  known.set(node, [])
  const { row, own } = node
  const all = new Map<string, Prefix>()
  const add = (prefix: Prefix) => {
    if (all.size < MOST_PREFIXES && !all.has(prefix.text)) all.set(prefix.text, prefix)
  }
  const parents = mounts.get(node) ?? []
  if (parents.length === 0) add(below(row.isRoot || isOwnRoot(row) ? NOTHING : NOBODY, own))
  for (const { above, piece } of parents)
    for (const it of above ? prefixesOf(above, mounts, known, depth + 1) : [NOBODY])
      add({ ...below(below(it, piece), own), at: piece.at })
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
