// What a name from outside of the file is called where it comes from.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/**
 * `file.qualifiedName` of something that is imported or global: 'hashlib.md5', 'process.env'. Empty when the first name
 * is one that this file makes itself, for then it says nothing.
 */
export function pathOf(file: SourceFile, node: SyntaxNode | undefined): string {
  if (!node) return ''
  const head = headOf(node)
  if (head?.kind === 'Name' || head?.kind === 'TypeName') {
    const binding = file.binding(head)
    if (binding && binding.kind !== 'import' && file.importedName(head) === undefined) return ''
  }
  return file.qualifiedName(node)
}

/** `a` in `a.b.c` and `a::b::c`. */
export function headOf(node: SyntaxNode): SyntaxNode | undefined {
  let it: SyntaxNode | undefined = node.unwrapped
  while (it) {
    if (it.is('Member', 'Path')) {
      const object: SyntaxNode | undefined = it.child('object')
      if (!object) return it.child('property')
      it = object.unwrapped
    } else if (it.kind === 'GenericType') it = it.child('callee') ?? it.child('type')
    else return it
  }
  return undefined
}

/** The file imports one of these modules, or something out of it. */
export function importsAny(file: SourceFile, modules: RegExp): boolean {
  for (const statement of file.root.children('statement')) {
    if (statement.kind === 'Import') {
      if (modules.test(statement.text)) return true
    } else if (statement.kind === 'Declaration' && /\brequire\(/.test(statement.text.slice(0, 300))) {
      if (modules.test(statement.text.slice(0, 300))) return true
    }
  }
  return false
}
