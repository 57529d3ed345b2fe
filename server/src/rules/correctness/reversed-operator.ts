/** `x =+ 1` sets x to 1; spaced like this, `x += 1` was meant. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { between } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/reversed-operator',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [480],
  concept: 'operator-precedence',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Assignment(node) {
      const target = node.child('target')
      const value = node.child('value')
      if (!target || !value?.is('Unary', 'Not')) return
      const operand = value.child('operand')
      const sign = value.child('operator')?.text ?? value.text[0] ?? ''
      const meant = MEANT[sign]
      if (!operand || meant === undefined || node.child('type')) return
      // Glued to `=` and apart from its operand: ` =+ x`. A toggle, `on =! on`, is only spaced badly.
      if (!/\s=$/.test(textBetween(node, target.end, value.start)) || target.same(operand.unwrapped)) return
      if (!/^[ \t]+$/.test(textBetween(node, value.start + sign.length, operand.start))) return
      yield {
        at: {
          start: target.end + textBetween(node, target.end, value.start).search(/\S/),
          end: value.start + sign.length,
        },
        data: { written: `=${sign}`, meant, statement: excerpt(node) },
        fix: { safety: 'unsafe' as const, edits: () => [between(target, operand, ` ${meant} `)] },
      }
    },
  },

  explain: {
    en: ({ written, meant, statement }) => ({
      message: `\`${written}\` in \`${statement}\` is no operator: it assigns, and the sign belongs to the value`,
      why: `Spaced like this it was surely meant as \`${meant}\`. The old value is overwritten instead.`,
      remedy: `Write \`${meant}\`. If the sign does belong to the value, put the blank before it.`,
      fix: `Write \`${meant}\``,
    }),
    es: ({ written, meant, statement }) => ({
      message: `\`${written}\` en \`${statement}\` no es un operador: asigna, y el signo pertenece al valor`,
      why: `Con esos espacios seguramente querías escribir \`${meant}\`. Lo que hace es sobrescribir el valor anterior.`,
      remedy: `Escribe \`${meant}\`. Si el signo sí pertenece al valor, pon el espacio delante de él.`,
      fix: `Escribir \`${meant}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(py`total «=+» 1`, py`total += 1`),
      fixes(py`self.total «=-» price`, py`self.total -= price`),
      fixes(js`let n = 2; n «=-» 1`, js`let n = 2; n -= 1`),
      fixes(js`if ((a «=!» b)) run()`, js`if ((a != b)) run()`),
      fixes(ts`function f(o: O) { o.count «=+» 1 }`, ts`function f(o: O) { o.count += 1 }`),
      fixes(rs`fn f(mut n: i32) { n «=-» 1; g(n) }`, rs`fn f(mut n: i32) { n -= 1; g(n) }`),
    ],
    valid: [
      py`total += 1`,
      py`total = +1`,
      py`total =-1`,
      py`total=- 1`,
      py`f(total =- 1)`,
      js`n = - 1`,
      js`n =-1`,
      js`on =! on`,
      js`const n =- 1`,
      ts`n = -1`,
      rs`fn f(mut n: i32) { n = -1; }`,
      rs`fn f(mut n: bool) { n = !n; }`,
      rs`fn f(mut n: i32) { n =-1; }`,
    ],
  },
})

const MEANT: Readonly<Record<string, string>> = { '+': '+=', '-': '-=', '!': '!=' }

function textBetween(node: SyntaxNode, from: number, to: number): string {
  return node.text.slice(from - node.start, to - node.start)
}
