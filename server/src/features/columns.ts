// Columns of tables, as queries name them: what makes each is known, and where in it a column stands, its text tells.

import type { Place } from '../graph/facts.ts'
import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import type { TableSource } from '../graph/rows/tables.ts'
import type { DatabaseTable } from '../graph/tables.ts'
import type { Made } from '../graph/tables-made.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { escaped } from './written-names.ts'

export interface Column {
  readonly name: string
  readonly table: DatabaseTable
  /** All that makes it, by the order of what says most. */
  readonly made: readonly Made[]
}

export interface ColumnUsed {
  readonly column: Column
  readonly used: readonly At[]
}

/** What says what a table is comes before what changed it once. */
const ORDER: readonly TableSource[] = ['model', 'schema', 'migration']

/** Of a table, what says all of it; where nothing does, what changes it. */
export function makersOf({ made, at }: DatabaseTable): readonly At[] {
  const whole = inOrder(made).filter(it => it.isWhole)
  return whole.length > 0 ? whole.map(it => it.at) : [at]
}

/** Columns that queries name, and where. A query of several tables may mean any of them that has it. */
export function columnsUsed({ database: { tables, columnUses } }: Relations): readonly ColumnUsed[] {
  const all = new Map<string, { readonly column: Column; readonly used: At[] }>()
  for (const use of columnUses)
    for (const name of use.tables) {
      const table = tables.get(name)
      if (!table?.columns.has(use.column)) continue
      const key = `${name}\n${use.column}`
      const known = all.get(key) ?? { column: columnOf(table, use.column), used: [] }
      all.set(key, known)
      known.used.push(use)
    }
  return [...all.values()].filter(it => it.column.made.length > 0)
}

function columnOf(table: DatabaseTable, name: string): Column {
  return { name, table, made: inOrder(table.made.filter(it => it.columns.has(name))) }
}

function inOrder(made: readonly Made[]): readonly Made[] {
  return made.toSorted((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source))
}

/** Where a column stands in what makes it; that itself where it is not written by its name. */
export function placeOfColumn(view: WorkspaceView, { name }: Column, { at }: Made): At {
  const text = view.text(at.file)
  const place = text === undefined ? undefined : columnIn(text, at, name)
  return place ? { file: at.file, place } : at
}

/** The column of these that a position in its maker touches. */
export function columnAt(
  view: WorkspaceView,
  columns: Iterable<Column>,
  path: string,
  offset: number,
): { readonly column: Column; readonly at: At } | undefined {
  const text = view.text(path)
  const word = text === undefined ? '' : wordAt(text, offset)
  for (const column of columns) {
    if (column.name !== word) continue
    for (const { at } of column.made) {
      const place = at.file === path ? columnIn(text!, at, word) : undefined
      if (place && place[0] <= offset && offset <= place[1]) return { column, at: { file: path, place } }
    }
  }
  return undefined
}

/** The first word of that name in what makes the table. */
function columnIn(text: string, { file, place }: At, name: string): Place | undefined {
  const [start] = place
  const within = text.slice(start, endOf(text, place, file))
  const found = new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'i').exec(within)
  return found ? [start + found.index, start + found.index + name.length] : undefined
}

/** Of a declaration of which only the name was noted: up to where something else begins. */
function endOf(text: string, [start, end]: Place, file: string): number {
  if (text.slice(start, end).includes('\n')) return end
  const next = file.endsWith('.sql') ? text.indexOf(';', end) : text.slice(end).search(/\n[^\s)\]}]/)
  if (next === -1) return text.length
  return file.endsWith('.sql') ? next : end + next
}

function wordAt(text: string, offset: number): string {
  const before = /[\w$]*$/.exec(text.slice(Math.max(0, offset - 100), offset))![0]
  const behind = /^[\w$]*/.exec(text.slice(offset, offset + 100))![0]
  return (before + behind).toLowerCase()
}
