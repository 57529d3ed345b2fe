/** An object is copied by writing it out as JSON and reading it in again. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'performance/copy-through-json',
  severity: 'hint',
  languages: ['typescript', 'javascript'],
  cwe: [704],
  concept: 'data-structures',
  impact: { likelihood: 'low', cost: 'hours' },
  // Many do it to get rid of all that JSON cannot hold.
  enabled: false,
  callees: ['parse'],

  check: {
    *Call(node, file) {
      const [written, ...others] = node.children('argument')
      if (!isOfJson(node, 'parse', file) || others.length > 0 || file.isTest) return
      if (written?.kind !== 'Call' || !isOfJson(written, 'stringify', file)) return
      const [value, ...options] = written.children('argument')
      if (!value || options.length > 0 || value.kind === 'Spread') return
      yield {
        at: node,
        data: { value: excerpt(value) },
        fix: { safety: 'unsafe', edits: () => [replace(node, `structuredClone(${value.text})`)] },
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` is copied by way of a text`,
      why: 'Writing a text and reading it again is slow, and not everything comes through: dates become texts, `undefined` and functions are gone, maps and sets are empty.',
      remedy: 'Use `structuredClone`, which keeps dates, maps and sets.',
      fix: 'Use `structuredClone`',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se copia pasando por un texto`,
      why: 'Escribir un texto y volver a leerlo es lento, y no todo lo resiste: las fechas se vuelven textos, `undefined` y las funciones desaparecen, los mapas y conjuntos quedan vacíos.',
      remedy: 'Usa `structuredClone`, que conserva fechas, mapas y conjuntos.',
      fix: 'Usar `structuredClone`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`const copy = «JSON.parse(JSON.stringify(options))»`,
        js`const copy = structuredClone(options)`,
      ),
      js`return { ...«JSON.parse(JSON.stringify(this.state.rows))» }`,
      fixes(
        ts`const copy: Row = «JSON.parse(JSON.stringify(row))»`,
        ts`const copy: Row = structuredClone(row)`,
      ),
      ts`const copy = «JSON.parse(JSON.stringify(rows))» as Row[]`,
    ],
    valid: [
      js`const copy = structuredClone(options)`,
      js`const copy = JSON.parse(text); const text = JSON.stringify(options)`,
      ts`const plain = JSON.parse(JSON.stringify(row, replacer))`,
      ts`const dated = JSON.parse(JSON.stringify(row), reviver)`,
    ],
  },
})

function isOfJson(call: SyntaxNode, name: string, file: SourceFile): boolean {
  const object = receiver(call)
  return calleeName(call) === name && object?.kind === 'Name' && object.name === 'JSON' && file.isFree(object)
}
