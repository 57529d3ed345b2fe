// Tables as migrations make them, one after the other, and as schemas and models say that they are.

import { folderOf } from './modules.ts'
import { type Names, tableOf } from './names.ts'
import type { At } from './routes.ts'
import type { TableChangeRow, TableModelRow, TableSource } from './rows/tables.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** Something that makes a table, or adds columns to it. */
export interface Made {
  readonly at: At
  /** It says what the table is; otherwise it changes one that there is. */
  readonly isWhole: boolean
  readonly source: TableSource
  readonly columns: ReadonlySet<string>
}

export interface Growing {
  readonly name: string
  readonly columns: Set<string>
  readonly dropped: Map<string, At>
  isOpen: boolean
  /** It is seen how it is made; otherwise only how it is changed. */
  isMade: boolean
  at: At
  readonly made: Made[]
}

export type Tables = Map<string, Growing>

/** One for each folder with migrations, and for each file that says how tables are. */
export function tablesOfMigrations(
  facts: WorkspaceFacts,
  dropped: Map<string, At>,
  only?: 'migration',
): Tables[] {
  const groups = new Map<string, { path: string; rows: readonly TableChangeRow[] }[]>()
  for (const { path, rows } of facts.rows('tableChange')) {
    const migrations = rows.filter(it => it.source === 'migration')
    const others = rows.filter(it => it.source !== 'migration')
    const key = groupOf(path)
    if (migrations.length > 0) groups.set(key, [...(groups.get(key) ?? []), { path, rows }])
    if (others.length > 0 && !only) groups.set(`${path}\n`, [{ path, rows }])
  }
  const order = revisionOrder(facts)
  const labels = new Map(facts.rows('appLabel').map(it => [folderOf(it.path), it.rows[0]!.label] as const))
  return [...groups.values()].map(files => {
    const tables: Tables = new Map()
    const aliases = new Map<string, string>()
    const isOrdered = files.length > 1
    files.sort(
      (a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || compareNatural(a.path, b.path),
    )
    for (const { path, rows } of files)
      for (const { row, at } of inOrder(facts, path, renamed(rows, path, labels)))
        apply({ tables, dropped, aliases, isOrdered }, row, at)
    return tables
  })
}

/** Different readers of a file find different rows: what counts is where they stand. */
function inOrder(facts: WorkspaceFacts, path: string, rows: readonly TableChangeRow[]) {
  const all = rows.map((row, i) => ({ row, at: placeAt(facts, path, i) }))
  return all.sort((a, b) => a.at.place[0] - b.at.place[0])
}

/** With the label of an application of Django in place of its folder. */
function renamed(
  rows: readonly TableChangeRow[],
  path: string,
  labels: ReadonlyMap<string, string>,
): readonly TableChangeRow[] {
  const folder = folderOf(folderOf(path))
  const label = labels.get(folder)
  if (label === undefined) return rows
  const before = `${folder.slice(folder.lastIndexOf('/') + 1).toLowerCase()}_`
  const rename = (it: string) => (it.startsWith(before) ? `${label}_${it.slice(before.length)}` : it)
  return rows.map(it => ({
    ...it,
    table: rename(it.table),
    ...(it.kind === 'renameTable' && { to: rename(it.to) }),
    ...(it.kind === 'knownAs' && { as: rename(it.as) }),
  }))
}

/** `migrations/2024_add/up.sql` and `migrations/2024_add.sql` belong to `migrations`. */
function groupOf(path: string): string {
  const match =
    /^(.*?(?:^|\/)(?:migrations?|versions|migrate|alembic)(?:\/[^/\d]+)*?)\/\d?[^/]*(?:\/[^/]*)?$/i.exec(path)
  return match ? match[1]! : folderOf(path)
}

/** `2_b` comes before `10_a`, and `20140924113530` before `2017-09-23-182408`. */
function compareNatural(a: string, b: string): number {
  const plain = (it: string) => it.replace(/(?<=\d)-(?=\d)/g, '')
  return plain(a).localeCompare(plain(b), 'en', { numeric: true })
}

/** Migrations that name the one before them, in their order. */
function revisionOrder(facts: WorkspaceFacts): ReadonlyMap<string, number> {
  const paths = new Map<string, string>()
  const after = new Map<string, readonly string[]>()
  for (const { path, rows } of facts.rows('migration'))
    for (const it of rows) {
      paths.set(it.revision, path)
      after.set(it.revision, it.after)
    }
  const order = new Map<string, number>()
  const visit = (revision: string): number => {
    const path = paths.get(revision)
    if (path === undefined) return 0
    const known = order.get(path)
    if (known !== undefined) return known
    order.set(path, 0)
    const depth = 1 + Math.max(0, ...(after.get(revision) ?? []).map(visit))
    order.set(path, depth)
    return depth
  }
  for (const revision of paths.keys()) visit(revision)
  return order
}

interface Group {
  readonly tables: Tables
  readonly dropped: Map<string, At>
  /** What migrations go on to call tables that have another name by now. */
  readonly aliases: Map<string, string>
  /** One migration comes after the other. */
  readonly isOrdered: boolean
}

function apply(group: Group, given: TableChangeRow, at: At): void {
  const { tables, dropped, aliases, isOrdered } = group
  const alias = given.kind === 'create' || tables.has(given.table) ? undefined : aliases.get(given.table)
  const row = alias === undefined ? given : { ...given, table: alias }
  const known = tables.get(row.table)
  if (row.kind === 'knownAs' || (row.kind === 'renameTable' && row.isModel && alias !== undefined)) {
    aliases.set(row.kind === 'knownAs' ? row.as : row.to, row.table)
    return
  }
  if (row.kind === 'create') {
    const created = grown(row.table, row.columns, row.isOpen, at)
    created.made.push({ at, isWhole: true, source: row.source, columns: new Set(row.columns) })
    // `IF NOT EXISTS`, and one for each kind of database.
    if (known) mergeInto(tables, new Map([[row.table, created]]))
    else tables.set(row.table, created)
    return
  }
  // Made by something that nobody understood.
  const table = known ?? { ...grown(row.table, [], true, at), isMade: false }
  if (!known && row.kind !== 'dropTable') tables.set(row.table, table)
  switch (row.kind) {
    case 'add':
      table.made.push({ at, isWhole: false, source: row.source, columns: new Set([row.column]) })
      table.columns.add(row.column)
      table.dropped.delete(row.column)
      return
    case 'drop':
      if (!isOrdered) return
      table.columns.delete(row.column)
      table.dropped.set(row.column, at)
      return
    case 'rename':
      table.made.push({ at, isWhole: false, source: row.source, columns: new Set([row.to]) })
      table.columns.add(row.to)
      table.dropped.delete(row.to)
      if (!isOrdered || row.column === row.to) return
      table.columns.delete(row.column)
      table.dropped.set(row.column, at)
      return
    case 'renameTable':
      tables.delete(row.table)
      dropped.set(row.table, at)
      mergeInto(tables, new Map([[row.to, { ...table, name: row.to }]]))
      if (!row.isModel) aliases.set(given.table, row.to)
      return
    case 'dropTable':
      tables.delete(row.table)
      dropped.set(row.table, at)
      return
    case 'unknown':
      table.isOpen = true
  }
}

function grown(name: string, columns: Iterable<string>, isOpen: boolean, at: At): Growing {
  return { name, columns: new Set(columns), dropped: new Map(), isOpen, isMade: true, at, made: [] }
}

/** Who has two descriptions of a table means either. */
export function mergeInto(tables: Tables, others: Tables): void {
  for (const [name, it] of others) {
    const known = tables.get(name)
    if (!known) {
      tables.set(name, it)
      continue
    }
    for (const column of it.columns) {
      known.columns.add(column)
      known.dropped.delete(column)
    }
    known.made.push(...it.made)
    for (const [column, at] of it.dropped) if (!known.columns.has(column)) known.dropped.set(column, at)
    // What changes a table elsewhere says nothing of the rest of it.
    if (it.isMade) known.isOpen = it.isOpen || (known.isMade && known.isOpen)
    known.isMade ||= it.isMade
  }
}

/** What migrations make is what there is, whatever the rest of a model may be. */
export function addModels(tables: Tables, models: Tables): void {
  for (const [name, it] of models) {
    const known = tables.get(name)
    mergeInto(tables, new Map([[name, known?.isMade && !known.isOpen ? { ...it, isOpen: false } : it]]))
  }
}

export function tablesOfModels(facts: WorkspaceFacts, names: Names): Tables {
  const tables: Tables = new Map()
  const models = tableOf(facts, 'tableModel', it => [it.name, it])
  for (const { path, rows } of facts.rows('tableModel')) {
    for (const [i, row] of rows.entries()) {
      if (row.table === undefined || row.isOfDjango) continue
      const columns = new Set<string>()
      const isWhole = collect(row, path, columns, 0)
      const at: At = {
        file: path,
        get place() {
          return facts.placeOf(path, 'tableModel', i)
        },
      }
      const table = grown(row.table, columns, !isWhole, at)
      table.made.push({ at, isWhole: true, source: 'model', columns: new Set(row.columns) })
      mergeInto(tables, new Map([[row.table, table]]))
    }
  }
  return tables

  function collect(row: TableModelRow, path: string, columns: Set<string>, depth: number): boolean {
    for (const it of row.columns) columns.add(it)
    let isWhole = !row.isOpen && depth < 8
    for (const of of isWhole ? row.bases : []) {
      const found = names.find(models, path, of)
      if (found) isWhole = collect(found.value, found.path, columns, depth + 1) && isWhole
      else isWhole &&= PLAIN_BASE.test(of.names.at(-1) ?? '')
    }
    return isWhole
  }
}

/** Bases that bring no columns. */
const PLAIN_BASE = /^(Model|Base|\w*DeclarativeBase\w*|SQLModel|SqlAlchemyBase|object|ABC|Generic)$/

function placeAt(facts: WorkspaceFacts, file: string, index: number): At {
  return {
    file,
    get place() {
      return facts.placeOf(file, 'tableChange', index)
    },
  }
}
