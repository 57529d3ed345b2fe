// The facts of all files of a workspace, as relations read them: by kind, in the order of the paths.

import type { FactKind, FileFacts, Place, Row } from './facts.ts'
import type { At } from './routes.ts'
import type { Cell, Tracker } from './tracked.ts'

/** The rows of a kind in one file; never none. */
export interface RowsOfFile<K extends FactKind> {
  readonly path: string
  readonly rows: readonly Row<K>[]
}

const NOTHING: FileFacts = { rows: {}, places: {} }

export class WorkspaceFacts {
  readonly #tracker: Tracker
  readonly #files = new Map<string, FileFacts>()
  readonly #kinds = new Map<FactKind, RowsOfKind>()
  readonly #paths = new Paths()

  constructor(tracker: Tracker) {
    this.#tracker = tracker
  }

  get size(): number {
    return this.#files.size
  }

  /** All of it, for who wants a copy: nothing is noted as read. */
  get files(): Iterable<readonly [path: string, facts: FileFacts]> {
    return this.#files
  }

  of(path: string): FileFacts | undefined {
    return this.#files.get(path)
  }

  /** Takes what a file says now; undefined: it is gone. True when it says something else than before. */
  set(path: string, facts: FileFacts | undefined): boolean {
    const before = this.#files.get(path)
    if (facts) this.#files.set(path, facts)
    else this.#files.delete(path)
    let isNews = (before === undefined) !== (facts === undefined)
    if (isNews) this.#paths.set(path, facts !== undefined)
    const [old, now] = [(before ?? NOTHING).rows, (facts ?? NOTHING).rows]
    for (const kind of new Set([...Object.keys(old), ...Object.keys(now)]) as Set<FactKind>) {
      if (sameData(old[kind], now[kind])) continue
      this.#kind(kind).set(path, now[kind])
      isNews = true
    }
    if (isNews) this.#tracker.revision++
    return isNews
  }

  /** Files in which there are rows of a kind. */
  rows<K extends FactKind>(kind: K): readonly RowsOfFile<K>[] {
    return this.#tracker.read(this.#kind(kind)) as readonly RowsOfFile<FactKind>[] as readonly RowsOfFile<K>[]
  }

  /** All files, those that say nothing too. */
  get paths(): ReadonlySet<string> {
    return this.#tracker.read(this.#paths)
  }

  /** Where a row was read, as of now: places move while rows stay. */
  placeOf(path: string, kind: FactKind, index: number): Place {
    return this.#files.get(path)!.places[kind]![index]!
  }

  #kind(kind: FactKind): RowsOfKind {
    let known = this.#kinds.get(kind)
    if (!known) {
      known = new RowsOfKind()
      this.#kinds.set(kind, known)
    }
    return known
  }
}

/** Where a row is read, whenever that is asked; -1: what is written in place has no place of its own. */
export function placeIn(facts: WorkspaceFacts, file: string, kind: FactKind, index: number): At {
  return {
    file,
    get place() {
      return index === -1 ? ([0, 0] as const) : facts.placeOf(file, kind, index)
    },
  }
}

class RowsOfKind implements Cell<readonly RowsOfFile<FactKind>[]> {
  readonly #rows = new Map<string, readonly Row<FactKind>[]>()
  #list: readonly RowsOfFile<FactKind>[] | undefined

  set(path: string, rows: readonly Row<FactKind>[] | undefined): void {
    if (rows && rows.length > 0) this.#rows.set(path, rows)
    else this.#rows.delete(path)
    this.#list = undefined
  }

  current(): readonly RowsOfFile<FactKind>[] {
    this.#list ??= [...this.#rows]
      .map(([path, rows]) => ({ path, rows }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
    return this.#list
  }
}

class Paths implements Cell<ReadonlySet<string>> {
  readonly #all = new Set<string>()
  #copy: ReadonlySet<string> | undefined

  set(path: string, isThere: boolean): void {
    if (isThere) this.#all.add(path)
    else this.#all.delete(path)
    this.#copy = undefined
  }

  current(): ReadonlySet<string> {
    this.#copy ??= new Set([...this.#all].sort())
    return this.#copy
  }
}

/** Of plain data. */
function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((it, i) => sameData(it, b[i]))
  }
  const [one, two] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(one)
  return keys.length === Object.keys(two).length && keys.every(it => sameData(one[it], two[it]))
}
