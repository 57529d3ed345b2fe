// The tables of a database as all files together make them, and what queries ask of them.

import type { Place } from './facts.ts'
import type { Names } from './names.ts'
import type { At } from './routes.ts'
import type { ColumnUseRow } from './rows/tables.ts'
import { SOME_TABLE } from './sql/changes.ts'
import {
  addModels,
  type Made,
  mergeInto,
  type Tables,
  tablesOfMigrations,
  tablesOfModels,
} from './tables-made.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface DatabaseTable {
  readonly name: string
  readonly columns: ReadonlySet<string>
  /** There may be columns that nobody knows. */
  readonly isOpen: boolean
  /** Columns that it had once, and who took them away. */
  readonly dropped: ReadonlyMap<string, At>
  readonly at: At
  /** All that makes it or adds to it: in models, schemas and migrations. */
  readonly made: readonly Made[]
}

/** A name in a query. */
export interface TableUse {
  readonly file: string
  readonly place: Place
  readonly table: string
  /** Most tables that the file asks for are made here: it is about the same database. */
  readonly isBesideKnown: boolean
}

export interface ColumnUse {
  readonly file: string
  readonly place: Place
  readonly column: string
  /** Names of tables that it may be of. */
  readonly tables: readonly string[]
  /** All that makes its tables is known, and nothing makes this column. */
  readonly isMissing: boolean
}

export interface Database {
  readonly tables: ReadonlyMap<string, DatabaseTable>
  /** Tables that there were once, and who took them away. */
  readonly dropped: ReadonlyMap<string, At>
  readonly tableUses: readonly TableUse[]
  readonly columnUses: readonly ColumnUse[]
  /** Nearly all tables that are asked for are made here: one that is not is a mistake. */
  readonly isWhole: boolean
}

export function databaseOf(facts: WorkspaceFacts, names: Names): Database {
  const tables: Tables = new Map()
  const dropped = new Map<string, At>()
  for (const group of tablesOfMigrations(facts, dropped)) mergeInto(tables, group)
  addModels(tables, tablesOfModels(facts, names))
  const uses = [...tableUses(facts, tables)]
  return {
    tables,
    dropped,
    tableUses: uses,
    columnUses: [...columnUses(facts, tables)],
    isWhole: isWhole(tables, uses),
  }
}

function isWhole(tables: Tables, uses: readonly TableUse[]): boolean {
  // What is changed here and made nowhere is made where nobody looks, and so are others.
  if (tables.has(SOME_TABLE) || [...tables.values()].some(it => !it.isMade)) return false
  const asked = [...new Set(uses.map(it => it.table))]
  const known = asked.filter(it => tables.has(it)).length
  return known >= LEAST_KNOWN && known >= asked.length * MOST_OF_THEM
}

/** With fewer, the tables may well be made by somebody else. */
const LEAST_KNOWN = 3
const MOST_OF_THEM = 0.75

function* tableUses(facts: WorkspaceFacts, tables: Tables): Generator<TableUse> {
  for (const { path: file, rows } of facts.rows('tableUse')) {
    const isBesideKnown = rows.filter(it => tables.has(it.table)).length * 2 > rows.length
    for (const [i, { table }] of rows.entries())
      yield {
        ...{ file, table, isBesideKnown },
        get place() {
          return facts.placeOf(file, 'tableUse', i)
        },
      }
  }
}

function* columnUses(facts: WorkspaceFacts, tables: Tables): Generator<ColumnUse> {
  for (const { path: file, rows } of facts.rows('columnUse')) {
    const missing = rows.map(it => isMissing(it, tables))
    const foreign = ofOthers(rows, missing)
    for (const [i, { column, tables, query }] of rows.entries())
      yield {
        ...{ file, column, tables, isMissing: missing[i]! && !foreign.has(query) },
        get place() {
          return facts.placeOf(file, 'columnUse', i)
        },
      }
  }
}

function isMissing({ column, tables: names }: ColumnUseRow, tables: Tables): boolean {
  if (tables.get(SOME_TABLE)?.columns.has(column)) return false
  return names.every(it => {
    const table = tables.get(it)
    return table !== undefined && !table.isOpen && !table.columns.has(column)
  })
}

/** Queries that miss too much: they ask a table of another database that has the same name. */
function ofOthers(rows: readonly ColumnUseRow[], missing: readonly boolean[]): ReadonlySet<number> {
  const counts = new Map<number, { all: number; missing: number }>()
  for (const [i, { query }] of rows.entries()) {
    const count = counts.get(query) ?? { all: 0, missing: 0 }
    counts.set(query, { all: count.all + 1, missing: count.missing + (missing[i] ? 1 : 0) })
  }
  const others = [...counts].filter(([, it]) => it.missing > 1 && it.missing * 3 > it.all)
  return new Set(others.map(([query]) => query))
}
