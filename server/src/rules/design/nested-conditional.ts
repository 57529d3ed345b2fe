/** Conditional expressions inside one another have to be taken apart before they can be read. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isMeasured } from '../support/measured.ts'

export default defineRule({
  id: 'design/nested-conditional',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'minutes' },
  limit: { default: 2, floor: 1 },

  check: {
    *Conditional(node, file) {
      if (isNested(node)) return
      const levels = levelsOf(node)
      if (levels > 1 && isMeasured(node, file)) yield { at: node, data: { levels }, measure: levels }
    },
  },

  explain: {
    en: ({ levels }) => ({
      message: `Conditional expressions are nested ${levels} deep here`,
      why: 'Nothing but the order of signs says which alternative belongs to which condition, so the cases are easily mixed up.',
      remedy: 'Write an `if` chain, or give the inner choice a name or a function of its own.',
    }),
    es: ({ levels }) => ({
      message: `Aquí hay expresiones condicionales anidadas hasta ${levels} niveles`,
      why: 'Solo el orden de los signos dice qué alternativa corresponde a cada condición, así que es fácil confundir los casos.',
      remedy: 'Escribe una cadena de `if` o dale a la elección interna un nombre o una función propia.',
    }),
  },

  examples: {
    invalid: [
      py`a = «(1 if (2 if b else c) else 3) if d else 4»`,
      js`const a = «b ? c ? d ? 1 : 2 : 3 : 4»`,
      ts`const a = «(b ? (c ? d : e) : f) ? 1 : 2»`,
      // What the table's last column hides counts.
      ts`
        const a = «b
          ? 1
          : c
          ? (d ? (e ? 2 : 3) : 4)
          : 5»
      `,
    ],
    valid: [
      py`a = 1 if b else 2 if c else 3`,
      js`const a = b ? (c ? 1 : 2) : 3`,
      // A chain reads from left to right, like `if` and `else if`; with a line for each case, like a table.
      js`const a = b ? 1 : c ? 2 : d ? 3 : 4`,
      js`const a = b ? 1 : (c ? 2 : (d ? 3 : 4))`,
      py`a = 1 if b else 2 if c else 3 if d else 4`,
      ts`
        const a = b ? 1
          : c ? 2
          : d ? 3
          : e ? 4
          : 5
      `,
      py`
        a = (
            1 if b
            else 2 if c
            else 3 if d
            else 4
        )
      `,
      // So does markup.
      tsx`
        const icon = a ? (
          b ? (
            <b />
          ) : c ? (
            <i />
          ) : (
            <p />
          )
        ) : null
      `,
      // A conditional among a call's arguments stands by itself.
      js`const a = b ? f(c ? 1 : 2) : g(d ? f(e ? 1 : 2) : 3)`,
      ts`const a = b ? () => c ? 1 : 2 : 3`,
    ],
  },
})

/** The outermost conditional speaks for those in it. */
function isNested(node: SyntaxNode): boolean {
  let { parent } = node
  while (parent?.kind === 'Parenthesized') parent = parent.parent
  return parent?.kind === 'Conditional'
}

function levelsOf(node: SyntaxNode): number {
  const alternative = node.child('alternative')
  return Math.max(
    1 + levelsIn(node.child('condition')),
    1 + levelsIn(node.child('consequence')),
    (alternative && (isNext(alternative) || isOnOwnLine(alternative, node)) ? 0 : 1) + levelsIn(alternative),
    1,
  )
}

function levelsIn(node: SyntaxNode | undefined): number {
  const inner = node?.unwrapped
  return inner?.kind === 'Conditional' ? levelsOf(inner) : 0
}

/** `: c ? 2 : 3`, also in parentheses: the next case of a chain. */
function isNext(alternative: SyntaxNode): boolean {
  return alternative.unwrapped.kind === 'Conditional'
}

/** A line break stands between the alternative and what comes before it. */
function isOnOwnLine(alternative: SyntaxNode, conditional: SyntaxNode): boolean {
  const { text, start } = conditional
  const before = alternative.previous
  // `) : next ? (`: markup in lines of its own, one alternative after the other.
  const consequence = conditional.child('consequence')
  if (consequence?.unwrapped.kind === 'JsxElement' && consequence.text.includes('\n')) return true
  return before !== undefined && text.slice(before.end - start, alternative.start - start).includes('\n')
}
