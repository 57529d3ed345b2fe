/** `for … in` goes through the keys of an array, which are texts: `'0'`, `'1'`, and whatever else was put on it. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { typeHere } from '../support/type-here.ts'

export default defineRule({
  id: 'correctness/for-in-list',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [704],
  concept: 'iteration',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *ForEach(node, file) {
      const operator = node.child('operator')
      const list = node.child('iterable')
      const target = node.child('target')
      if (file.language === 'python' || file.language === 'rust' || operator?.text !== 'in') return
      if (!list || target?.kind !== 'Name' || typeHere(file, list) !== 'list') return
      if (!isTakenForElement(target, list, file)) return
      yield {
        at: operator,
        data: { name: target.name, list: list.text.length < 30 ? list.text : 'the array' },
        fix: { safety: 'unsafe', edits: () => [replace(operator, 'of')] },
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` is the index, as a text, and is used like an element`,
      why: '`for … in` gives the keys of an object. For an array these are `"0"`, `"1"` and so on, not what is in it.',
      remedy: 'Use `for … of`, which gives the elements.',
      fix: 'Go through the elements',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` es el índice, como texto, y se usa como si fuera un elemento`,
      why: '`for … in` da las claves de un objeto. En un array son `"0"`, `"1"` y así, no lo que contiene.',
      remedy: 'Usa `for … of`, que da los elementos.',
      fix: 'Recorrer los elementos',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`const names = ['a', 'b']; for (const name «in» names) show(name.length)`,
        js`const names = ['a', 'b']; for (const name of names) show(name.length)`,
      ),
      js`for (const row «in» text.split('\n')) { parse(row.trim()) }`,
      fixes(
        ts`function f(rows: Row[]) { for (const row «in» rows) save(row.id) }`,
        ts`function f(rows: Row[]) { for (const row of rows) save(row.id) }`,
      ),
      ts`class A { rows: Row[] = []; f() { for (const row «in» this.rows) { row.save() } } }`,
    ],
    valid: [
      js`const names = ['a', 'b']; for (const i in names) show(names[i])`,
      js`for (const key in options) show(key.length)`,
      js`const names = ['a']; for (const i in names) { show(i) }`,
      ts`function f(rows: Row[]) { for (const row of rows) save(row.id) }`,
      ts`function f(rows: Record<string, Row>) { for (const id in rows) save(id.trim()) }`,
    ],
  },
})

/** It has members, and is never used to look into the array. */
function isTakenForElement(target: SyntaxNode, list: SyntaxNode, file: SourceFile): boolean {
  let hasMember = false
  for (const it of file.binding(target)?.reads() ?? []) {
    const { parent, role } = it
    if (role === 'index' || parent?.is('Binary', 'Unary', 'Comparison')) return false
    if (role === 'object' && parent?.kind === 'Member') hasMember = true
    if (role === 'argument' && /^(Number|parseInt|parseFloat)$/.test(parent?.child('callee')?.text ?? ''))
      return false
    if (parent?.kind === 'Index' && parent.child('object')?.same(list)) return false
  }
  return hasMember
}
