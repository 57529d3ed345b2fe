/** A length is never negative, so some comparisons with it have the same answer for every collection. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { comparisonsIn, mirrored } from '../support/conditions.ts'

export default defineRule({
  id: 'correctness/length-comparison',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [570, 571],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Comparison(node, file) {
      const pairs = comparisonsIn(node)
      // `0 <= len(a) <= limit` names a range from end to end.
      if (pairs.length > 1) return
      for (const { left, operator, right } of pairs) {
        const isLeft = isLength(left, file)
        if (!isLeft && !isLength(right, file)) continue
        const length = isLeft ? left : right
        const limit = isLeft ? right : left
        const relation = isLeft ? operator : mirrored(operator)
        const answer = answerFor(limit, relation, file)
        if (answer === undefined || asksWhetherThereIsOne(node, length)) continue
        const meant = file.constant(limit)?.value === 0 ? MEANT[operator] : undefined
        const sign = node.child('operator')
        yield {
          at: { start: left.start, end: right.end },
          data: { length: excerpt(length), relation, limit: limit.text, answer },
          ...(meant &&
            sign && {
              fix: { safety: 'unsafe' as const, edits: () => [replace(sign, spelled(meant, file))] },
            }),
        }
      }
    },
  },

  explain: {
    en: ({ length, relation, limit, answer }) => ({
      message: `\`${length} ${relation} ${limit}\` is always ${answer}: a length is never below zero`,
      why: 'The case of the empty collection, which this probably looks for, is treated like every other.',
      remedy:
        'Compare with the length that was meant: `> 0` for "there is something", `== 0` for "it is empty".',
      fix: 'Ask whether it is empty',
    }),
    es: ({ length, relation, limit, answer }) => ({
      message: `\`${length} ${relation} ${limit}\` siempre es ${answer ? 'verdadero' : 'falso'}: una longitud nunca es negativa`,
      why: 'El caso de la colección vacía, que es seguramente el que se busca, se trata como todos los demás.',
      remedy: 'Compara con la longitud que querías: `> 0` si debe haber algo, `== 0` si debe estar vacía.',
      fix: 'Preguntar si está vacía',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        if «len(items) >= 0»:
            send(items)
      `,
        py`
        if len(items) > 0:
            send(items)
      `,
      ),
      fixes(py`empty = «len(items) < 0»`, py`empty = len(items) == 0`),
      fixes(py`full = «0 <= len(items)»`, py`full = 0 < len(items)`),
      py`found = «len(items) != -1»`,
      fixes(js`if («items.length >= 0») send(items)`, js`if (items.length > 0) send(items)`),
      fixes(js`const empty = «items.length < 0»`, js`const empty = items.length === 0`),
      js`const none = «items.length === -1»`,
      fixes(ts`const full = «0 <= rows[0].length»`, ts`const full = 0 < rows[0].length`),
      fixes(rs`fn f(v: &[u8]) -> bool { «v.len() >= 0» }`, rs`fn f(v: &[u8]) -> bool { v.len() > 0 }`),
      rs`fn f(v: &[u8]) { while «v.len() as i32 > -1» { g(v) } }`,
    ],
    valid: [
      py`ok = 0 <= len(items) <= limit`,
      py`full = len(items) > 0`,
      py`empty = len(items) <= 0`,
      py`some = len(items) >= 1`,
      py`ok = items.find(x) >= 0`,
      py`
        def len(x): return -1
        odd = len(x) < 0
      `,
      js`const full = items.length > 0`,
      js`const found = items.indexOf(x) >= 0`,
      js`const valid = options.maxLength >= 0`,
      // Is it like an array? Then it has a length at all.
      js`const isList = x != null && typeof x.length === 'number' && x.length >= 0`,
      js`if (typeof x === 'string') read(decode(x)); else if (x.length >= 0) read(x)`,
      js`assert(list.length >= 0, 'must have a length')`,
      ts`const isList = value?.length >= 0`,
      ts`const isList = isObject(value) && value.length >= 0 && value.length < MAX`,
      rs`fn f(v: &[u8]) -> bool { v.len() > 0 }`,
      rs`fn f(r: &Range) -> bool { r.length() >= 0 }`,
    ],
  },
})

function isLength(node: SyntaxNode, file: SourceFile): boolean {
  if (file.language === 'python') {
    const callee = node.kind === 'Call' ? node.child('callee') : undefined
    return callee?.kind === 'Name' && callee.name === 'len' && file.isFree(callee)
  }
  if (file.language === 'rust') {
    const call = node.kind === 'Cast' ? node.child('value')?.unwrapped : node
    return (
      call?.kind === 'Call' &&
      calleeName(call) === 'len' &&
      !call.child('argument') &&
      call.child('callee')?.kind === 'Member'
    )
  }
  return node.kind === 'Member' && node.child('property')?.name === 'length' && !node.child('operator')
}

/** What the comparison of any length with this limit gives; undefined when it depends on the length. */
function answerFor(limit: SyntaxNode, relation: string, file: SourceFile): boolean | undefined {
  if (!limit.unwrapped.is('Number', 'Unary')) return undefined
  const value = file.constant(limit)
  if (value?.kind !== 'number' || value.value > 0) return undefined
  if (value.value === 0) return relation === '>=' ? true : relation === '<' ? false : undefined
  if (/^(>=?|!==?)$/.test(relation)) return true
  return /^(<=?|===?)$/.test(relation) ? false : undefined
}

/** What to put instead of the operator, from the side on which it stands. */
const MEANT: Readonly<Record<string, string>> = { '>=': '>', '<=': '<', '<': '==', '>': '==' }

function spelled(operator: string, file: SourceFile): string {
  const isScript = file.language === 'javascript' || file.language === 'typescript'
  return operator === '==' && isScript ? '===' : operator
}

/** In JavaScript `x.length >= 0` fails for what has no length; asserted or beside other questions, that is the point. */
function asksWhetherThereIsOne(node: SyntaxNode, length: SyntaxNode): boolean {
  if (length.kind !== 'Member') return false
  let whole: SyntaxNode = node
  while (whole.parent?.is('Logical', 'Parenthesized')) whole = whole.parent
  if (whole.role === 'argument') return true
  const object = length.child('object')
  if (object && isAskedForKind(whole, object)) return true
  if (whole.row === node.row) return false
  for (const it of whole.descendants('Member', 'Unary', 'Call')) {
    if (node.contains(it)) continue
    if (it.kind === 'Unary' && it.operator === 'typeof') return true
    if (it.kind === 'Member' && it.same(length)) return true
    if (it.kind === 'Call' && object && it.children('argument').some(argument => argument.same(object)))
      return true
  }
  return false
}

/** `if (typeof x === 'string') … else if (x.length >= 0) …`: what it is has been asked before, so it may be anything. */
function isAskedForKind(condition: SyntaxNode, object: SyntaxNode): boolean {
  let child = condition
  for (const it of condition.ancestors()) {
    if (it.is('Function', 'Module')) return false
    if (it.is('If', 'ElseIf', 'Conditional') && (child.role === 'alternative' || child.kind === 'ElseIf'))
      for (const asked of it.child('condition')?.descendants('Unary') ?? [])
        if (asked.operator === 'typeof' && asked.child('operand')?.same(object)) return true
    child = it
  }
  return false
}
