/** `typeof` gives one of eight words; compared with anything else, the answer is known in advance. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

const WORDS = ['undefined', 'object', 'boolean', 'number', 'string', 'function', 'symbol', 'bigint']

/** What people call these types elsewhere. */
const ALIASES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  str: 'string',
  int: 'number',
  integer: 'number',
  float: 'number',
  double: 'number',
  num: 'number',
  func: 'function',
  void: 'undefined',
  dict: 'object',
}

export default defineRule({
  id: 'correctness/invalid-typeof',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [570, 571],
  concept: 'equality',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Comparison(node, file) {
      const left = node.child('left')?.unwrapped
      const right = node.child('right')?.unwrapped
      if (!left || !right) return undefined
      const asked = isTypeof(left) ? left : isTypeof(right) ? right : undefined
      if (!asked || !/^[=!]==?$/.test(node.operator)) return undefined
      return compared(file, asked, asked.row === left.row ? right : left)
    },
    *Switch(node, file) {
      const asked = node.child('subject')?.unwrapped
      if (!asked || !isTypeof(asked)) return
      for (const it of node.children('case')) {
        const pattern = it.child('pattern')
        if (pattern) yield* compared(file, asked, pattern)
      }
    },
  },

  explain: {
    en: ({ asked, compared, meant }) => ({
      message: `\`${asked}\` is never \`${compared}\``,
      why: "`typeof` gives one of eight words, such as `'string'` or `'object'`, and this is none of them. The comparison has the same result for every value, so one of the branches behind it is dead.",
      remedy: meant
        ? `Compare with \`'${meant}'\`.`
        : 'Compare with one of those words. An array is recognised with `Array.isArray`, and `null` with `=== null`.',
      fix: `Compare with \`'${meant}'\``,
    }),
    es: ({ asked, compared, meant }) => ({
      message: `\`${asked}\` nunca es \`${compared}\``,
      why: "`typeof` da una de ocho palabras, como `'string'` u `'object'`, y esta no es ninguna de ellas. La comparación tiene el mismo resultado con cualquier valor, así que una de las ramas que dependen de ella está muerta.",
      remedy: meant
        ? `Compara con \`'${meant}'\`.`
        : 'Compara con una de esas palabras. Un array se reconoce con `Array.isArray` y `null` con `=== null`.',
      fix: `Comparar con \`'${meant}'\``,
    }),
  },

  examples: {
    invalid: [
      fixes(js`if (typeof x === «'strnig'») f()`, js`if (typeof x === 'string') f()`),
      fixes(ts`if (typeof x !== «"Function"») f()`, ts`if (typeof x !== "function") f()`),
      fixes(js`if (typeof x === «undefined») f()`, js`if (typeof x === 'undefined') f()`),
      fixes(js`const y = «'nubmer'» == typeof (x)`, js`const y = 'number' == typeof (x)`),
      fixes(ts`const y = typeof x == «String»`, ts`const y = typeof x == 'string'`),
      fixes(js`typeof x === «\`bool\`»`, js`typeof x === 'boolean'`),
      fixes(
        ts`switch (typeof x) { case 'string': f(); break; case «'int'»: g() }`,
        ts`switch (typeof x) { case 'string': f(); break; case 'number': g() }`,
      ),
      fixes(
        js`if (typeof x === 'string' || (typeof x === «'String'»)) f()`,
        js`if (typeof x === 'string' || (typeof x === 'String')) f()`,
      ),
      fixes(
        js`if (typeof x === 'string' || typeof y === «'String'») f()`,
        js`if (typeof x === 'string' || typeof y === 'string') f()`,
      ),
      ts`typeof x == «'array'»`,
      js`typeof x === «'null'»`,
      js`typeof x === «null»`,
      js`typeof x === «''»`,
      js`typeof x === «Array»`,
    ],
    valid: [
      js`typeof x === 'string' || typeof x == "undefined" || 'bigint' !== typeof x`,
      js`typeof x === typeof y`,
      ts`function f(x: unknown, type: string) { return typeof x === type }`,
      ts`const STRING = 'string'; typeof x === STRING`,
      js`const undefined_ = 'undefined'; typeof x === undefined_`,
      js`import String from './string-type.js'; typeof x === String`,
      ts`let x: typeof y`,
      js`switch (typeof x) { case 'string': f(); break; default: g() }`,
      js`typeof x < 'strnig'`,
      js`typeof event.returnValue !== 'unknown'`,
    ],
  },
})

function isTypeof(node: SyntaxNode): boolean {
  return node.kind === 'Unary' && node.operator === 'typeof'
}

function* compared(file: SourceFile, asked: SyntaxNode, other: SyntaxNode) {
  const word = wrongWord(file, other)
  if (word === undefined) return
  const nearby = nearest(word)
  // `typeof x === 'string' || typeof x === 'String'`: that word is there already.
  const meant = isAsked(file, asked, nearby) ? '' : nearby
  yield {
    at: other,
    data: { asked: excerpt(asked), compared: excerpt(other), meant },
    ...(meant && {
      fix: {
        safety: 'safe' as const,
        edits: () => {
          const quote = other.text.startsWith('"') ? '"' : "'"
          return [replace(other, quote + meant + quote)]
        },
      },
    }),
  }
}

/** The same question about the same thing stands next to it. */
function isAsked(file: SourceFile, asked: SyntaxNode, word: string): boolean {
  let chain = asked.closest('Comparison', 'Switch')
  if (!word || chain?.kind !== 'Comparison') return false
  while (chain.parent?.is('Logical', 'Parenthesized')) chain = chain.parent
  for (const it of chain.descendants('Comparison')) {
    const sides = it.children().map(side => side.unwrapped)
    const isSame = sides.some(side => side.row !== asked.row && side.same(asked))
    if (isSame && sides.some(side => side.kind === 'String' && file.constant(side)?.value === word))
      return true
  }
  return false
}

/** What is compared with, when it is nothing that \`typeof\` gives. */
function wrongWord(file: SourceFile, node: SyntaxNode): string | undefined {
  if (node.kind === 'String') {
    const value = file.constant(node)
    // Old versions of Internet Explorer answered 'unknown', and code that asks for it means that.
    if (value?.kind !== 'string' || value.value === 'unknown') return undefined
    return WORDS.includes(value.value) ? undefined : value.value
  }
  if (node.is('Undefined', 'Null')) return node.text
  if (node.kind === 'Name' && BUILT_IN.test(node.name) && file.isFree(node)) return node.name
  return undefined
}

const BUILT_IN = /^(String|Number|Boolean|Function|Object|Symbol|BigInt|Array)$/

/** The word that was meant; empty when it could be any, or none. */
function nearest(word: string): string {
  const lower = word.trim().toLowerCase()
  if (Object.hasOwn(ALIASES, lower)) return ALIASES[lower]!
  return lower.length < 4 ? '' : (WORDS.find(it => distance(it, lower) <= (it.length > 6 ? 2 : 1)) ?? '')
}

/** How many letters are to be changed, added, left out or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
