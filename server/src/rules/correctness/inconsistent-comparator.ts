/** A comparator has to say which of two comes first; with a yes or no, or by chance, the order is anybody's guess. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/inconsistent-comparator',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [628],
  concept: 'iteration',
  impact: { likelihood: 'high', cost: 'days' },
  callees: ['sort', 'toSorted', 'cmp_to_key'],

  check: {
    *Call(node, file) {
      const comparator = node.children('argument')[0]
      const answer = comparator?.kind === 'Function' ? onlyAnswer(comparator) : undefined
      if (!comparator || !answer || (file.language === 'python' && calleeName(node) !== 'cmp_to_key')) return
      const parameters = namesOf(comparator)
      const kind = kindOf(answer, parameters, file)
      if (!kind) return
      // A test that shuffles does not mind how well.
      if (kind === 'chance' && file.isTest) return
      const inOrder = kind === 'truth' ? threeWays(answer, file) : undefined
      yield {
        at: answer,
        data: { answer: excerpt(answer), kind, isPython: file.language === 'python' },
        ...(inOrder && { fix: { safety: 'unsafe' as const, edits: () => [replace(answer, inOrder)] } }),
      }
    },
  },

  explain: {
    en: ({ answer, kind, isPython }) => ({
      message:
        kind === 'chance'
          ? `\`${answer}\` answers the same question differently each time`
          : kind === 'half'
            ? `\`${answer}\` never says that the first of the two comes first`
            : `\`${answer}\` gives ${isPython ? '`True` or `False`' : '`true` or `false`'}, not which of the two comes first`,
      why:
        kind === 'chance'
          ? 'Sorting relies on answers that agree with each other. With these, some orders come out far more often than others.'
          : 'A comparator gives a number below, at or above zero. This one never gives one below zero, so elements that are out of order count as equal, and many stay where they are.',
      remedy:
        kind === 'chance'
          ? 'Shuffle by exchanging each element with a random one of those before it (Fisher and Yates).'
          : isPython
            ? 'Give `-1`, `0` or `1`; or better, sort by a key.'
            : 'Subtract numbers, compare texts with `localeCompare`, or give `-1`, `0` or `1`.',
      fix: 'Tell all three cases apart',
    }),
    es: ({ answer, kind, isPython }) => ({
      message:
        kind === 'chance'
          ? `\`${answer}\` responde cada vez otra cosa a la misma pregunta`
          : kind === 'half'
            ? `\`${answer}\` nunca dice que el primero de los dos va delante`
            : `\`${answer}\` da ${isPython ? '`True` o `False`' : '`true` o `false`'}, no cuál de los dos va delante`,
      why:
        kind === 'chance'
          ? 'Ordenar exige respuestas que no se contradigan. Con estas, algunos órdenes salen mucho más que otros.'
          : 'Un comparador da un número menor, igual o mayor que cero. Este nunca da uno menor, así que los elementos desordenados cuentan como iguales y muchos se quedan donde están.',
      remedy:
        kind === 'chance'
          ? 'Baraja intercambiando cada elemento con uno al azar de los anteriores (Fisher y Yates).'
          : isPython
            ? 'Devuelve `-1`, `0` o `1`; o mejor, ordena por una clave.'
            : 'Resta los números, compara los textos con `localeCompare` o devuelve `-1`, `0` o `1`.',
      fix: 'Distinguir los tres casos',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`rows.sort((a, b) => «a.age > b.age»)`,
        js`rows.sort((a, b) => Number(a.age > b.age) - Number(a.age < b.age))`,
      ),
      fixes(
        js`rows.sort(function (a, b) { return «b.date >= a.date» })`,
        js`rows.sort(function (a, b) { return Number(b.date > a.date) - Number(b.date < a.date) })`,
      ),
      ts`const sorted = rows.toSorted((a: Row, b: Row) => «a.name === 'x'»)`,
      js`rows.sort((a, b) => «a.n > b.n ? 1 : 0»)`,
      js`cards.sort(() => «Math.random() - 0.5»)`,
      ts`const shuffled = [...cards].sort(() => «0.5 - Math.random()»)`,
      fixes(
        py`
        from functools import cmp_to_key
        rows.sort(key=cmp_to_key(lambda a, b: «a.age > b.age»))
      `,
        py`
        from functools import cmp_to_key
        rows.sort(key=cmp_to_key(lambda a, b: (a.age > b.age) - (a.age < b.age)))
      `,
      ),
      py`
        import functools
        rows = sorted(rows, key=functools.cmp_to_key(lambda a, b: «a + b < b + a»))
      `,
    ],
    valid: [
      js`rows.sort((a, b) => a.age - b.age)`,
      js`rows.sort((a, b) => a.name.localeCompare(b.name))`,
      js`rows.sort((a, b) => (a.n > b.n ? 1 : -1))`,
      js`rows.sort((a, b) => { if (a.n > b.n) return 1; return -1 })`,
      // Two booleans, subtracted: a number.
      ts`rows.sort((a, b) => Number(a.done) - Number(b.done))`,
      ts`const sorted = rows.toSorted(byName)`,
      js`flags.sort(flag => flag > 1)`,
      py`rows.sort(key=lambda row: row.age > 18)`,
      py`
        from functools import cmp_to_key
        rows.sort(key=cmp_to_key(lambda a, b: a.age - b.age))
      `,
    ],
  },
})

/** What a function gives that does nothing else. */
function onlyAnswer(fn: SyntaxNode): SyntaxNode | undefined {
  const body = fn.child('body')
  if (body?.kind !== 'Block') return body?.unwrapped
  const [statement, ...others] = body.children('statement')
  return statement?.kind === 'Return' && others.length === 0 ? statement.child('value')?.unwrapped : undefined
}

function namesOf(fn: SyntaxNode): readonly string[] {
  return (fn.child('parameters')?.children('parameter') ?? []).map(
    it => it.name || it.child('target')?.name || '',
  )
}

function kindOf(
  answer: SyntaxNode,
  parameters: readonly string[],
  file: SourceFile,
): 'truth' | 'half' | 'chance' | undefined {
  if (file.language !== 'python' && answer.kind === 'Binary' && answer.operator === '-')
    return answer.children().some(it => it.kind === 'Call' && it.text === 'Math.random()') &&
      answer.children().some(it => /^0?\.5$/.test(it.text))
      ? 'chance'
      : undefined
  if (parameters.length !== 2) return undefined
  if (answer.kind === 'Comparison' && /^(<=?|>=?|={2,3}|!==?)$/.test(answer.operator)) return 'truth'
  const values = [answer.child('consequence'), answer.child('alternative')]
  const condition = answer.kind === 'Conditional' ? answer.child('condition')?.unwrapped : undefined
  if (condition?.kind !== 'Comparison' || !/^[<>]=?$/.test(condition.operator)) return undefined
  return values
    .map(it => it?.text)
    .sort()
    .join() === '0,1'
    ? 'half'
    : undefined
}

/** One, minus one or zero: the difference of two answers. */
function threeWays(answer: SyntaxNode, file: SourceFile): string | undefined {
  const left = answer.child('left')?.text
  const right = answer.child('right')?.text
  if (!left || !right || !/^[<>]=?$/.test(answer.operator)) return undefined
  const [up, down] = answer.operator.startsWith('>') ? ['>', '<'] : ['<', '>']
  return file.language === 'python'
    ? `(${left} ${up} ${right}) - (${left} ${down} ${right})`
    : `Number(${left} ${up} ${right}) - Number(${left} ${down} ${right})`
}
