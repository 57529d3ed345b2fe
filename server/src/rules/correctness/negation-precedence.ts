/** `!` binds tighter than a comparison: `!a in b` looks for `true` or `false` in b. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/negation-precedence',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [783],
  concept: 'operator-precedence',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Comparison(node) {
      const left = node.child('left')
      if (left?.kind !== 'Not') return
      const right = node.child('right')
      const operand = left.child('operand')
      const sign = node.child('operator')
      // `!a === !b` and `!!a === b` compare truth with truth.
      if (!right || !operand || !sign || operand.kind === 'Not') return
      const { text: operator } = sign
      const isEquality = OPPOSITES[operator] !== undefined
      if (isEquality ? !isNeverBoolean(right.unwrapped) : right.kind === 'Not') return
      const meant = isEquality
        ? `${excerpt(operand)} ${OPPOSITES[operator]} ${excerpt(right)}`
        : `!(${excerpt(operand)} ${operator} ${excerpt(right)})`
      yield {
        at: node,
        data: { operand: excerpt(operand), operator, meant },
        fix: {
          safety: /^[<>]/.test(operator) ? ('unsafe' as const) : ('safe' as const),
          edits: () => negateAll(node, left, operand, sign, right),
        },
      }
    },
  },

  explain: {
    en: ({ operand, operator, meant }) => ({
      message: `\`!\` negates only \`${operand}\`, not the whole comparison with \`${operator}\``,
      why: 'What is compared is `true` or `false`, not the value. The condition hardly ever has the answer that was meant.',
      remedy: `Negate the comparison: \`${meant}\`.`,
      fix: 'Negate the comparison',
    }),
    es: ({ operand, operator, meant }) => ({
      message: `\`!\` niega solo \`${operand}\`, no toda la comparación con \`${operator}\``,
      why: 'Lo que se compara es `true` o `false`, no el valor. La condición casi nunca responde lo que se quería preguntar.',
      remedy: `Niega la comparación: \`${meant}\`.`,
      fix: 'Negar la comparación',
    }),
  },

  examples: {
    invalid: [
      fixes(js`if («!key in map») add(key)`, js`if (!(key in map)) add(key)`),
      fixes(
        js`if («!error instanceof TypeError») throw error`,
        js`if (!(error instanceof TypeError)) throw error`,
      ),
      fixes(js`if («!kind === 'a'») run()`, js`if (kind !== 'a') run()`),
      fixes(js`const low = «!count > 0»`, js`const low = !(count > 0)`),
      fixes(ts`if («!a.b == null») run()`, ts`if (a.b != null) run()`),
      fixes(ts`const ok = x && «!(n) !== 2»`, ts`const ok = x && (n) === 2`),
    ],
    valid: [
      js`if (!(key in map)) add(key)`,
      js`if (!a === !b) run()`,
      js`if (!!a === b) run()`,
      js`if (!a === b) run()`,
      js`if (!a === true) run()`,
      js`if ((!key) in map) run()`,
      ts`if (!(error instanceof TypeError)) throw error`,
      ts`const ok = !a && b === 'a'`,
      ts`const odd = !a == isOdd(b)`,
    ],
  },
})

const OPPOSITES: Readonly<Record<string, string>> = { '==': '!=', '===': '!==', '!=': '==', '!==': '===' }

/** Compared with a boolean, it has one answer. */
function isNeverBoolean(node: SyntaxNode): boolean {
  return node.is('String', 'Number', 'Template', 'Null', 'Undefined', 'List', 'Dictionary', 'Regex')
}

function negateAll(
  node: SyntaxNode,
  left: SyntaxNode,
  operand: SyntaxNode,
  sign: SyntaxNode,
  right: SyntaxNode,
): TextEdit[] {
  const withoutSign = { start: left.start, end: operand.start, newText: '' }
  const opposite = OPPOSITES[sign.text]
  if (opposite) return [withoutSign, replace(sign, opposite)]
  return [
    { ...withoutSign, newText: '!(' },
    { start: right.end, end: node.end, newText: ')' },
  ]
}
