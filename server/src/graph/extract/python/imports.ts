// Which modules a Python file imports, and when.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ImportKind } from '../../rows/imports.ts'
import { isOnlyInTypes, isUsedAtOnce } from '../used-at-once.ts'

export function extractImportsPython(file: SourceFile, facts: FactWriter): void {
  // Annotations are not looked up then, and what only they need could stand behind `TYPE_CHECKING`.
  const isLazy = LAZY.test(file.tree.text)
  for (const statement of file.root.descendants('Import')) {
    if (statement.type === 'future_import_statement') continue
    const written = kindOf(statement)
    const kind = written === 'load' && isLazy && isForTypes(file, statement) ? 'type' : written
    const names = statement.children('name').map(it => it.child('name') ?? it)
    const source = statement.child('source')
    if (source) {
      const taken = names.length > 0 ? names.map(dotted) : ['*']
      facts.add('import', { module: dotted(source), taken, kind, ...atOnce(file, statement) }, source)
      continue
    }
    for (const it of names)
      facts.add('import', { module: dotted(it), taken: [], kind, ...atOnce(file, statement) }, it)
  }
}

const LAZY = /^from __future__ import [^\n]*\bannotations\b/m

function isForTypes(file: SourceFile, statement: SyntaxNode): boolean {
  let isFor = false
  for (const it of statement.descendants('Name', 'PropertyName')) {
    const binding = file.binding(it)
    if (!binding?.isDeclaration(it)) continue
    if (!isOnlyInTypes(binding)) return false
    isFor = true
  }
  return isFor
}

function atOnce(file: SourceFile, statement: SyntaxNode): { readonly isAtOnce?: boolean } {
  for (const it of statement.descendants('Name', 'PropertyName')) {
    const binding = file.binding(it)
    if (binding?.isDeclaration(it) && isUsedAtOnce(binding)) return { isAtOnce: true }
  }
  return {}
}

/** As one word, though it may be written over several lines. */
function dotted(path: SyntaxNode): string {
  return path.text.replace(/[\s\\]+/g, '')
}

function kindOf(statement: SyntaxNode): ImportKind {
  let inner = statement
  let kind: ImportKind = 'load'
  for (const it of statement.ancestors()) {
    if (it.kind === 'Function') kind = 'deferred'
    else if (it.is('If', 'ElseIf') && it.child('consequence')?.row === inner.row) {
      const condition = it.child('condition')?.text ?? ''
      if (/^(?:\w+\.)?TYPE_CHECKING$/.test(condition)) return 'type'
      if (/^__name__\s*==/.test(condition)) kind = 'deferred'
    }
    inner = it
  }
  return kind
}
