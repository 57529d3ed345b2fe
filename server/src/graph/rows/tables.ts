// What one file says of tables of a database: how they are made and changed, and what queries ask of them.
//
// Names are in lower case and without quotes and schemas: databases differ in what they do with case, and nobody means it.

import type { Reference } from './names.ts'

/** Where tables come from. Migrations are applied one after the other; all others say how a table is. */
export const TABLE_SOURCES = ['migration', 'schema', 'model'] as const
export type TableSource = (typeof TABLE_SOURCES)[number]

/** Something is done to a table, in the order of the file; its place is where that is said. */
export type TableChangeRow = {
  readonly source: TableSource
  readonly table: string
} & TableChange

export type TableChange =
  | {
      readonly kind: 'create'
      readonly columns: readonly string[]
      /** There may be columns that nobody knows: a view, `AS SELECT`, a spread. */
      readonly isOpen: boolean
    }
  | { readonly kind: 'add' | 'drop'; readonly column: string }
  | { readonly kind: 'rename'; readonly column: string; readonly to: string }
  /** `isModel`: a table that has a name of its own keeps it. */
  | { readonly kind: 'renameTable'; readonly to: string; readonly isModel?: true }
  /** Later changes call it so. */
  | { readonly kind: 'knownAs'; readonly as: string }
  | { readonly kind: 'dropTable' }
  /** Something that was not understood. */
  | { readonly kind: 'unknown' }

/** A migration whose place among the others is not told by its path. */
export interface MigrationRow {
  readonly revision: string
  readonly after: readonly string[]
}

/** An application of Django that is called otherwise than its folder; its tables begin so. */
export interface AppLabelRow {
  readonly label: string
}

/** A class that stands for a table, or that others take columns from. */
export interface TableModelRow {
  readonly name: string
  /** Undefined for what only others build on. */
  readonly table: string | undefined
  readonly columns: readonly string[]
  readonly bases: readonly Reference[]
  readonly isOpen: boolean
  /** Its migrations are Django's: what it inherits from another table is not in its own. */
  readonly isOfDjango?: true
}

/** A column where a model or a schema declares it; its place is its name there. */
export interface ModelColumnRow {
  /** The model's name in this file, or that of the table where there is none. */
  readonly owner: string
  readonly column: string
}

/** Texts of a migration that stand in nothing that was understood: names of tables and columns may be among them. */
export interface MigrationMentionRow {
  readonly names: readonly string[]
}

/** A query names a table; its place is that name. */
export interface TableUseRow {
  readonly table: string
}

/** A query names a column, of one of these tables; its place is that name. */
export interface ColumnUseRow {
  readonly column: string
  readonly tables: readonly string[]
  /** Counts the queries of the file: columns of one are known together, or are somebody else's. */
  readonly query: number
}

export interface TableRows {
  readonly tableChange: readonly TableChangeRow[]
  readonly migration: readonly MigrationRow[]
  readonly appLabel: readonly AppLabelRow[]
  readonly tableModel: readonly TableModelRow[]
  readonly modelColumn: readonly ModelColumnRow[]
  readonly migrationMention: readonly MigrationMentionRow[]
  readonly tableUse: readonly TableUseRow[]
  readonly columnUse: readonly ColumnUseRow[]
}
