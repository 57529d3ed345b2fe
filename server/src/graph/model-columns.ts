// Columns that models and schemas declare, and that no migration makes, where all that the migrations do is understood.

import { folderOf } from './modules.ts'
import { type Names, type Table, tableOf } from './names.ts'
import type { At } from './routes.ts'
import type { TableModelRow } from './rows/tables.ts'
import { SOME_TABLE } from './sql/changes.ts'
import { mergeInto, type Tables, tablesOfMigrations } from './tables-made.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface UnmadeColumn {
  readonly column: string
  readonly table: string
  /** Where the model declares it. */
  readonly at: At
  /** Where a migration makes the table. */
  readonly made: At
}

interface Declared {
  readonly table: string
  readonly column: string
  readonly at: At
}

/** Who misses more of what is declared does not see how tables are made. */
const MOST_MISSING = 0.03
/** With so few, a share says nothing. */
const FEW = 3
/** Bases of bases. */
const DEPTH = 8

export function unmadeColumnsOf(facts: WorkspaceFacts, names: Names): UnmadeColumn[] {
  const tables: Tables = new Map()
  for (const group of tablesOfMigrations(facts, new Map(), 'migration')) mergeInto(tables, group)
  if (tables.size === 0 || tables.get(SOME_TABLE)?.isOpen) return []
  const mentioned = facts.rows('migrationMention').flatMap(it => it.rows.map(row => new Set(row.names)))
  const unmade: UnmadeColumn[] = []
  let all = 0
  for (const { table, column, at } of declaredColumns(facts, names)) {
    const known = tables.get(table)
    if (!known?.isMade || known.isOpen) continue
    all++
    const isSomewhere = known.columns.has(column) || tables.get(SOME_TABLE)?.columns.has(column)
    if (isSomewhere || mentioned.some(it => it.has(column))) continue
    unmade.push({ column, table, at, made: known.at })
  }
  return unmade.length <= FEW || unmade.length <= all * MOST_MISSING ? unmade : []
}

function* declaredColumns(facts: WorkspaceFacts, names: Names): Generator<Declared> {
  const places = placesOf(facts)
  const models = tableOf(facts, 'tableModel', it => [it.name, it])
  const labels = new Map(facts.rows('appLabel').map(it => [folderOf(it.path), it.rows[0]!.label] as const))
  for (const { path, rows } of facts.rows('tableModel'))
    for (const row of rows) {
      if (row.table === undefined || row.table === '') continue
      const table = row.isOfDjango ? labelled(row.table, path, labels) : row.table
      for (const it of columnsOf(row, path, models, names, places, 0)) yield { table, ...it }
    }
  for (const { path, rows } of facts.rows('tableChange'))
    for (const [i, row] of rows.entries()) {
      if (row.source === 'migration' || row.kind !== 'create') continue
      const own = places.get(`${path}\n${row.table}`)
      if (own) for (const it of own) yield { table: row.table, ...it }
      else
        for (const column of row.columns)
          yield { table: row.table, column, at: placeIn(facts, path, 'tableChange', i) }
    }
}

type Columns = readonly { readonly column: string; readonly at: At }[]

function placesOf(facts: WorkspaceFacts): ReadonlyMap<string, Columns> {
  const places = new Map<string, { column: string; at: At }[]>()
  for (const { path, rows } of facts.rows('modelColumn'))
    for (const [i, { owner, column }] of rows.entries()) {
      const key = `${path}\n${owner}`
      const own = places.get(key) ?? []
      places.set(key, own)
      own.push({ column, at: placeIn(facts, path, 'modelColumn', i) })
    }
  return places
}

/** With those of its bases. */
function* columnsOf(
  row: TableModelRow,
  path: string,
  models: Table<TableModelRow>,
  names: Names,
  places: ReadonlyMap<string, Columns>,
  depth: number,
): Generator<Columns[number]> {
  yield* places.get(`${path}\n${row.name}`) ?? []
  for (const of of depth < DEPTH ? row.bases : []) {
    const base = names.find(models, path, of)
    // What has a table of its own keeps its columns there.
    if (base && base.value.table === undefined)
      yield* columnsOf(base.value, base.path, models, names, places, depth + 1)
  }
}

/** Django calls tables after the application, which may be called otherwise than its folder. */
function labelled(table: string, path: string, labels: ReadonlyMap<string, string>): string {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const label = labels.get(folder)
    const name = folder.slice(folder.lastIndexOf('/') + 1).toLowerCase()
    if (label !== undefined && table.startsWith(`${name}_`)) return label + table.slice(name.length)
  }
  return table
}
