// SQL in the strings of code: what it asks of tables, and what it does to them.

import { calleeName } from '../../semantics/calls.ts'
import { isTest } from '../../semantics/provenance.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { isTestCode } from '../../semantics/test-code.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { FactWriter } from '../facts.ts'
import { changesIn, MAY_CHANGE } from '../sql/changes.ts'
import { namesInQuery } from '../sql/query.ts'
import { HOLE } from '../sql/tokens.ts'
import { literalText } from './literal-text.ts'

export function extractSqlText(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  // Migrations ask for tables as they were then.
  const mayAsk = MAY_ASK.test(text) && !MIGRATION.test(file.path)
  const mayChange = MAY_CHANGE.test(text)
  if ((!mayAsk && !mayChange) || isTest(file.path) || file.isUntended) return
  let end = -1
  let query = 0
  for (const node of file.root.descendants('String', 'Template', 'Concatenation', 'Binary')) {
    if (node.start < end) continue
    const sql = sqlOf(node)
    if (sql === undefined) continue
    end = node.end
    if (mayAsk && STATEMENT.test(statementIn(sql))) readQuery(file, node, sql, query++, facts)
    else if (mayChange && MAY_CHANGE.test(sql) && !isUndone(node)) readChanges(node, sql, file.path, facts)
  }
}

const MIGRATION = /(^|\/)(migrations?|versions|alembic|deltas?)\//i

/** Asked of a whole file, which mostly has none. */
const MAY_ASK =
  /\b(?:insert\s+into|update\s+\S+\s+(?:as\s+\w+\s+)?set|delete\s+from|replace\s+into)\s|["'`\n(][ \t]*(?:select|with)\s/i

/** Without the comments that stand before it. */
function statementIn(sql: string): string {
  for (let rest = sql; ; ) {
    const comment = /^[\s(]*(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)/.exec(rest)
    if (!comment) return rest
    rest = rest.slice(comment[0].length)
  }
}

/** Written like SQL, and not like a sentence. */
const STATEMENT =
  /^[\s(]*(?:select\s[\s\S]*?\sfrom\s|insert\s+(?:or\s+\w+\s+|ignore\s+)?into\s|replace\s+into\s|update\s[\s\S]*?\sset\s|delete\s+from\s|with\s+\w+\s+as\s*\()/i

function readQuery(file: SourceFile, node: SyntaxNode, sql: string, query: number, facts: FactWriter): void {
  if (!isWrittenAsSql(node, sql) || isTestCode(node, file)) return
  const names = namesInQuery(sql)
  if (!names) return
  const at = (it: { start: number; end: number }) => ({
    start: node.start + it.start,
    end: node.start + it.end,
  })
  for (const it of names.tables) facts.add('tableUse', { table: it.text }, at(it))
  for (const it of names.columns)
    facts.add('columnUse', { column: it.at.text, tables: it.tables, query }, at(it.at))
}

function readChanges(node: SyntaxNode, sql: string, path: string, facts: FactWriter): void {
  const isMigration = MIGRATION.test(path)
  for (const { table, change, at } of changesIn(sql)) {
    // A program that drops a table is about to make it again.
    if (!isMigration && /^(drop|dropTable|renameTable)$/.test(change.kind)) continue
    facts.add(
      'tableChange',
      { source: 'migration', table, ...change },
      { start: node.start + at.start, end: node.start + at.end },
    )
  }
}

/** `Select a file from the list` is a sentence. */
function isWrittenAsSql(node: SyntaxNode, sql: string): boolean {
  if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\b/.test(sql) && /\b(FROM|INTO|SET|AS)\b/.test(sql))
    return true
  let holder = node.parent
  if (holder?.kind === 'TokenTree') holder = holder.parent
  const name = holder?.is('Call', 'TaggedTemplate', 'MacroCall')
    ? calleeName(holder)
    : holder?.is('Assignment', 'Declarator')
      ? holder.child('target')?.name
      : undefined
  return name !== undefined && ASKS.test(name)
}

const ASKS =
  /quer|exec|sql|raw|prepare|fetch|scalar|stmt|statement|^(all|get|one|run|any|none|text|each|batch)$/i

/** What is done when a migration is taken back. */
function isUndone(node: SyntaxNode): boolean {
  for (let fn = node.function; fn; fn = fn.function) {
    const name =
      fn.child('name')?.name ?? fn.parent?.child('target')?.text ?? fn.parent?.child('key')?.text ?? ''
    if (/^(\w+\.)?(downgrade|down|rollback|revert|reverse\w*|backwards)$/.test(name)) return true
  }
  return false
}

/** The text as long as it is in the code, so that places in it are places there. */
function sqlOf(node: SyntaxNode): string | undefined {
  if (node.kind === 'Concatenation' || (node.kind === 'Binary' && node.operator === '+')) return sumText(node)
  return literalText(node, HOLE)
}

function sumText(node: SyntaxNode): string | undefined {
  let text = ' '.repeat(node.end - node.start)
  let hasText = false
  const visit = (it: SyntaxNode): boolean => {
    const inner = it.unwrapped
    if (inner.kind === 'Binary' || inner.kind === 'Concatenation') {
      if (inner.kind === 'Binary' && inner.operator !== '+') return false
      const sides =
        inner.kind === 'Binary' ? [inner.child('left'), inner.child('right')] : inner.children('part')
      return sides.every(side => side !== undefined && visit(side))
    }
    const own = inner.kind === 'String' || inner.kind === 'Template' ? sqlOf(inner) : undefined
    hasText ||= own !== undefined
    const [start, end] = [inner.start - node.start, inner.end - node.start]
    text = text.slice(0, start) + (own ?? HOLE.repeat(end - start)) + text.slice(end)
    return true
  }
  return visit(node) && hasText ? text : undefined
}
