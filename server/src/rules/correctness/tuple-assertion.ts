/** `assert (condition, message)` asserts that a tuple is not empty, which always holds. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/tuple-assertion',
  severity: 'error',
  languages: ['python'],
  cwe: [571],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Assert(node) {
      const tuple = node.child('condition')
      if (tuple?.kind !== 'Tuple') return
      const elements = tuple.children('element')
      // `(*items,)` is empty when the items are.
      if (elements.length === 0 || elements.every(it => it.kind === 'Spread')) return
      const [condition, message] = elements
      yield {
        at: tuple,
        data: { condition: excerpt(condition!), count: elements.length },
        fix: {
          safety: 'safe',
          edits: () =>
            !condition || !message || elements.length !== 2 || node.child('message') || tuple.has('Comment')
              ? []
              : [replace(tuple, `${blankBefore(tuple)}${standing(condition)}, ${standing(message)}`)],
        },
      }
    },
  },

  explain: {
    en: ({ condition, count }) => ({
      message: `This assertion always holds, whatever \`${condition}\` gives`,
      why: `The parentheses make one tuple of ${count} ${count === 1 ? 'element' : 'elements'}, and a tuple that is not empty is true. The check that was meant never takes place.`,
      remedy: 'Write the condition and the message without parentheses around both.',
      fix: 'Take the condition and the message out of the tuple',
    }),
    es: ({ condition, count }) => ({
      message: `Esta aserción siempre se cumple, dé lo que dé \`${condition}\``,
      why: `Los paréntesis forman una sola tupla de ${count} ${count === 1 ? 'elemento' : 'elementos'}, y una tupla que no está vacía es verdadera. La comprobación que se quería hacer nunca se hace.`,
      remedy: 'Escribe la condición y el mensaje sin unos paréntesis que abarquen a los dos.',
      fix: 'Sacar la condición y el mensaje de la tupla',
    }),
  },

  examples: {
    invalid: [
      fixes(py`assert «(x > 0, "x must be positive")»`, py`assert x > 0, "x must be positive"`),
      fixes(py`assert«(ok, f"{a}")»`, py`assert ok, f"{a}"`),
      fixes(
        py`
        assert «(
            a == 1
            and b == 2,
            "both",
        )»
      `,
        py`
        assert (a == 1
            and b == 2), "both"
      `,
      ),
      fixes(py`assert «((y := f()), "no y")»`, py`assert (y := f()), "no y"`),
      py`assert «(x,)»`,
      py`assert «(a, b, c)»`,
      py`assert «(*a, b)»`,
      py`
        assert «(
            x,  # why it must hold
            "message",
        )»
      `,
    ],
    valid: [
      py`assert (x > 0), "x must be positive"`,
      py`assert x > 0, ("x must be", "positive")`,
      py`assert (x > 0 and y)`,
      py`assert ()`,
      py`assert (*items,)`,
      py`assert (a, b) == (c, d)`,
    ],
  },
})

/** `assert(a, b)` has no blank where one is needed. */
function blankBefore(tuple: SyntaxNode): string {
  return /\s/.test(tuple.tree.text[tuple.start - 1] ?? '') ? '' : ' '
}

/** The text of an element so that it can stand without the brackets that let it run over several lines. */
function standing(node: SyntaxNode): string {
  const { text } = node
  const needs = node.kind === 'NamedExpression' || (text.includes('\n') && !node.is(...BRACKETED))
  return needs ? `(${text})` : text
}

const BRACKETED = ['Parenthesized', 'Tuple', 'List', 'Dictionary', 'Set', 'String', 'Template'] as const
