// What migrations of Django do to tables. A table is called after its application and its model unless somebody says otherwise.

import {
  argument,
  calleeName,
  keywordArgument,
  positional,
  property,
  receiver,
} from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { TableChange } from '../../rows/tables.ts'

export function extractDjangoMigration(file: SourceFile, facts: FactWriter): void {
  const app = /(?:^|\/)([^/]+)\/migrations\/[^/]+\.py$/.exec(file.path)?.[1]?.toLowerCase()
  if (!app) return
  for (const call of file.root.descendants('Call')) {
    const name = calleeName(call)
    if (receiver(call)?.name !== 'migrations' || !OPERATIONS.test(name)) continue
    operation(file, call, name, app, facts)
  }
}

const OPERATIONS =
  /^(CreateModel|AddField|RemoveField|RenameField|AlterField|RenameModel|DeleteModel|AlterModelTable)$/

function operation(file: SourceFile, call: SyntaxNode, kind: string, app: string, facts: FactWriter): void {
  const text = (index: number, key: string) => {
    const given = argument(call, index, key)
    const value = given && file.constant(given)
    return value?.kind === 'string' ? value.value.toLowerCase() : undefined
  }
  const add = (model: string | undefined, change: TableChange) => {
    if (model !== undefined)
      facts.add('tableChange', { source: 'migration', table: `${app}_${model}`, ...change }, call)
  }
  switch (kind) {
    case 'CreateModel': {
      const model = text(0, 'name')
      const options = keywordArgument(call, 'options')
      // Who names the table names it here; whoever names it in another place is not followed.
      const table = property(options, 'db_table') ?? optionNamed(options, 'db_table')
      const own = table && file.constant(table)
      const { columns, isOpen } = fieldsIn(file, argument(call, 1, 'fields'))
      const change: TableChange = { kind: 'create', columns, isOpen: isOpen || hasOtherBases(call) }
      if (own?.kind !== 'string') return add(model, change)
      const named = { source: 'migration', table: own.value.toLowerCase().replaceAll('"', '') } as const
      facts.add('tableChange', { ...named, ...change }, call)
      // Migrations go on to call it after the model.
      if (model !== undefined)
        facts.add('tableChange', { ...named, kind: 'knownAs', as: `${app}_${model}` }, call)
      return
    }
    case 'AddField':
    case 'AlterField': {
      const field = argument(call, 2, 'field')
      const column = text(1, 'name')
      const name = column === undefined || !field ? undefined : columnOf(file, column, field)
      if (name === 'none') return
      add(text(0, 'model_name'), name === undefined ? { kind: 'unknown' } : { kind: 'add', column: name })
      return
    }
    case 'RemoveField': {
      // The column of a field that leads to another model has another name: both are gone.
      const [model, column] = [text(0, 'model_name'), text(1, 'name')]
      if (column === undefined) return
      add(model, { kind: 'drop', column })
      add(model, { kind: 'drop', column: `${column}_id` })
      return
    }
    case 'RenameField': {
      const [model, column, to] = [text(0, 'model_name'), text(1, 'old_name'), text(2, 'new_name')]
      if (column === undefined || to === undefined) return
      // Whether it leads to another model is not said here.
      add(model, { kind: 'add', column: to })
      add(model, { kind: 'add', column: `${to}_id` })
      add(model, { kind: 'drop', column })
      add(model, { kind: 'drop', column: `${column}_id` })
      return
    }
    case 'RenameModel': {
      const to = text(1, 'new_name')
      add(
        text(0, 'old_name'),
        to === undefined ? { kind: 'unknown' } : { kind: 'renameTable', to: `${app}_${to}`, isModel: true },
      )
      return
    }
    case 'AlterModelTable': {
      const to = text(1, 'table')
      add(text(0, 'name'), to === undefined ? { kind: 'unknown' } : { kind: 'renameTable', to })
      return
    }
    case 'DeleteModel':
      add(text(0, 'name'), { kind: 'dropTable' })
  }
}

/** `[("id", models.AutoField()), …]` */
function fieldsIn(file: SourceFile, fields: SyntaxNode | undefined): { columns: string[]; isOpen: boolean } {
  const columns: string[] = []
  let isOpen = fields?.kind !== 'List'
  for (const it of fields?.children('element') ?? []) {
    const [name, field] = it.kind === 'Tuple' ? it.children('element') : []
    const value = name && file.constant(name)
    const column =
      value?.kind === 'string' && field ? columnOf(file, value.value.toLowerCase(), field) : undefined
    if (column === undefined) isOpen = true
    else if (column !== 'none') columns.push(column)
  }
  return { columns, isOpen }
}

/** `none`: the field has no column of its own. Undefined where nobody can tell. */
export function columnOf(file: SourceFile, name: string, field: SyntaxNode): string | undefined {
  if (field.kind !== 'Call') return undefined
  const own = keywordArgument(field, 'db_column')
  if (own) {
    const value = file.constant(own)
    return value?.kind === 'string' ? value.value.toLowerCase() : undefined
  }
  const type = calleeName(field)
  if (/ManyToMany|GenericRelation|GenericForeignKey|TaggableManager/.test(type)) return 'none'
  return /ForeignKey$|OneToOneField$/.test(type) ? `${name}_id` : name
}

/** `bases=(mixin, models.Model)` brings fields of others; Django writes those of mixins out, but not those of other tables. */
function hasOtherBases(call: SyntaxNode): boolean {
  const bases = keywordArgument(call, 'bases')
  return bases?.children('element').some(it => it.kind === 'String') === true
}

function optionNamed(options: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  const call = options?.kind === 'Call' && positional(options).length === 0 ? options : undefined
  return call && keywordArgument(call, name)
}
