// Which modules a Rust file is made of, and what it uses of others.

import { importPath } from '../../../semantics/import-paths.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { pathAround } from './bindings.ts'
import { OTHER_CRATES } from './names.ts'

export function extractImportsRust(file: SourceFile, facts: FactWriter): void {
  for (const it of file.root.children('statement')) {
    const name = it.kind === 'Namespace' && !it.child('body') ? it.child('name') : undefined
    if (name) facts.add('import', { module: '', taken: [`self.${name.name}`], kind: 'part' }, name)
  }
  for (const statement of file.root.descendants('Import')) {
    // What a module inside of the file calls `super` is the file itself.
    if (statement.closest('Namespace')) continue
    const taken = [...pathsOf(file, statement)]
      .filter(it => !OTHER_CRATES.test(it[0]!))
      .map(it => it.join('.'))
    const kind = statement.function ? 'deferred' : 'load'
    if (taken.length > 0)
      facts.add('import', { module: '', taken, kind }, statement.child('name') ?? statement)
  }
}

/** What a `use` brings in: names, modules (`a::{self}`), and all that stands behind `*`. */
function* pathsOf(file: SourceFile, statement: SyntaxNode): Generator<readonly string[]> {
  for (const it of statement.descendants('Name', 'PropertyName', 'This', 'Wildcard')) {
    if (it.kind === 'Wildcard') yield [...pathAround(it), '*']
    else if (it.kind === 'This') {
      if (it.parent?.kind === 'List') yield pathAround(it)
    } else {
      const binding = file.binding(it)
      if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
      const path = importPath(it)
      if (path) yield path.split('.')
    }
  }
}
