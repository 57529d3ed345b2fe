// Tables as JavaScript and TypeScript describe them: Drizzle's tables, and migrations of Knex.

import { calleeName, calleeOf, keyText, positional, receiver } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { TableChange } from '../../rows/tables.ts'

export function extractTablesScript(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (isTest(file.path)) return
  const isDrizzle = text.includes('drizzle-orm') && /\b(pg|mysql|sqlite)Table\b/.test(text)
  const isKnex = /\bschema\b[\s\S]{0,80}?\.(createTable|alterTable|table|dropTable|renameTable)/.test(text)
  if (!isDrizzle && !isKnex) return
  for (const call of file.root.descendants('Call')) {
    if (isDrizzle && /^(pg|mysql|sqlite)Table$/.test(calleeName(call))) drizzleTable(file, call, facts)
    else if (isKnex && receiver(call)) knexChange(file, call, facts)
  }
}

/** `pgTable('users', { id: serial('id'), name: text() })` */
function drizzleTable(file: SourceFile, call: SyntaxNode, facts: FactWriter): void {
  const [name, described] = positional(call)
  const table = textOf(file, name)
  if (table === undefined || !described) return
  const columns: string[] = []
  let isOpen = described.unwrapped.kind !== 'Dictionary'
  for (const it of described.unwrapped.children('element')) {
    const column = it.kind === 'Pair' ? drizzleColumn(file, it) : undefined
    if (column === undefined) isOpen = true
    else columns.push(column)
  }
  facts.add('tableChange', { source: 'model', table, kind: 'create', columns, isOpen }, name!)
}

/** The first text that the innermost call is given: `text('full_name').notNull()`; without one, its key. */
function drizzleColumn(file: SourceFile, pair: SyntaxNode): string | undefined {
  let it = pair.child('value')?.unwrapped
  while (it?.kind === 'Call') {
    const object = receiver(it)?.unwrapped
    if (object?.kind !== 'Call') break
    it = object
  }
  if (it?.kind !== 'Call') return undefined
  const [first] = positional(it)
  return (
    (first?.kind === 'String' ? textOf(file, first) : undefined) ?? keyText(pair.child('key')).toLowerCase()
  )
}

function knexChange(file: SourceFile, call: SyntaxNode, facts: FactWriter): void {
  const kind = calleeName(call)
  if (
    !/^(createTable|createTableIfNotExists|alterTable|table|dropTable|dropTableIfExists|renameTable)$/.test(
      kind,
    )
  )
    return
  if (!isOnSchema(call) || isUndone(call)) return
  const [name, second] = positional(call)
  const table = textOf(file, name)
  if (table === undefined) return
  const add = (change: TableChange, at: SyntaxNode): void => {
    facts.add('tableChange', { source: 'migration', table, ...change }, at)
  }
  if (kind.startsWith('dropTable')) return add({ kind: 'dropTable' }, name!)
  if (kind === 'renameTable') {
    const to = textOf(file, second)
    return add(to === undefined ? { kind: 'unknown' } : { kind: 'renameTable', to }, name!)
  }
  const changes = builderChanges(file, second)
  if (kind.startsWith('createTable')) {
    const columns = changes?.flatMap(it => (it.change.kind === 'add' ? [it.change.column] : [])) ?? []
    const isOpen = changes === undefined || changes.some(it => it.change.kind === 'unknown')
    add({ kind: 'create', columns, isOpen }, name!)
  } else if (changes) for (const it of changes) add(it.change, it.at)
  else add({ kind: 'unknown' }, name!)
}

function isOnSchema(call: SyntaxNode): boolean {
  let it = receiver(call)?.unwrapped
  for (let steps = 0; steps < 40 && it; steps++) {
    if (it.kind === 'Member' && it.child('property')?.name === 'schema') return true
    it =
      it.kind === 'Call'
        ? receiver(it)?.unwrapped
        : it.kind === 'Member'
          ? it.child('object')?.unwrapped
          : undefined
  }
  return false
}

function isUndone(node: SyntaxNode): boolean {
  for (let fn = node.function; fn; fn = fn.function) {
    const holder = fn.parent
    const name = fn.child('name')?.name || (holder?.child('target') ?? holder?.child('key'))?.text || ''
    if (/^((module\.)?exports\.)?down$/.test(name)) return true
  }
  return false
}

interface Built {
  readonly change: TableChange
  readonly at: SyntaxNode
}

/** `table => { table.string('name').notNullable() }`; undefined when it is something else. */
function builderChanges(file: SourceFile, given: SyntaxNode | undefined): Built[] | undefined {
  const fn = given?.unwrapped
  const [builder] =
    fn?.kind === 'Function' ? (fn.child('parameters')?.children('parameter') ?? fn.children('parameter')) : []
  const name = builder?.kind === 'Name' ? builder : (builder?.child('target') ?? builder?.child('name'))
  const binding = name && file.binding(name)
  if (!binding) return undefined
  const all: Built[] = []
  for (const read of binding.reads()) {
    const member = read.role === 'object' ? read.parent : undefined
    const call = member?.kind === 'Member' && member.role === 'callee' ? member.parent : undefined
    if (call?.kind !== 'Call') all.push({ change: { kind: 'unknown' }, at: read })
    else all.push(...built(file, call, calleeOf(call)?.child('property')?.name ?? ''))
  }
  return all
}

function built(file: SourceFile, call: SyntaxNode, kind: string): Built[] {
  if (NO_COLUMN.test(kind)) return []
  const [first, second] = positional(call)
  const column = textOf(file, first)
  const add = (it: string): Built => ({ change: { kind: 'add', column: it }, at: call })
  if (kind === 'increments' || kind === 'bigIncrements') return [add(column ?? 'id')]
  if (kind === 'timestamps')
    return call.children('argument').some(it => it.kind === 'Dictionary')
      ? [{ change: { kind: 'unknown' }, at: call }]
      : ['created_at', 'updated_at', 'createdat', 'updatedat'].map(add)
  if (kind === 'dropTimestamps') return []
  if (kind === 'dropColumn' && column !== undefined) return [{ change: { kind: 'drop', column }, at: call }]
  if (kind === 'renameColumn') {
    const to = textOf(file, second)
    if (column !== undefined && to !== undefined)
      return [{ change: { kind: 'rename', column, to }, at: call }]
  }
  const at = kind === 'specificType' || /^[a-z]\w*$/.test(kind) ? column : undefined
  return [
    at === undefined || /^drop|^rename/.test(kind) ? { change: { kind: 'unknown' }, at: call } : add(at),
  ]
}

const NO_COLUMN =
  /^(primary|unique|index|foreign|comment|engine|charset|collate|inherits|check\w*|setNullable|dropNullable|drop(Primary|Unique|Index|Foreign|Checks)|queryContext)$/

function textOf(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  const value = node && file.constant(node)
  return value?.kind === 'string' ? value.value.toLowerCase() : undefined
}
