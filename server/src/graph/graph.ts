// The graph of a workspace: the facts of its files, and what they have to do with each other.
//
// Relations are computed when somebody asks, from the rows of all files in the order of their paths; they are the same as
// long as the rows are the same, whatever was typed meanwhile.

import { type Call, callsOf } from './calls.ts'
import type { FileFacts, PackageRow, PlaceOf } from './facts.ts'
import { type Link, link, RouteIndex } from './links.ts'
import { folderOf, Modules } from './modules.ts'
import { Names } from './names.ts'
import { type Route, routesOf } from './routes.ts'

/** What relations say, for as long as no row changes. */
export interface Relations {
  readonly routes: readonly Route[]
  readonly calls: readonly Call[]
  readonly links: readonly Link[]
  readonly index: RouteIndex
}

export class Graph {
  readonly #files = new Map<string, FileFacts>()
  readonly #rows = new Map<string, string>()
  #relations: Relations | undefined

  get size(): number {
    return this.#files.size
  }

  facts(path: string): FileFacts | undefined {
    return this.#files.get(path)
  }

  /** Takes what a file says now; undefined: it is gone. True when it says something else than before. */
  set(path: string, facts: FileFacts | undefined): boolean {
    const rows = facts && JSON.stringify(facts.rows)
    const before = this.#rows.get(path)
    if (facts && rows !== undefined) {
      this.#files.set(path, facts)
      this.#rows.set(path, rows)
    } else {
      this.#files.delete(path)
      this.#rows.delete(path)
    }
    if (before === rows) return false
    this.#relations = undefined
    return true
  }

  /** They tell places as of now, also after the text around them was edited. */
  get relations(): Relations {
    this.#relations ??= relationsOf(
      this.#files,
      (path, kind, index) => this.#files.get(path)!.places[kind]![index]!,
    )
    return this.#relations
  }
}

function relationsOf(given: ReadonlyMap<string, FileFacts>, placeOf: PlaceOf): Relations {
  const files = new Map([...given].sort(([a], [b]) => (a < b ? -1 : 1)))
  const names = new Names(new Modules(new Set(files.keys()), packagesOf(files)), files)
  const routes = routesOf(files, names, placeOf)
  const calls = callsOf(files, names, placeOf)
  const index = new RouteIndex(routes)
  return { routes, calls, links: calls.map(it => link(it, index)), index }
}

function packagesOf(files: ReadonlyMap<string, FileFacts>): { folder: string; row: PackageRow }[] {
  return [...files].flatMap(([path, { rows }]) =>
    (rows.package ?? []).map(row => ({ folder: folderOf(path), row })),
  )
}
