// Tables as Rust describes them: `table!` of Diesel, entities of SeaORM.

import { calleeName } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { attributesOf, textOf } from './attributes.ts'

export function extractTablesRust(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (/\btable!\s*[{(]/.test(text))
    for (const call of file.root.descendants('MacroCall'))
      if (calleeName(call) === 'table') dieselTable(call, facts)
  if (/\btable_name\b/.test(text) && text.includes('sea_orm'))
    for (const it of file.root.descendants('Struct')) entity(file, it, facts)
}

/** `users (id) { id -> Integer, #[sql_name = "type"] kind -> Text }` */
function dieselTable(call: SyntaxNode, facts: FactWriter): void {
  const tokens = call.child('argument')
  if (!tokens) return
  const text = tokens.text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, it => ' '.repeat(it.length))
  const match = /(?:^|[\s{(.])(\w+)\s*(?:\([^)]*\))?\s*\{([\s\S]*)\}\s*[})]?\s*$/.exec(text.slice(1))
  if (!match) return
  const [, own, body] = match as unknown as [string, string, string]
  const columns: string[] = []
  for (const it of body.matchAll(/((?:#\[[^\]]*\]\s*)*)(\w+)\s*->/g))
    columns.push((/sql_name\s*=\s*"([^"]+)"/.exec(it[1]!)?.[1] ?? it[2]!).toLowerCase())
  const table = (
    /#!?\[\s*sql_name\s*=\s*"([^"]+)"\s*\]\s*\w+\s*(?:\(|\{)/.exec(text)?.[1] ?? own
  ).toLowerCase()
  const start = tokens.start + 1 + match.index + match[0].indexOf(own)
  facts.add(
    'tableChange',
    { source: 'schema', table, kind: 'create', columns, isOpen: false },
    { start, end: start + own.length },
  )
}

/** `#[sea_orm(table_name = "users")] pub struct Model { … }` */
function entity(file: SourceFile, type: SyntaxNode, facts: FactWriter): void {
  const at = type.child('name')
  const own = attributesOf(type).find(it => it.name === 'sea_orm')
  const table = textOf(
    file,
    own?.arguments.find(it => it.name === 'table_name'),
  )
  if (!at || !table) return
  const columns: string[] = []
  for (const it of type.children('member')) {
    const name = it.kind === 'Field' ? it.child('name')?.text.replace(/^r#/, '') : undefined
    if (!name) continue
    const attributes = attributesOf(it).filter(a => a.name === 'sea_orm')
    if (attributes.some(a => a.node.text.includes('ignore'))) continue
    const renamed = attributes.map(a =>
      textOf(
        file,
        a.arguments.find(argument => argument.name === 'column_name'),
      ),
    )
    columns.push((renamed.find(r => r)?.text ?? name).toLowerCase())
  }
  facts.add(
    'tableChange',
    { source: 'model', table: table.text.toLowerCase(), kind: 'create', columns, isOpen: false },
    table.at,
  )
}
