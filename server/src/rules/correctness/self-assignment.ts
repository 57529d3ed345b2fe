/** Assigning a name to itself does nothing; another name was almost certainly meant. */

import { removeStatement } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/self-assignment',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [1164],
  concept: 'dead-code',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Assignment(node) {
      const target = node.child('target')
      const value = node.child('value')?.unwrapped
      if (!target || !value || !target.is('Name', 'Member') || !target.same(value)) return
      const statement = node.parent
      yield {
        at: node,
        data: { name: target.text },
        fix: {
          safety: 'unsafe',
          edits: () => (statement?.kind === 'ExpressionStatement' ? [removeStatement(statement)] : []),
        },
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` is assigned to itself`,
      why: 'The statement changes nothing, so one of its sides probably names the wrong variable.',
      remedy: 'Name the value that was meant, or delete the statement.',
      fix: 'Delete the statement',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` se asigna a sí misma`,
      why: 'La instrucción no cambia nada, así que uno de sus lados probablemente nombra la variable equivocada.',
      remedy: 'Nombra el valor que querías asignar o elimina la instrucción.',
      fix: 'Eliminar la instrucción',
    }),
  },

  examples: {
    invalid: [
      fixes(py`«width = width»`, py``),
      fixes(ts`«total = total»; send(total)`, ts`send(total)`),
      js`«a.b = a.b»`,
      rs`fn f() { «x = x»; }`,
    ],
    valid: [py`self.width = width`, ts`total = subtotal`, js`a.b = a.c`, rs`fn f() { x = y; }`],
  },
})
