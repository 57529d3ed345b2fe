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
const NO_ROWS: readonly never[] = []

export class WorkspaceFacts {
  /** What is made of facts is computed and remembered by it. */
  readonly tracker: Tracker
  readonly #files = new Map<string, FileFacts>()
  readonly #kinds = new Map<FactKind, RowsOfKind>()
  readonly #paths = new Paths()
  readonly #ats = new WeakMap<readonly Row<FactKind>[], At[]>()

  constructor(tracker: Tracker) {
    this.tracker = tracker
  }

  get size(): number {
    return this.#files.size
  }

  /** All of it, for who wants a copy: nothing is noted as read. */
  get files(): Iterable<readonly [path: string, facts: FileFacts]> {
    return this.#files
  }

  /** What a file says, for who makes nothing of it that is remembered. */
  unnoted(path: string): FileFacts | undefined {
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
    if (isNews) this.tracker.revision++
    return isNews
  }

  /** Files in which there are rows of a kind. The same object for a file while its rows are the same. */
  rows<K extends FactKind>(kind: K): readonly RowsOfFile<K>[] {
    return this.tracker.read(this.#kind(kind)) as readonly RowsOfFile<FactKind>[] as readonly RowsOfFile<K>[]
  }

  /** The rows of a kind in one file: who reads them does not depend on the other files. */
  rowsIn<K extends FactKind>(path: string, kind: K): readonly Row<K>[] {
    return (this.tracker.read(this.#kind(kind).cell(path))?.rows ?? NO_ROWS) as readonly Row<K>[]
  }

  /** All files, those that say nothing too. */
  get paths(): ReadonlySet<string> {
    return this.tracker.read(this.#paths)
  }

  /** Where a row was read, as of now: places move while rows stay. */
  placeOf(path: string, kind: FactKind, index: number): Place {
    return this.#files.get(path)!.places[kind]![index]!
  }

  /** The same object for a row while the rows of its file are the same: it stands for the row. */
  at(file: string, kind: FactKind, index: number): At {
    const rows = this.#kind(kind).cell(file).file?.rows
    const known = rows && (this.#ats.get(rows) ?? [])
    if (known) this.#ats.set(rows, known)
    const facts = this
    const at = known?.[index] ?? {
      file,
      get place() {
        return facts.placeOf(file, kind, index)
      },
    }
    if (known) known[index] = at
    return at
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
  return index === -1 ? { file, place: [0, 0] } : facts.at(file, kind, index)
}

class RowsOfKind implements Cell<readonly RowsOfFile<FactKind>[]> {
  readonly #files = new Map<string, RowsCell>()
  /** In the order of the paths. */
  #list: readonly RowsOfFile<FactKind>[] = []
  readonly #changed = new Set<string>()

  set(path: string, rows: readonly Row<FactKind>[] | undefined): void {
    this.cell(path).file = rows && rows.length > 0 ? { path, rows } : undefined
    this.#changed.add(path)
  }

  cell(path: string): RowsCell {
    let cell = this.#files.get(path)
    if (!cell) {
      cell = new RowsCell()
      this.#files.set(path, cell)
    }
    return cell
  }

  current(): readonly RowsOfFile<FactKind>[] {
    if (this.#changed.size > FEW) {
      const all = [...this.#files.values()].flatMap(it => it.file ?? [])
      this.#list = all.sort((a, b) => (a.path < b.path ? -1 : 1))
    } else if (this.#changed.size > 0) {
      const list = [...this.#list]
      for (const path of this.#changed) put(list, path, this.#files.get(path)!.file)
      this.#list = list
    }
    this.#changed.clear()
    return this.#list
  }
}

/** So many files are put into their places one by one. */
const FEW = 50

function put(list: RowsOfFile<FactKind>[], path: string, file: RowsOfFile<FactKind> | undefined): void {
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (list[middle]!.path < path) from = middle + 1
    else to = middle
  }
  list.splice(from, list[from]?.path === path ? 1 : 0, ...(file ? [file] : []))
}

class RowsCell implements Cell<RowsOfFile<FactKind> | undefined> {
  file: RowsOfFile<FactKind> | undefined

  current(): RowsOfFile<FactKind> | undefined {
    return this.file
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
