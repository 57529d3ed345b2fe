/** `Array(n)` has a length and nothing in it: `map` and `forEach` find nothing to go through. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/empty-slots',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [665],
  concept: 'data-structures',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['map', 'forEach', 'filter', 'reduce', 'some', 'every', 'flatMap'],

  check: {
    *Call(node, file) {
      const array = receiver(node)?.unwrapped
      const [length, ...others] = array?.is('Call', 'New') ? array.children('argument') : []
      const callee = array?.child('callee')
      const made = callee?.kind === 'GenericType' ? callee.child('callee') : callee
      if (!array || !length || others.length > 0 || made?.kind !== 'Name' || made.name !== 'Array') return
      if (!file.isFree(made) || length.is('String', 'Spread', 'List') || !node.child('argument')) return
      yield {
        at: { start: array.start, end: node.child('callee')!.end },
        data: { array: excerpt(array), method: calleeName(node) },
        fix: { safety: 'unsafe', edits: () => [insertAfter(outermost(array), '.fill(undefined)')] },
      }
    },
  },

  explain: {
    en: ({ array, method }) => ({
      message: `\`${method}\` finds nothing in \`${array}\` and never calls its function`,
      why: 'An array made with a length has that many empty places. The methods that go through an array leave out empty places.',
      remedy: 'Use `Array.from({ length: n }, (_, i) => …)`, or fill the array first.',
      fix: 'Fill the array first',
    }),
    es: ({ array, method }) => ({
      message: `\`${method}\` no encuentra nada en \`${array}\` y nunca llama a su función`,
      why: 'Un array creado con una longitud tiene esas posiciones vacías. Los métodos que recorren un array se saltan las posiciones vacías.',
      remedy: 'Usa `Array.from({ length: n }, (_, i) => …)`, o rellena antes el array.',
      fix: 'Rellenar antes el array',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`const rows = «Array(3).map»((_, i) => i)`,
        js`const rows = Array(3).fill(undefined).map((_, i) => i)`,
      ),
      js`«new Array(n).forEach»(() => add())`,
      fixes(
        ts`const rows = «new Array<number>(n).map»(() => 0)`,
        ts`const rows = new Array<number>(n).fill(undefined).map(() => 0)`,
      ),
      ts`const total = («new Array(size)).reduce»((sum, _, i) => sum + i, 0)`,
    ],
    valid: [
      js`const rows = Array(3).fill(0).map((_, i) => i)`,
      js`const rows = Array.from({ length: 3 }).map((_, i) => i); const two = Array(1, 2).map(f)`,
      js`const rows = [...Array(3)].map((_, i) => i)`,
      ts`const rows = new Array('a').map(f)`,
      ts`const rows: number[] = new Array(3); rows[0] = 1`,
    ],
  },
})

function outermost(node: SyntaxNode): SyntaxNode {
  let it = node
  while (it.parent?.kind === 'Parenthesized') it = it.parent
  return it
}
