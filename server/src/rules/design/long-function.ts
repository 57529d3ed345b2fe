/** A function that fills several screens has several jobs, and nobody can keep all of them in mind at once. */

import { type Example, js, py, rs, type Tag, ts, written } from '../example.ts'
import { defineRule } from '../rule.ts'
import { codeLines, headOf, isWrapper, lineBreaks } from '../support/functions.ts'

const FLOOR = 20

export default defineRule({
  id: 'design/long-function',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'hours' },
  limit: { default: 100, floor: FLOOR },

  check: {
    *Function(node) {
      if (node.size <= FLOOR || lineBreaks(node) < FLOOR) return
      const head = headOf(node)
      if (!head || isWrapper(node)) return
      const lines = codeLines(node)
      if (lines > FLOOR) yield { at: head, data: { lines }, measure: lines }
    },
  },

  explain: {
    en: ({ lines }) => ({
      message: `This function has ${lines} lines of code`,
      why: 'Whoever changes one line must know which of the others depend on it, and here that is more than fits into one head.',
      remedy:
        'Look for stretches that have a purpose of their own, and give each a function named after that purpose.',
    }),
    es: ({ lines }) => ({
      message: `Esta función tiene ${lines} líneas de código`,
      why: 'Quien cambia una línea debe saber cuáles de las demás dependen de ella, y aquí son más de las que caben en la cabeza.',
      remedy: 'Busca tramos con un propósito propio y dale a cada uno una función que lleve ese nombre.',
    }),
  },

  examples: {
    invalid: [
      example(py, 'def «f»():', '    print(1)', 100, ''),
      example(js, 'function «f»() {', '  g()', 99, '}'),
      example(js, 'const f = «(a)» => {', '  g()', 99, '}'),
      example(ts, 'class A { «m»(): void {', '  g()', 99, '} }'),
      example(rs, 'fn «f»() {', '    g();', 99, '}'),
      // The group of tests is not counted, but a test in it is.
      example(js, "describe('a', () => { it('b', «()» => {", '  g()', 99, '}) })'),
    ],
    valid: [
      example(py, 'def f():', '    print(1)', 99, ''),
      example(js, 'function f() {', '  g()', 98, '}'),
      example(ts, 'function f(): void {', '  g()', 98, '}'),
      example(rs, 'fn f() {', '    g();', 98, '}'),
      // Neither blank lines nor comments nor docstrings are code.
      example(js, 'function f() {', '\n  // why\n  /* how */\n', 120, '}'),
      example(rs, 'fn f() {', '    /// doc\n    fn g() {}', 98, '}'),
      example(py, 'def f():', '    # why\n', 120, '    pass'),
      example(py, 'def f():', '    """\n    a\n    b\n    """\n', 40, '    pass'),
      // Wrappers and groups of tests.
      example(js, '(function () {', '  g()', 120, '})()'),
      example(js, "describe.each([1])('a', () => {", '  g()', 120, '})'),
      example(js, "define(['a'], function (a) {", '  g()', 120, '})'),
    ],
  },
})

/** `count` times the same line between a head and a tail. */
function example(tag: Tag, head: string, line: string, count: number, tail: string): Example {
  const text = [head, ...Array.from({ length: count }, () => line), tail].join('\n')
  return written(tag, text)
}
