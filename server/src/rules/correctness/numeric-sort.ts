/** `sort()` puts numbers in the order of a dictionary: 10 before 9. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/numeric-sort',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [704],
  concept: 'iteration',
  impact: { likelihood: 'high', cost: 'days' },
  callees: ['sort', 'toSorted'],

  check: {
    *Call(node, file) {
      const list = receiver(node)
      // A test knows what it sorts.
      if (!list || file.language === 'python' || file.language === 'rust' || file.isTest) return
      if (node.child('argument') || !holdsNumbers(list, file)) return
      yield {
        at: node,
        data: { list: excerpt(list) },
        fix: {
          safety: 'safe',
          edits: () => [{ start: node.end - 1, end: node.end - 1, newText: '(a, b) => a - b' }],
        },
      }
    },
  },

  explain: {
    en: ({ list }) => ({
      message: `The numbers of \`${list}\` are sorted as texts`,
      why: 'Without a comparator, elements are turned into texts first: `[1, 10, 9]` is in order then.',
      remedy: 'Say how to compare: `(a, b) => a - b`.',
      fix: 'Compare as numbers',
    }),
    es: ({ list }) => ({
      message: `Los números de \`${list}\` se ordenan como textos`,
      why: 'Sin comparador, los elementos se convierten antes en textos: así, `[1, 10, 9]` está en orden.',
      remedy: 'Di cómo comparar: `(a, b) => a - b`.',
      fix: 'Comparar como números',
    }),
  },

  examples: {
    invalid: [
      fixes(js`const sorted = «[3, 20, 100].sort()»`, js`const sorted = [3, 20, 100].sort((a, b) => a - b)`),
      js`const ages = [31, 9]; «ages.sort()»`,
      js`const ids = «names.map(Number).sort()»`,
      fixes(
        ts`function f(sizes: number[]) { return «sizes.sort()» }`,
        ts`function f(sizes: number[]) { return sizes.sort((a, b) => a - b) }`,
      ),
      ts`function f(sizes: readonly number[]) { return «[...sizes].sort()» }`,
    ],
    valid: [
      js`const sorted = [3, 20, 100].sort((a, b) => a - b)`,
      js`const names = ['b', 'a'].sort(); const digits = [3, 1, 2].sort()`,
      js`rows.sort()`,
      ts`function f(names: string[]) { return names.sort() }`,
      ts`function f(sizes: Uint8Array) { return sizes.sort() }`,
    ],
  },
})

function holdsNumbers(node: SyntaxNode, file: SourceFile): boolean {
  const it = node.unwrapped
  if (it.kind === 'List') {
    const elements = it.children('element')
    const [only] = elements
    if (elements.length === 1 && only?.kind === 'Spread') {
      const inner = only.child('value')
      return inner !== undefined && holdsNumbers(inner, file)
    }
    // Single digits come out right.
    return (
      elements.length > 1 &&
      elements.every(each => file.constant(each)?.kind === 'number') &&
      elements.some(each => /\d\d|^-/.test(each.text))
    )
  }
  if (it.kind === 'Call')
    return calleeName(it) === 'map' && /^(Number|parseFloat)$/.test(it.child('argument')?.text ?? '')
  if (it.kind !== 'Name') return false
  const declared = file.binding(it)?.declaration.parent
  if (declared?.is('Parameter', 'Declarator')) {
    const type = declared.child('type')?.text
    if (type) return /^:\s*(readonly\s+)?number\[\]$|^:\s*(Readonly)?Array<number>$/.test(type)
  }
  const value = file.value(it)
  return value.row !== it.row && value.is('List', 'Call') && holdsNumbers(value, file)
}
