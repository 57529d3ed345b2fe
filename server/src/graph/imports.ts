// Which file of a workspace imports which.

import type { Place } from './facts.ts'
import type { Modules } from './modules.ts'
import type { ImportKind, ImportRow } from './rows/imports.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface Import {
  /** The file that imports. */
  readonly file: string
  /** What names the other file. */
  readonly place: Place
  /** The file that is imported; never the same. */
  readonly to: string
  readonly kind: ImportKind
  /** Names of it that are taken, dotted; `*` for all. None: nothing by name. */
  readonly taken: readonly string[]
  /** The other file has to be ready when this one is loaded: something of it is used, or, in Python, taken by name. */
  readonly isAtOnce: boolean
}

/** The imports of a workspace from file to file: those of other people's packages are left out. */
export class Imports {
  readonly all: readonly Import[]
  readonly #from = new Map<string, Import[]>()
  readonly #to = new Map<string, Import[]>()

  constructor(all: readonly Import[]) {
    this.all = all
    for (const it of all) {
      listIn(this.#from, it.file).push(it)
      listIn(this.#to, it.to).push(it)
    }
  }

  /** What a file imports, as it stands in it. */
  from(file: string): readonly Import[] {
    return this.#from.get(file) ?? []
  }

  /** Who imports a file. */
  to(file: string): readonly Import[] {
    return this.#to.get(file) ?? []
  }
}

export function importsOf(facts: WorkspaceFacts, modules: Modules): Imports {
  const all: Import[] = []
  for (const { path: file, rows } of facts.rows('import')) {
    for (const [i, row] of rows.entries()) {
      for (const [to, taken] of filesNamed(modules, file, row))
        all.push({
          ...{ file, to, kind: row.kind, taken },
          isAtOnce: row.isAtOnce === true || (taken.length > 0 && /\.pyi?$/.test(file)),
          get place() {
            return facts.placeOf(file, 'import', i)
          },
        })
    }
  }
  return new Imports(all)
}

/** The files that a statement names, each with what is taken of it. */
function filesNamed(modules: Modules, from: string, row: ImportRow): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const it of row.taken.length > 0 ? row.taken : [undefined]) {
    const names = it === undefined || it === '*' ? [] : it.split('.')
    if (names.at(-1) === '*') names.pop()
    const target = modules.targets(from, { module: row.module, names }).find(target => target.path !== from)
    if (!target) continue
    const taken = listIn(found, target.path)
    if (it !== undefined && (it.endsWith('*') || target.names.length > 0))
      taken.push(it.endsWith('*') ? '*' : target.names.join('.'))
  }
  return found
}

function listIn<K, T>(lists: Map<K, T[]>, key: K): T[] {
  let list = lists.get(key)
  if (!list) {
    list = []
    lists.set(key, list)
  }
  return list
}
