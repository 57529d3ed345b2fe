// Whether a call is one of those that a sentence names, as people name them: `console.log`, `unwrap`, `dbg!`.

import { calledName, fullName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { fits } from './name-pattern.ts'

/** Functions that are nobody's methods: `doc.print()` is no use of `print`. */
const GLOBAL =
  /^(print|eval|exec|open|input|fetch|alert|confirm|prompt|setTimeout|setInterval|setImmediate|require|compile|breakpoint|exit|quit|globals|locals|vars|id|len|sum|max|min|map|filter|atob|btoa|structuredClone|parseInt|parseFloat)$/

/** A name that is read without being called: `localStorage`, `process.env`. What belongs to the file itself is not meant. */
export function uses(node: SyntaxNode, file: SourceFile, names: readonly string[]): boolean {
  if (node.role === 'callee' || node.role === 'property' || node.role === 'name' || node.role === 'target')
    return false
  if (node.kind === 'Name')
    return (
      names.includes(node.name) &&
      (file.isFree(node) || file.binding(node)?.kind === 'import') &&
      node.closest('Import') === undefined
    )
  const full = fullName(file, node)
  return names.some(it => it.includes('.') && !it.includes('*') && full === it)
}

export function calls(call: SyntaxNode, file: SourceFile, names: readonly string[]): boolean {
  const callee = call.child('callee')
  if (!callee) return false
  const wanted = names.map(it => it.replace(/\(\)$|^new\s+|!$/g, '').replace(/::/g, '.'))
  const written = callee.text.replace(/\?\./g, '.').replace(/::/g, '.').replace(/\s+/g, '')
  const full = calledName(file, call).replace(/::/g, '.')
  const last = /[\w$]+$/.exec(written)?.[0] ?? ''
  return wanted.some(it => {
    const name = it.replace(/^\*?\./, '')
    if (fits(full, name) || fits(written, name)) return true
    if (name.includes('.') || name.includes('*')) return false
    return callee.is('Member', 'Path') && last === name && !GLOBAL.test(name)
  })
}
