/** `a < b < c` compares `true` or `false` with c; JavaScript has no ranges. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isRepeatable } from '../support/effects.ts'
import { isCallWithTypes } from '../support/type-arguments.ts'

export default defineRule({
  id: 'correctness/chained-comparison',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [697],
  concept: 'operator-precedence',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Comparison(node, file) {
      const first = node.child('left')
      if (first?.kind !== 'Comparison') return
      const middle = first.child('right')
      const last = node.child('right')
      if (!middle || !last || !isRange(first.operator, node.operator, last)) return
      if (isCallWithTypes(node)) return
      yield {
        at: node,
        data: {
          first: excerpt(first),
          last: excerpt(last),
          meant: `${excerpt(first)} && ${excerpt(middle)} ${node.operator} ${excerpt(last)}`,
        },
        fix: {
          safety: /^=/.test(node.operator) ? ('unsafe' as const) : ('safe' as const),
          edits: () => (isRepeatable(file, middle) ? [replace(node, joined(node, first, middle))] : []),
        },
      }
    },
  },

  explain: {
    en: ({ first, last, meant }) => ({
      message: `The answer of \`${first}\`, true or false, is compared with \`${last}\``,
      why: 'JavaScript has no ranges: it compares the first two values and then `true` or `false`, which counts as 1 or 0, with the third.',
      remedy: `Write two comparisons: \`${meant}\`.`,
      fix: 'Write two comparisons',
    }),
    es: ({ first, last, meant }) => ({
      message: `Lo que responde \`${first}\`, verdadero o falso, se compara con \`${last}\``,
      why: 'JavaScript no tiene rangos: compara los dos primeros valores y luego compara `true` o `false`, que cuentan como 1 o 0, con el tercero.',
      remedy: `Escribe dos comparaciones: \`${meant}\`.`,
      fix: 'Escribir dos comparaciones',
    }),
  },

  examples: {
    invalid: [
      fixes(js`if («0 < n < 10») run()`, js`if (0 < n && n < 10) run()`),
      fixes(js`const ok = !(«a >= b >= c»)`, js`const ok = !(a >= b && b >= c)`),
      js`if («0 < read() <= 9») run()`,
      fixes(js`const same = «a === b === 0»`, js`const same = a === b && b === 0`),
      fixes(ts`const ok = x ?? «1 <= o.n <= 5»`, ts`const ok = x ?? (1 <= o.n && o.n <= 5)`),
    ],
    valid: [
      js`if (0 < n && n < 10) run()`,
      js`const same = a < b === c < d`,
      js`const same = a === b === c`,
      js`const same = (a === b) === true`,
      js`const odd = (a < b) < c`,
      // Flow's type arguments, read as comparisons.
      js`const list = make < Item > (items)`,
      ts`const map = make<Item>(items)`,
      ts`
        async function f() {
          expectType<Partial<User>[]>(
            await rows.select<Partial<User>[]>(['name']).from('users')
          )
        }
      `,
      ts`const none = a == null === false`,
    ],
  },
})

/** Both signs point the same way, or a comparison is compared with something that is no boolean. */
function isRange(first: string, second: string, last: SyntaxNode): boolean {
  if (/^[<>]=?$/.test(first) && /^[<>]=?$/.test(second)) return first[0] === second[0]
  return (
    /^===?$/.test(first) &&
    /^===?$/.test(second) &&
    last.unwrapped.is('Number', 'String', 'Null', 'Undefined')
  )
}

function joined(node: SyntaxNode, first: SyntaxNode, middle: SyntaxNode): string {
  const { text } = node.tree
  const both = `${first.text} && ${middle.text}${text.slice(first.end, node.end)}`
  const parent = node.parent
  const isOperand =
    parent?.is('Binary', 'Comparison', 'Not', 'Unary', 'Await', 'Cast') || parent?.operator === '??'
  return isOperand ? `(${both})` : both
}
