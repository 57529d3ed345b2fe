/** An operator that is given the same operand twice does nothing, or has a fixed result. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { between } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { connective, isAskedForTruth } from '../support/conditions.ts'
import { isExperiment, speaksOfNaN } from '../support/deliberate.ts'
import { isRepeatable } from '../support/effects.ts'

export default defineRule({
  id: 'correctness/repeated-operand',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [1164],
  concept: 'copy-and-paste',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Logical: repeated,
    Binary: repeated,
  },

  explain: {
    en: ({ operand, operator, result }) => ({
      message:
        result === ''
          ? `\`${operand}\` appears twice among the operands of \`${operator}\``
          : `\`${operand} ${operator} ${operand}\` is ${result}, whatever the value`,
      why: 'The second one adds nothing. It was most likely copied, and the name in the copy was never changed.',
      remedy: 'Name the value that was meant the second time, or delete the repetition.',
      fix: 'Delete the repetition',
    }),
    es: ({ operand, operator, result }) => ({
      message:
        result === ''
          ? `\`${operand}\` aparece dos veces entre los operandos de \`${operator}\``
          : `\`${operand} ${operator} ${operand}\` siempre da ${result}, sea cual sea el valor`,
      why: 'El segundo no aporta nada. Lo más probable es que se copiara y que en la copia se olvidara cambiar el nombre.',
      remedy: 'Pon la segunda vez el valor que querías usar o elimina la repetición.',
      fix: 'Eliminar la repetición',
    }),
  },

  examples: {
    invalid: [
      fixes(py`ready = loaded and «loaded»`, py`ready = loaded`),
      fixes(
        py`
        if isinstance(x, str) or is_path(x) or «isinstance(x, str)»:
            read(x)
      `,
        py`
        if isinstance(x, str) or is_path(x):
            read(x)
      `,
      ),
      fixes(py`mode = READ | WRITE | «READ»`, py`mode = READ | WRITE`),
      fixes(
        py`
        if user and user.active and «user»:
            greet(user)
      `,
        py`
        if user and user.active:
            greet(user)
      `,
      ),
      py`width = «right.x - right.x»`,
      py`ratio = «total // total»`,
      fixes(js`const ok = user.id && «user.id»`, js`const ok = user.id`),
      fixes(js`const name = a.name ?? b.name ?? «a.name»`, js`const name = a.name ?? b.name`),
      js`const mask = «bits ^ bits»`,
      fixes(
        ts`if (s.startsWith('a') || s.startsWith('b') || «s.startsWith('a')») run()`,
        ts`if (s.startsWith('a') || s.startsWith('b')) run()`,
      ),
      ts`const rest = «size % size»`,
      fixes(
        rs`fn f(a: Point, b: Point) -> bool { a.x == b.x && «a.x == b.x» }`,
        rs`fn f(a: Point, b: Point) -> bool { a.x == b.x }`,
      ),
      rs`fn f(r: Rect) -> u32 { «r.left - r.left» }`,
    ],
    valid: [
      js`hash = (hash << 5) - hash + code; hash = hash & hash`,
      py`ready = loaded and parsed`,
      py`pair = read() or read()`,
      py`area = side * side`,
      py`double = x + x`,
      py`mask = 1 | 1`,
      py`length = sqrt(vector & vector)`,
      py`flag = 1 << 1`,
      py`text = "%s" % "%s"`,
      py`
        def is_finite(x):
            """inf - inf is nan"""
            return x - x == 0
      `,
      py`rest = rows[1:] - rows[:1]`,
      py`ok = match(x) and advance() and match(x)`,
      at('tests/test_sets.py', py`assert a - a == set()`),
      js`const both = queue.shift() || queue.shift()`,
      js`const whole = x | 0`,
      js`const next = i++ || i++`,
      js`const ok = seen && check() && (seen = false, seen)`,
      js`const zero = 1 - 1`,
      js`const home = typeof global === 'object' && global && global.Object === Object && global`,
      ts`const ok = a && b || a && c`,
      ts`const either = state.done || (await state.step(), state.done)`,
      rs`fn f(p: &mut Parser) -> bool { p.eat(COMMA) || p.eat(COMMA) }`,
      rs`fn f(a: u32, b: u32) -> u32 { a - b }`,
      rs`fn f(a: Column) { let _ = &a - &a; }`,
      at('tests/test_parse.py', py`check(lambda x: x and x and x.date())`),
    ],
  },
})

/** What an operator gives for two equal operands; empty when it gives the operand itself. */
const RESULTS: Readonly<Record<string, string>> = {
  '&&': '',
  '||': '',
  '??': '',
  and: '',
  or: '',
  '&': '',
  '|': '',
  '-': '0',
  '^': '0',
  '%': '0',
  '/': '1',
  '//': '1',
}

function repeated(node: SyntaxNode, file: SourceFile) {
  const right = node.child('right')
  const left = node.child('left')
  if (!left || !right || isLiteral(right)) return undefined
  const { operator } = node
  const result = RESULTS[operator]
  if (result === undefined) return undefined
  if (result !== '') return left.same(right) ? fixedResult(node, right, operator, result, file) : undefined
  return repetition(node, left, right, operator, file)
}

function* fixedResult(
  node: SyntaxNode,
  operand: SyntaxNode,
  operator: string,
  result: string,
  file: SourceFile,
) {
  if (isExperiment(file) || !isRepeatable(file, operand) || speaksOfNaN(node) || isDiscarded(node)) return
  yield { at: node, data: { operand: excerpt(operand.unwrapped), operator, result } }
}

/** The right operand, if one of the operands before it in the chain is the same. */
function* repetition(
  node: SyntaxNode,
  left: SyntaxNode,
  right: SyntaxNode,
  operator: string,
  file: SourceFile,
) {
  const first = earlier(node, left, right)
  if (!first || !isRepeatable(file, node) || isOverloaded(operator, right, file)) return
  if (file.isTest && isGivenAway(node)) return
  if (isResult(node, left, right, first) || cutsToInteger(node, operator)) return
  yield {
    at: right,
    data: { operand: excerpt(right.unwrapped), operator, result: '' },
    related: [first],
    fix: { safety: 'unsafe' as const, edits: () => withoutRight(left, right) },
  }
}

/** `hash = hash & hash` cuts a number of JavaScript to 32 bits. */
function cutsToInteger(node: SyntaxNode, operator: string): boolean {
  const target = node.parent?.kind === 'Assignment' ? node.parent.child('target') : undefined
  return /^[&|]$/.test(operator) && target !== undefined && (node.child('left')?.same(target) ?? false)
}

/** `let _ = a - a;` asks whether it can be computed at all. */
function isDiscarded(node: SyntaxNode): boolean {
  const { parent } = node
  return parent?.kind === 'Declarator' && parent.child('target')?.text === '_'
}

/** In a test, a function that is only an expression is what the test is fed with. */
function isGivenAway(node: SyntaxNode): boolean {
  const home = node.function
  return home?.role === 'argument' && home.child('body')?.kind !== 'Block'
}

function earlier(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode): SyntaxNode | undefined {
  const { operator } = node
  const wanted = right.unwrapped
  let it = left
  for (let steps = 0; steps < LONGEST; steps++) {
    const chained = it.kind === node.kind && it.operator === operator
    const operand = chained ? it.child('right') : it
    if (operand?.unwrapped.same(wanted)) return operand
    const next = chained ? it.child('left') : undefined
    if (!next) return undefined
    it = next
  }
  return undefined
}

/** Longer chains are generated; looking back over all of each would take quadratic time. */
const LONGEST = 40

/** A comment between the two belongs to one of them; a person has to say to which. */
function withoutRight(left: SyntaxNode, right: SyntaxNode): TextEdit[] {
  const edit = between(left, right, '')
  const gap = left.tree.text.slice(edit.start, edit.end)
  return /#|\/\/|\/\*/.test(gap) ? [] : [{ ...edit, end: right.end }]
}

/** `global && global.Object === Object && global` gives the value that the others have tested. */
function isResult(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode, first: SyntaxNode): boolean {
  if (connective(node) !== '&&' || right.unwrapped.is('Comparison', 'Not')) return false
  const isNext = first.row === left.row || first.row === left.child('right')?.row
  return !isNext && !isAskedForTruth(node)
}

/** In Python `&` and `|` may be anything, a product of vectors for example; between constants they join flags. */
function isOverloaded(operator: string, operand: SyntaxNode, file: SourceFile): boolean {
  if (operator !== '&' && operator !== '|') return false
  if (file.isTest) return true
  return file.language === 'python' && !/(^|\.)[A-Z][A-Z0-9_]+$/.test(operand.unwrapped.text)
}

/** `0 | 0` and `1 - 1` are written out on purpose. */
function isLiteral(node: SyntaxNode): boolean {
  return node.unwrapped.is('Number', 'String', 'Boolean', 'Null', 'Undefined', 'Concatenation')
}
