/** A function that fills several screens has several jobs, and nobody can keep all of them in mind at once. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { at, type Example, js, jsx, py, rs, type Tag, ts, written } from '../example.ts'
import { defineRule } from '../rule.ts'
import { hasLineBreaks, headOf, isWrapper, logicLines } from '../support/functions.ts'
import { LOOPS } from '../support/loops.ts'
import { isMeasured } from '../support/measured.ts'

const FLOOR = 20

/** A function with fewer forks is a list of steps, which is read from top to bottom whatever its length. */
const MIN_FORKS = 5

const PYTHON = `    if a:
${Array.from({ length: 9 }, () => '        g()').join('\n')}`
const SCRIPT = `if a {
${Array.from({ length: 9 }, () => 'g();').join('\n')}
}`.replace('a', '(a)')

export default defineRule({
  id: 'design/long-function',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'hours' },
  limit: { default: 100, floor: FLOOR },

  check: {
    *Function(node, file) {
      if (node.size <= FLOOR || !hasLineBreaks(node, FLOOR)) return
      const head = headOf(node)
      if (!head || isWrapper(node)) return
      const lines = logicLines(node, file)
      if (lines > FLOOR && hasForks(node) && isMeasured(node, file))
        yield { at: head, data: { lines }, measure: lines }
    },
  },

  explain: {
    en: ({ lines }) => ({
      message: `This function has ${lines} lines of logic`,
      why: 'Whoever changes one line must know which of the others depend on it, and here that is more than fits into one head. (Data, markup, comments and inner functions are not counted.)',
      remedy:
        'Look for stretches that have a purpose of their own, and give each a function named after that purpose.',
    }),
    es: ({ lines }) => ({
      message: `Esta función tiene ${lines} líneas de lógica`,
      why: 'Quien cambia una línea debe saber cuáles de las demás dependen de ella, y aquí son más de las que caben en la cabeza. (No cuentan los datos, el marcado, los comentarios ni las funciones internas.)',
      remedy: 'Busca tramos con un propósito propio y dale a cada uno una función que lleve ese nombre.',
    }),
  },

  examples: {
    invalid: [
      example(py, 'def «f»():', PYTHON, 10, '    print(1)'),
      example(js, 'function «f»() {', SCRIPT, 10, 'g()\n}'),
      example(js, 'const f = «(a)» => {', SCRIPT, 10, 'g()\n}'),
      example(ts, 'class A { «m»(): void {', SCRIPT, 10, 'g() } }'),
      example(rs, 'fn «f»() {', SCRIPT, 10, 'g();\n}'),
    ],
    valid: [
      example(py, 'def f():', PYTHON, 9, '    print(1)'),
      example(js, 'function f() {', SCRIPT, 9, '}'),
      example(ts, 'function f(): void {', SCRIPT, 9, '}'),
      example(rs, 'fn f() {', SCRIPT, 9, '}'),
      // A list of steps.
      example(py, 'def f():', '    print(1)', 120, ''),
      example(ts, 'function f() {', '  app.use(g)', 120, '}'),
      // Neither blank lines nor comments nor docstrings are code.
      example(js, 'function f() {', 'if (a) g()\n\n  // why\n  /* how */\n', 90, '}'),
      example(rs, 'fn f() {', '    /// doc\n    fn g() { if a { b() } }', 90, '}'),
      example(py, 'def f():', '    # why\n    if a: g()\n', 90, '    pass'),
      example(py, 'def f():', '    """\n    a\n    b\n    """\n    if a: g()\n', 90, '    pass'),
      // What the functions in it do is their own affair.
      example(js, 'function f() {\nreturn {', `a() {\n${SCRIPT}\n},`, 20, '}\n}'),
      // Data, markup, and tables written as a switch.
      example(ts, 'const f = () => { if (a) b()\nreturn [', '  { a: b ? 1 : 2,\n c: d },', 60, ']\n}'),
      example(jsx, 'const F = () => { if (a) b()\nreturn <p>', '  {a && <b>\n</b>}', 60, '</p>\n}'),
      example(js, 'function f(a) { switch (a) {', 'case 1:\nreturn a ? b : c', 60, '}\n}'),
      example(rs, 'fn f(a: A) { match a {', 'B => {\nc()\n}', 60, '}\n}'),
      // Wrappers, tests, and what a program wrote.
      example(js, '(function () {', SCRIPT, 12, '})()'),
      example(js, "describe.each([1])('a', () => {", SCRIPT, 12, '})'),
      example(js, "define(['a'], function (a) {", SCRIPT, 12, '})'),
      at('test/a.test.ts', example(ts, "it('b', () => {", SCRIPT, 12, '})')),
      example(rs, '// @generated\nfn f() {', SCRIPT, 12, '}'),
    ],
  },
})

function hasForks(fn: SyntaxNode): boolean {
  let count = 0
  for (const _ of fn.ownDescendants('If', 'ElseIf', 'Switch', 'Try', 'Conditional', ...LOOPS))
    if (++count >= MIN_FORKS) return true
  return false
}

/** `count` times the same lines between a head and a tail. */
function example(tag: Tag, head: string, line: string, count: number, tail: string): Example {
  const text = [head, ...Array.from({ length: count }, () => line), tail].join('\n')
  return written(tag, text)
}
