/** Bits and comparisons without parentheses: the language groups them otherwise than the eye does. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { comparisonsIn } from '../support/conditions.ts'

export default defineRule({
  id: 'correctness/bitwise-precedence',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [783],
  concept: 'operator-precedence',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Binary(node, file) {
      return file.language === 'python' || !isBitwise(node) ? undefined : comparedFirst(node)
    },
    Comparison(node, file) {
      return file.language === 'python' && node.child('next') ? masksBetween(node, file) : undefined
    },
  },

  explain: {
    en: ({ operator, read, meant, word }) => ({
      message: `This is read as \`${read}\``,
      why: `\`${operator}\` and the comparison are not grouped the way they look, so the condition asks something else than it seems to.`,
      remedy: word
        ? `Join the two conditions with \`${word}\`: \`${meant}\`.`
        : `Put parentheses around what belongs together: \`${meant}\`.`,
      fix: word ? `Write \`${word}\`` : 'Put parentheses around what belongs together',
    }),
    es: ({ operator, read, meant, word }) => ({
      message: `Esto se lee como \`${read}\``,
      why: `\`${operator}\` y la comparación no se agrupan como parece a simple vista, así que la condición pregunta otra cosa.`,
      remedy: word
        ? `Une las dos condiciones con \`${word}\`: \`${meant}\`.`
        : `Encierra entre paréntesis lo que va junto: \`${meant}\`.`,
      fix: word ? `Escribir \`${word}\`` : 'Encerrar entre paréntesis lo que va junto',
    }),
  },

  examples: {
    invalid: [
      fixes(js`if («flags & MASK !== 0») run()`, js`if ((flags & MASK) !== 0) run()`),
      fixes(js`const odd = «n & 1 == 1»`, js`const odd = (n & 1) == 1`),
      fixes(js`if («0 !== flags & MASK») run()`, js`if (0 !== (flags & MASK)) run()`),
      fixes(ts`const same = «a ^ b === c»`, ts`const same = (a ^ b) === c`),
      fixes(ts`if («this.mode | READ == ALL») run()`, ts`if ((this.mode | READ) == ALL) run()`),
      fixes(
        py`old = people[«people.age > 30 & people.name == "Ann"»]`,
        py`old = people[(people.age > 30) & (people.name == "Ann")]`,
      ),
      fixes(py`rows = df[«df["a"] == 1 | df["b"] == 2»]`, py`rows = df[(df["a"] == 1) | (df["b"] == 2)]`),
      fixes(py`both = «a > 1 & b < 2»`, py`both = (a > 1) & (b < 2)`),
      fixes(py`if «len(a) == 3 & len(b) == 3»: f()`, py`if len(a) == 3 and len(b) == 3: f()`),
    ],
    valid: [
      js`if ((flags & MASK) !== 0) run()`,
      js`if (flags & MASK && n === 0) run()`,
      js`const both = (a === 1) & (b === 2)`,
      js`const both = a > 1 & b < 2`,
      js`const all = !seen & a === b`,
      js`ok &= a === b`,
      js`const n = (a === b) | 0`,
      ts`const mask = a & b | c`,
      ts`const ready = isReady() & (n === 1)`,
      // Python binds bits tighter than comparisons.
      py`if flags & MASK == 0: pass`,
      py`if mode == READ | WRITE: pass`,
      py`if 0 <= n & 0xff < 10: pass`,
      py`if low < x & mask < high: pass`,
      py`assert union(a, b) == a | b == b | a`,
      py`assert True & a == a & True == a`,
      py`rows = df[(df.a == 1) & (df.b == 2)]`,
    ],
  },
})

function isBitwise(node: SyntaxNode): boolean {
  const { operator } = node
  return operator === '&' || operator === '|' || operator === '^'
}

/** JavaScript: `flags & MASK !== 0` compares first. Two comparisons joined by `&` are an eager `&&`, and meant so. */
function* comparedFirst(node: SyntaxNode) {
  const left = node.child('left')
  const right = node.child('right')
  const operator = node.child('operator')
  if (!left || !right || !operator) return
  const isRight = right.kind === 'Comparison'
  const comparison = isRight ? right : left.kind === 'Comparison' ? left : undefined
  if (!comparison || givesBoolean(isRight ? left : right)) return
  const near = comparison.child(isRight ? 'left' : 'right')
  const far = comparison.child(isRight ? 'right' : 'left')
  const sign = comparison.operator
  if (!near || !far || near.kind === 'Comparison' || /^[a-z]/.test(sign)) return
  const masked = isRight
    ? `(${excerpt(left)} ${operator.text} ${excerpt(near)})`
    : `(${excerpt(near)} ${operator.text} ${excerpt(right)})`
  yield {
    at: node,
    data: {
      operator: operator.text,
      read: isRight
        ? `${excerpt(left)} ${operator.text} (${excerpt(right)})`
        : `(${excerpt(left)}) ${operator.text} ${excerpt(right)}`,
      meant: isRight ? `${masked} ${sign} ${excerpt(far)}` : `${excerpt(far)} ${sign} ${masked}`,
      word: '',
    },
    fix: {
      safety: 'safe' as const,
      edits: () => (isRight ? parenthesize(node.start, near.end) : parenthesize(near.start, node.end)),
    },
  }
}

/** Joined with a comparison by `&`, such a value makes an eager `&&`. */
function givesBoolean(node: SyntaxNode): boolean {
  const it = node.unwrapped
  return (
    it.is('Comparison', 'Not', 'Boolean', 'Logical', 'Call') ||
    (it.kind === 'Binary' && isBitwise(it) && it.has('Comparison', 'Not'))
  )
}

/** Python: `a == 1 & b == 2` is the chain `a == (1 & b) == 2`, which NumPy and pandas users mean as two conditions. */
function* masksBetween(node: SyntaxNode, file: SourceFile) {
  const [first, second, ...more] = comparisonsIn(node)
  if (!first || !second || more.length > 0) return
  const middle = first.right
  if (middle.kind !== 'Binary' || (middle.operator !== '&' && middle.operator !== '|')) return
  const left = middle.child('left')
  const right = middle.child('right')
  const sign = middle.child('operator')
  if (!left || !right || !sign || file.constant(first.left) || !endsCondition(left) || isLiteral(right))
    return
  const isOfNumbers = isLength(first.left, file) && isLength(right, file)
  const word = isOfNumbers ? (sign.text === '&' ? 'and' : 'or') : ''
  const one = `${excerpt(first.left)} ${first.operator} ${excerpt(left)}`
  const other = `${excerpt(right)} ${second.operator} ${excerpt(second.right)}`
  yield {
    at: node,
    data: {
      operator: sign.text,
      read: `${excerpt(first.left)} ${first.operator} (${excerpt(middle)}) ${second.operator} ${excerpt(second.right)}`,
      meant: word ? `${one} ${word} ${other}` : `(${one}) ${sign.text} (${other})`,
      word,
    },
    fix: {
      safety: 'safe' as const,
      edits: () =>
        word
          ? [replace(sign, word)]
          : [...parenthesize(node.start, left.end), ...parenthesize(right.start, node.end)],
    },
  }
}

/** Lengths have no elements to compare one by one: here `and` was meant. */
function isLength(node: SyntaxNode, file: SourceFile): boolean {
  const callee = node.kind === 'Call' ? node.child('callee') : undefined
  return callee?.name === 'len' && file.isFree(callee)
}

/** A mask is seldom a decimal number or a text: what stands before the operator ends a comparison. */
function endsCondition(left: SyntaxNode): boolean {
  return isLiteral(left) && !/^0[xb]/i.test(left.text)
}

function isLiteral(node: SyntaxNode): boolean {
  return node.is('Number', 'String', 'Boolean', 'Null')
}

function parenthesize(from: number, to: number): TextEdit[] {
  return [
    { start: from, end: from, newText: '(' },
    { start: to, end: to, newText: ')' },
  ]
}
