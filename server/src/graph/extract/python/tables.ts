// Tables as Python makes them: operations of Alembic, models of SQLAlchemy, migrations of Django.

import { argument, calleeName, keywordArgument, positional, receiver } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { TableChange } from '../../rows/tables.ts'
import { referenceOf } from '../reference.ts'
import { extractDjangoMigration } from './django-migrations.ts'
import { extractDjangoModels } from './django-models.ts'

export function extractTablesPython(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (isTest(file.path)) return
  if (/(^|\/)apps\.py$/.test(file.path)) appLabel(file, facts)
  extractDjangoModels(file, facts)
  if (/\bmigrations\.Migration\b/.test(text)) extractDjangoMigration(file, facts)
  if (/\bfrom alembic import\b/.test(text)) alembic(file, facts)
  if (/\b__tablename__\b|\bColumn\(|\bmapped_column\(/.test(text)) {
    models(file, facts)
    plainTables(file, facts)
  }
}

/** `class ChannelsConfig(AppConfig): label = "tv"` */
function appLabel(file: SourceFile, facts: FactWriter): void {
  for (const it of file.root.descendants('Assignment')) {
    const label = it.child('target')?.name === 'label' ? textOf(file, it.child('value')) : undefined
    if (label !== undefined && it.function === undefined)
      facts.add('appLabel', { label: label.toLowerCase() }, it)
  }
}

function alembic(file: SourceFile, facts: FactWriter): void {
  revision(file, facts)
  const understood: SyntaxNode[] = []
  for (const call of file.root.descendants('Call')) {
    const fn = call.function
    if (fn?.child('name')?.name === 'downgrade') continue
    const object = receiver(call)
    if (object?.kind !== 'Name') continue
    const batch = object.name === 'op' ? undefined : batchTable(file, object)
    if (object.name !== 'op' && batch === undefined) continue
    if (operation(file, call, batch, facts)) understood.push(call)
  }
  addMentions(file, understood, facts)
}

/** What a loop, or a function of the project, may do to tables and columns by their names. */
function addMentions(file: SourceFile, understood: readonly SyntaxNode[], facts: FactWriter): void {
  const names = new Set<string>()
  for (const it of file.root.descendants('String')) {
    const text = it.function?.child('name')?.name === 'downgrade' ? undefined : textOf(file, it)
    if (text && /^\w{2,63}$/.test(text) && !understood.some(one => one.contains(it)))
      names.add(text.toLowerCase())
  }
  if (names.size > 0) facts.add('migrationMention', { names: [...names] }, file.root)
}

/** `with op.batch_alter_table("users") as batch_op:` — undefined when it is none. */
function batchTable(file: SourceFile, name: SyntaxNode): string | undefined {
  const item = name.closest('With')?.descendants('Call') ?? []
  for (const it of item)
    if (calleeName(it) === 'batch_alter_table') return textOf(file, positional(it)[0])?.toLowerCase()
  return undefined
}

/** True when it is known which table it is about. */
function operation(
  file: SourceFile,
  call: SyntaxNode,
  batch: string | undefined,
  facts: FactWriter,
): boolean {
  const name = calleeName(call)
  const given = positional(call)
  let isUnderstood = false
  const add = (table: string | undefined, change: TableChange, at: SyntaxNode | undefined) => {
    isUnderstood = table !== undefined && change.kind !== 'unknown'
    if (table !== undefined)
      facts.add('tableChange', { source: 'migration', table: table.toLowerCase(), ...change }, at ?? call)
  }
  if (name === 'create_table' || name === 'drop_table' || name === 'rename_table') {
    const table = textOf(file, given[0])
    if (name === 'drop_table') add(table, { kind: 'dropTable' }, given[0])
    else if (name === 'rename_table') {
      const to = textOf(file, given[1])?.toLowerCase()
      add(table, to === undefined ? { kind: 'unknown' } : { kind: 'renameTable', to }, given[0])
    } else add(table, { kind: 'create', ...columnsIn(file, call.children('argument').slice(1)) }, given[0])
    return isUnderstood
  }
  const [table, ...rest] =
    batch === undefined ? [textOf(file, given[0]), ...given.slice(1)] : [batch, ...given]
  const [first] = rest
  if (name === 'add_column') {
    const column = first?.kind === 'Call' ? textOf(file, positional(first)[0]) : undefined
    add(
      table,
      column === undefined ? { kind: 'unknown' } : { kind: 'add', column: column.toLowerCase() },
      first,
    )
  } else if (name === 'drop_column') {
    const column = textOf(file, first)
    add(
      table,
      column === undefined ? { kind: 'unknown' } : { kind: 'drop', column: column.toLowerCase() },
      first,
    )
  } else if (name === 'alter_column') {
    const to = keywordArgument(call, 'new_column_name')
    const [old, now] = [textOf(file, first), textOf(file, to)]
    if (to && old !== undefined && now !== undefined)
      add(table, { kind: 'rename', column: old.toLowerCase(), to: now.toLowerCase() }, to)
    else if (to) add(table, { kind: 'unknown' }, to)
  }
  return isUnderstood
}

/** `revision = "b2"`, `down_revision = "a1"` */
function revision(file: SourceFile, facts: FactWriter): void {
  const values = new Map<string, SyntaxNode>()
  for (const it of file.root.descendants('Assignment')) {
    const name = it.child('target')?.name ?? ''
    const value = it.child('value')
    if (/^(down_)?revision$/.test(name) && value && it.function === undefined) values.set(name, value)
  }
  const own = textOf(file, values.get('revision'))
  const before = values.get('down_revision')
  if (own === undefined) return
  const after = before ? [before, ...before.descendants('String')].flatMap(it => textOf(file, it) ?? []) : []
  facts.add('migration', { revision: own, after: [...new Set(after)] }, values.get('revision')!)
}

/** Of `sa.Column("id", …)` among the arguments; constraints say nothing. */
function columnsIn(file: SourceFile, given: readonly SyntaxNode[]): { columns: string[]; isOpen: boolean } {
  const columns: string[] = []
  let isOpen = false
  for (const it of given) {
    if (it.kind === 'KeywordArgument') continue
    const name = it.kind === 'Call' ? calleeName(it) : ''
    const column = name === 'Column' ? textOf(file, positional(it)[0]) : undefined
    if (column !== undefined) columns.push(column.toLowerCase())
    else if (!/(Constraint|Index|Computed|Identity)$/.test(name)) isOpen = true
  }
  return { columns, isOpen }
}

/** `users = Table("users", metadata, Column("id", …))` */
function plainTables(file: SourceFile, facts: FactWriter): void {
  for (const call of file.root.descendants('Call')) {
    if (calleeName(call) !== 'Table') continue
    const [name] = positional(call)
    const table = textOf(file, name)
    if (table !== undefined && call.children('argument').length > 2)
      facts.add(
        'tableChange',
        {
          ...{ source: 'model', table: table.toLowerCase(), kind: 'create' },
          ...columnsIn(file, call.children('argument').slice(2)),
        },
        name!,
      )
  }
}

function models(file: SourceFile, facts: FactWriter): void {
  for (const owner of file.root.descendants('Class')) {
    const at = owner.child('name')
    const body = owner.child('body')
    if (!at || !body || owner.function) continue
    const columns: string[] = []
    let table: string | undefined
    let isOpen = false
    for (const statement of body.children()) {
      if (statement.kind === 'Decorated' || statement.kind === 'Function') {
        // `@declared_attr` makes columns, or names, that nobody can read off.
        if (/\bdeclared_attr\b/.test(statement.text.slice(0, 200))) isOpen = true
        continue
      }
      const it = statement.kind === 'ExpressionStatement' ? statement.child('value') : statement
      if (it?.kind !== 'Assignment') continue
      const name = it.child('target')?.name ?? ''
      const value = it.child('value')?.unwrapped
      if (name === '__tablename__') {
        table = textOf(file, value)?.toLowerCase()
        continue
      }
      const column = columnOf(file, name, value, it.child('type')?.text)?.toLowerCase()
      if (column === undefined) continue
      columns.push(column)
      facts.add('modelColumn', { owner: at.name, column }, it.child('target')!)
    }
    const bases: Reference[] = []
    for (const it of owner.children('superclass')) {
      const of = it.is('Name', 'Member') ? referenceOf(file, it) : undefined
      if (of) bases.push(of)
      else if (it.kind !== 'KeywordArgument') isOpen = true
    }
    if (table !== undefined || columns.length > 0)
      facts.add('tableModel', { name: at.name, table, columns, bases, isOpen }, at)
  }
}

function columnOf(
  file: SourceFile,
  name: string,
  value: SyntaxNode | undefined,
  type: string | undefined,
): string | undefined {
  if (name === '' || name.startsWith('__')) return undefined
  if (value?.kind === 'Call') {
    const callee = calleeName(value)
    if (callee === 'deferred') return columnOf(file, name, positional(value)[0], type)
    if (/^(Column|mapped_column|\w*Column|\w+_column)$/.test(callee)) {
      const first = argument(value, 0, 'name')
      return (first?.kind === 'String' ? textOf(file, first) : undefined) ?? name
    }
    return undefined
  }
  return value === undefined && type?.startsWith('Mapped[') ? name : undefined
}

export function textOf(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  const value = node && file.constant(node)
  return value?.kind === 'string' ? value.value : undefined
}
