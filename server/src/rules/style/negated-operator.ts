/** Python has `not in` and `is not`: `not a in b` says the same in an order that is easy to misread. */

import { excerpt } from '../../semantics/excerpt.ts'
import { between } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'style/negated-operator',
  severity: 'hint',
  languages: ['python'],
  concept: 'operator-precedence',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {
    *Not(node) {
      const comparison = node.child('operand')
      if (comparison?.kind !== 'Comparison' || comparison.child('next')) return
      const left = comparison.child('left')
      const right = comparison.child('right')
      const { operator } = comparison
      if (!left || !right || (operator !== 'in' && operator !== 'is')) return
      const meant = operator === 'in' ? 'not in' : 'is not'
      yield {
        at: node,
        data: { operator, meant, better: `${excerpt(left)} ${meant} ${excerpt(right)}` },
        fix: {
          safety: 'safe' as const,
          edits: () =>
            // A comment or a line break between the operands stays where it is.
            /^\s*\w+[ \t]*$/.test(node.tree.text.slice(left.end, right.start)) &&
            node.tree.text.slice(node.start, left.start).trim() === 'not'
              ? [{ start: node.start, end: left.start, newText: '' }, between(left, right, ` ${meant} `)]
              : [],
        },
      }
    },
  },

  explain: {
    en: ({ operator, meant, better }) => ({
      message: `\`not … ${operator} …\` reads better as \`${better}\``,
      why: `The eye takes \`not\` for a part of the first operand and has to come back. \`${meant}\` is an operator of its own and cannot be misread.`,
      remedy: `Write \`${better}\`.`,
      fix: `Write \`${meant}\``,
    }),
    es: ({ operator, meant, better }) => ({
      message: `\`not … ${operator} …\` se lee mejor como \`${better}\``,
      why: `La vista une \`not\` al primer operando y tiene que volver atrás. \`${meant}\` es un operador propio y no da lugar a dudas.`,
      remedy: `Escribe \`${better}\`.`,
      fix: `Escribir \`${meant}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        if «not key in table»:
            add(key)
      `,
        py`
        if key not in table:
            add(key)
      `,
      ),
      fixes(py`known = ready and «not user is None»`, py`known = ready and user is not None`),
      fixes(
        py`rest = [x for x in xs if «not x.name in seen»]`,
        py`rest = [x for x in xs if x.name not in seen]`,
      ),
    ],
    valid: [
      py`if key not in table: add(key)`,
      py`known = user is not None`,
      py`if not (key in table): add(key)`,
      py`if not a == b: run()`,
      py`if not a in b in c: run()`,
      py`if (not a) in b: run()`,
      py`for x in xs: run()`,
    ],
  },
})
