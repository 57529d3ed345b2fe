// What Rust files hand to others under which name: what they re-export, and texts that may be parts of an address.

import { importPath } from '../../../semantics/import-paths.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { pathAround } from './bindings.ts'
import { rustText } from './text.ts'

/** Crates that hold nothing of the project. */
export const OTHER_CRATES =
  /^(?:std|core|alloc|serde|serde_json|tokio|tracing|anyhow|thiserror|chrono|uuid|futures)$/

export function extractNamesRust(file: SourceFile, facts: FactWriter): void {
  for (const statement of file.root.children('statement')) {
    if (statement.kind === 'Import') {
      if (statement.text.startsWith('pub')) reexported(file, facts, statement)
    } else if (statement.type === 'const_item' || statement.type === 'static_item')
      constant(file, facts, statement)
  }
}

/** `pub use a::{b, c as d}`, `pub use a::*` */
function reexported(file: SourceFile, facts: FactWriter, statement: SyntaxNode): void {
  for (const it of statement.descendants('Name', 'PropertyName', 'Wildcard')) {
    if (it.kind === 'Wildcard') {
      const names = pathAround(it)
      if (names.length > 0 && !OTHER_CRATES.test(names[0]!))
        facts.add('alias', { name: '*', of: { module: '', names } }, it)
      continue
    }
    const binding = file.binding(it)
    if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
    const names = importPath(it)?.split('.') ?? []
    if (names.length > 1 && !OTHER_CRATES.test(names[0]!) && names.join('.') !== it.name)
      facts.add('alias', { name: it.name, of: { module: '', names } }, it)
  }
}

/** `pub const USERS: &str = "/api/users"` */
function constant(file: SourceFile, facts: FactWriter, item: SyntaxNode): void {
  const name = item.child('target')?.name
  const value = item.child('value')
  if (!name || !value?.is('String', 'MacroCall')) return
  const text = rustText(file, value)
  const [first] = text
  if (
    typeof first === 'string' &&
    /^(?:\/\w|https?:\/\/)/.test(first) &&
    text.every(it => typeof it === 'string')
  )
    facts.add('constant', { name, text }, item)
}
