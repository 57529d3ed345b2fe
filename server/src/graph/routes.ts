// All routes of a workspace with their whole paths: what routers put before them, and those that mount the routers.

import type { Place } from './facts.ts'
import type { Names, Table } from './names.ts'
import { joinPaths, type PathPattern, parsePath } from './path-pattern.ts'
import type { Framework, Method, RouterRow } from './rows/routes.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface Route {
  readonly file: string
  readonly place: Place
  readonly methods: readonly Method[]
  /** `/api/users/{id}`; begins with `{}` where nobody knows what comes before. */
  readonly path: string
  readonly pattern: PathPattern
  readonly handler: string
  readonly framework: Framework
  /** Where a path was given to what holds it, when that is another place: `add_resource(Users, '/users')`. */
  readonly mountedAt: At | undefined
}

export interface At {
  readonly file: string
  readonly place: Place
}

/** What may come before a route, and where that was said. */
interface Prefix {
  readonly text: string
  readonly at: At | undefined
}

/** Something that others stand below: `path` and `name` of a router, with what is known of it. */
interface Node {
  readonly path: string
  readonly row: RouterRow
  readonly parents: {
    readonly node: Node | undefined
    readonly prefix: string | undefined
    readonly at: At
  }[]
}

const UNKNOWN = '{}'
const NOTHING: Prefix = { text: '', at: undefined }
/** A base class of views has a prefix for each view; what has more is mounted by a loop that was read wrongly. */
const MOST_PREFIXES = 400
const DEPTH = 16

export function routesOf(facts: WorkspaceFacts, names: Names): Route[] {
  const nodes = nodesOf(facts, names)
  const prefixes = new Map<Node, readonly Prefix[]>()
  const routes: Route[] = []
  for (const { path: file, rows } of facts.rows('route')) {
    for (const [i, it] of rows.entries()) {
      if (it.path === undefined) continue
      const before = it.router ? prefixesOf(names.find(nodes, file, it.router)?.value, prefixes) : [NOTHING]
      for (const prefix of before) {
        const path = joinPaths(prefix.text, it.path)
        const pattern = parsePath(path.startsWith('/') || path.startsWith('{') ? path : `/${path}`)
        if (!pattern) continue
        const { methods, handler, framework } = it
        routes.push({
          ...{ file, methods, path, pattern, handler, framework, mountedAt: prefix.at },
          get place() {
            return facts.placeOf(file, 'route', i)
          },
        })
      }
    }
  }
  return routes
}

function nodesOf(facts: WorkspaceFacts, names: Names): Table<Node> {
  const nodes = new Map<string, Map<string, Node>>()
  for (const { path, rows } of facts.rows('router')) {
    const own = new Map<string, Node>()
    for (const row of rows) if (!own.has(row.name)) own.set(row.name, { path, row, parents: [] })
    nodes.set(path, own)
  }
  for (const { path, rows } of facts.rows('mount')) {
    for (const [i, { parent, child, prefix }] of rows.entries()) {
      const below = names.find(nodes, path, child)?.value
      if (!below) continue
      const above = names.find(nodes, path, parent)?.value
      if (above === below) continue
      const at: At = {
        file: path,
        get place() {
          return facts.placeOf(path, 'mount', i)
        },
      }
      below.parents.push({ node: above, prefix, at })
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
  if (!node || depth > DEPTH) return [{ text: UNKNOWN, at: undefined }]
  const before = known.get(node)
  if (before) return before
  // What mounts itself in a circle adds nothing.
  known.set(node, [])
  const { row, parents } = node
  const own = row.prefix ?? UNKNOWN
  const all = new Map<string, Prefix>()
  const add = (text: string, at: At | undefined) => {
    if (all.size < MOST_PREFIXES && !all.has(text)) all.set(text, { text, at })
  }
  if (parents.length === 0) add(row.isRoot || isOwnRoot(row) ? own : below(UNKNOWN, own), undefined)
  for (const { node: above, prefix, at } of parents)
    for (const it of prefixesOf(above, known, depth + 1))
      add(below(below(it.text, prefix ?? UNKNOWN), own), at)
  const result = [...all.values()]
  known.set(node, result)
  return result
}

/** What nobody mounts is where it all begins, in frameworks in which files name the next ones. */
function isOwnRoot({ framework, name }: RouterRow): boolean {
  return framework === 'django' && name === 'urlpatterns'
}

/** What is not known swallows what comes before it. */
function below(before: string, after: string): string {
  return after.startsWith(UNKNOWN) ? after : joinPaths(before, after)
}
