// What statements of SQL do to tables: CREATE, ALTER and DROP.

import type { TableChange } from '../rows/tables.ts'
import { isName, isWord, split, type Token, TokenReader, tokensOf } from './tokens.ts'

export interface ChangeAt {
  readonly table: string
  readonly change: TableChange
  /** The name of the table, or of the column. */
  readonly at: Token
}

/** Some text may hold such statements: asked before it is read. */
export const MAY_CHANGE = /\b(?:create|alter|drop|rename)\b[\s\S]{0,60}?\b(?:table|view)\b/i

export function changesIn(sql: string): ChangeAt[] {
  return split(tokensOf(sql), ';').flatMap(it => [...changesOf(new TokenReader(it))])
}

function* changesOf(reader: TokenReader): Generator<ChangeAt> {
  if (reader.take('create')) yield* created(reader)
  else if (reader.take('alter', 'table')) yield* altered(reader)
  else if (reader.take('drop', 'table')) {
    reader.take('if', 'exists')
    for (const part of split(reader.tokens.slice(reader.at), ',')) {
      const at = new TokenReader(part).name()
      if (at) yield { table: at.text, change: { kind: 'dropTable' }, at }
    }
  } else if (reader.take('rename', 'table')) {
    const at = reader.name()
    const to = reader.take('to') && reader.name()
    if (at && to) yield { table: at.text, change: { kind: 'renameTable', to: to.text }, at }
  }
}

const BEFORE_TABLE = new Set([
  'or',
  'replace',
  'global',
  'local',
  'temp',
  'temporary',
  'unlogged',
  'recursive',
  'foreign',
  'materialized',
  'virtual',
  'external',
])
/** They begin what is no column. */
const CONSTRAINT = new Set(
  'constraint primary foreign unique check exclude key index fulltext spatial period'.split(' '),
)

/** Stands for a table whose name is only known at run time. */
export const SOME_TABLE = '*'

/** The name of a table, or what stands in its place. */
function tableName(reader: TokenReader): { readonly at: Token; readonly table: string } | undefined {
  const next = reader.peek()
  if (next?.kind === 'hole' || next?.kind === 'value') {
    reader.next()
    return { at: next, table: SOME_TABLE }
  }
  const at = reader.name()
  return at && { at, table: reader.peek()?.kind === 'hole' ? SOME_TABLE : at.text }
}

function* created(reader: TokenReader): Generator<ChangeAt> {
  let isTable = true
  for (let word = reader.takeOne(BEFORE_TABLE); word; word = reader.takeOne(BEFORE_TABLE))
    isTable &&= word !== 'virtual' && word !== 'materialized'
  if (reader.take('view')) isTable = false
  else if (!reader.take('table')) return
  reader.take('if', 'not', 'exists')
  const named = tableName(reader)
  if (!named) return
  const { at, table } = named
  const group = isTable ? reader.group() : undefined
  const columns: string[] = []
  let isOpen =
    group === undefined ||
    reader.tokens.slice(reader.at).some(it => isWord(it, 'inherits') || isWord(it, 'as'))
  for (const [first, second] of split(group ?? [], ',')) {
    if (!isName(first)) isOpen = true
    else if (first.kind === 'word' && CONSTRAINT.has(first.text) && !isColumnNamedSo(first, second)) continue
    else if (isWord(first, 'like') || isWord(first, 'select')) isOpen = true
    else columns.push(first.text)
  }
  yield { table, change: { kind: 'create', columns, isOpen }, at }
}

/** `key text`, `index integer`: some of these words are good names too. */
function isColumnNamedSo({ text }: Token, second: Token | undefined): boolean {
  return /^(key|index|period)$/.test(text) && second?.kind === 'word' && TYPE.test(second.text)
}

const TYPE =
  /^(text|varchar|char|character|integer|int\d*|bigint|smallint|serial|bigserial|boolean|bool|json|jsonb|uuid|bytea|blob|real|float\d*|double|numeric|decimal|date|time|timestamp|timestamptz|datetime)$/

function* altered(reader: TokenReader): Generator<ChangeAt> {
  reader.take('if', 'exists')
  reader.take('only')
  const named = tableName(reader)
  if (!named) return
  const { at, table } = named
  for (const part of split(reader.tokens.slice(reader.at), ',')) {
    const action = new TokenReader(part)
    if (action.take('add')) yield* added(table, action, at)
    else if (action.take('drop')) {
      const isColumn = action.take('column')
      action.take('if', 'exists')
      const column = action.peek()
      if (isName(column) && (isColumn || !DROPPED_ELSE.has(column.text)))
        yield { table, change: { kind: 'drop', column: column.text }, at: column }
    } else if (action.take('rename')) {
      if (action.take('to') || action.take('as')) {
        const to = action.name()
        if (to) yield { table, change: { kind: 'renameTable', to: to.text }, at }
        continue
      }
      if (action.take('constraint') || action.take('index') || action.take('key')) continue
      action.take('column')
      const column = action.next()
      const to = action.take('to') ? action.next() : undefined
      if (isName(column) && isName(to))
        yield { table, change: { kind: 'rename', column: column.text, to: to.text }, at: to }
    } else if (action.take('change')) {
      action.take('column')
      const column = action.next()
      const to = action.next()
      if (isName(column) && isName(to))
        yield { table, change: { kind: 'rename', column: column.text, to: to.text }, at: to }
    } else if (action.take('inherit') || action.take('attach') || action.peek()?.kind === 'hole')
      yield { table, change: { kind: 'unknown' }, at }
  }
}

const DROPPED_ELSE = new Set(
  'constraint primary foreign index key check partition expression default not identity'.split(' '),
)

function* added(table: string, action: TokenReader, at: Token): Generator<ChangeAt> {
  const isColumn = action.take('column')
  action.take('if', 'not', 'exists')
  const first = action.peek()
  const group = isWord(first, '(') ? action.group() : undefined
  for (const [column, second] of group ? split(group, ',') : [[first, action.peek(1)]]) {
    if (column?.kind === 'hole') yield { table, change: { kind: 'unknown' }, at }
    if (!isName(column)) continue
    if (
      !isColumn &&
      column.kind === 'word' &&
      CONSTRAINT.has(column.text) &&
      !isColumnNamedSo(column, second)
    )
      continue
    yield { table, change: { kind: 'add', column: column.text }, at: column }
  }
}
