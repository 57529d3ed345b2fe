// Looking up what a name of one file stands for in another: through re-exports, instances and superclasses.

import type { FactKind, Row } from './facts.ts'
import type { Modules } from './modules.ts'
import type { Reference, TextPart, TextParts } from './rows/names.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** Something that a name was found to stand for. */
export interface Found<T> {
  readonly path: string
  readonly name: string
  readonly value: T
}

/** By file, by name: rows of one kind. */
export interface Table<T> {
  get(path: string): ReadonlyMap<string, T> | undefined
}

/** The same of all files at once: who reads it depends on all of them. */
export type WholeTable<T> = ReadonlyMap<string, ReadonlyMap<string, T>>

/** Names may lead in circles, and long chains are nobody's code. */
const DEPTH = 12
/** Where everything is handed on, a name is found in a few dozen places or nowhere. */
const PLACES = 500

export class Names {
  readonly #modules: Modules
  readonly #aliases: Table<readonly Reference[]>
  readonly #classes: Table<Reference>

  constructor(modules: Modules, facts: WorkspaceFacts) {
    this.#modules = modules
    this.#aliases = tableBy(facts, 'alias', rows => {
      const own = new Map<string, Reference[]>()
      for (const { name, of } of rows) own.set(name, [...(own.get(name) ?? []), of])
      return own
    })
    this.#classes = tableBy(
      facts,
      'class',
      rows => new Map(rows.map(({ name, superclass }) => [name, superclass])),
    )
  }

  /** The row that `reference` of the file at `from` names, if there is one. */
  find<T>(table: Table<T>, from: string, reference: Reference): Found<T> | undefined {
    return this.#look(table, from, reference, 0, new Set())
  }

  #look<T>(
    table: Table<T>,
    from: string,
    reference: Reference,
    depth: number,
    seen: Set<string>,
  ): Found<T> | undefined {
    for (const { path, names } of this.#modules.targets(from, reference)) {
      const found = this.#lookIn(table, path, names, depth, seen)
      if (found) return found
    }
    return undefined
  }

  #lookIn<T>(
    table: Table<T>,
    path: string,
    names: readonly string[],
    depth: number,
    seen: Set<string>,
  ): Found<T> | undefined {
    const name = names.join('.')
    const key = `${path}\n${name}`
    if (depth > DEPTH || seen.size > PLACES || seen.has(key)) return undefined
    seen.add(key)
    const own = table.get(path)
    const value = own?.get(name)
    if (value !== undefined) return { path, name, value }
    const aliases = this.#aliases.get(path)
    const classes = this.#classes.get(path)
    for (let taken = names.length; taken > 0; taken--) {
      const head = names.slice(0, taken).join('.')
      const rest = names.slice(taken)
      for (const of of aliases?.get(head) ?? []) {
        const found = this.#look(
          table,
          path,
          { module: of.module, names: [...of.names, ...rest] },
          depth + 1,
          seen,
        )
        if (found) return found
      }
      const superclass = rest.length > 0 ? classes?.get(head) : undefined
      if (superclass) {
        const { module, names: above } = superclass
        const found = this.#look(table, path, { module, names: [...above, ...rest] }, depth + 1, seen)
        if (found) return found
      }
    }
    // `import api from './api'` of a file that exports the object's parts one by one, and the other way round.
    if (names[0] === 'default' && names.length > 1) {
      const found = this.#lookIn(table, path, names.slice(1), depth + 1, seen)
      if (found) return found
    }
    for (const of of aliases?.get('*') ?? []) {
      for (const it of this.#modules.targets(path, { module: of.module, names: [...of.names, ...names] })) {
        // A module of this name in this very file would have said so: its names would only grow.
        const found = it.path === path ? undefined : this.#lookIn(table, it.path, it.names, depth + 1, seen)
        if (found) return found
      }
    }
    return undefined
  }

  /** A text with all that other files tell of it; `found` is told of each of them. */
  written(
    constants: Table<TextParts>,
    from: string,
    text: TextParts,
    found: (it: Found<TextParts>) => void = () => {},
    depth = 0,
  ): TextParts {
    if (depth > DEPTH || !text.some(isFrom)) return text
    return text.flatMap((part): readonly TextPart[] => {
      if (!isFrom(part)) return [part]
      const other = this.find(constants, from, part.from)
      if (!other) return [{ hole: part.from.names.at(-1) ?? '' }]
      found(other)
      return this.written(constants, other.path, other.value, found, depth + 1).map(it =>
        typeof it !== 'string' && 'parameter' in it ? { hole: it.hole ?? '' } : it,
      )
    })
  }
}

function isFrom(part: TextPart): part is { readonly from: Reference } {
  return typeof part !== 'string' && 'from' in part
}

/** The table of all rows of a kind that have a name. The first of a name counts. */
export function tableOf<K extends FactKind, T>(
  facts: WorkspaceFacts,
  kind: K,
  read: (row: Row<K>) => readonly [string, T],
): Table<T> {
  return tableBy(facts, kind, rows => {
    const own = new Map<string, T>()
    for (const row of rows) {
      const [name, value] = read(row)
      if (!own.has(name)) own.set(name, value)
    }
    return own
  })
}

/** A table that reads the rows of a file when that file is asked for, once while they are the same. */
function tableBy<K extends FactKind, T>(
  facts: WorkspaceFacts,
  kind: K,
  read: (rows: readonly Row<K>[]) => ReadonlyMap<string, T>,
): Table<T> {
  const known = new WeakMap<readonly Row<K>[], ReadonlyMap<string, T>>()
  return {
    get(path) {
      const rows = facts.rowsIn(path, kind)
      if (rows.length === 0) return undefined
      let own = known.get(rows)
      if (!own) {
        own = read(rows)
        known.set(rows, own)
      }
      return own
    },
  }
}
