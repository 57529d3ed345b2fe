/** Two tests of one value that cannot both hold, or cannot both fail: together they have only one answer. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { comparisonsIn, connective, mirrored } from '../support/conditions.ts'
import { isRepeatable } from '../support/effects.ts'

export default defineRule({
  id: 'correctness/contradictory-condition',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [570, 571],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Logical: contradiction,
    Comparison: impossibleRange,
  },

  explain: {
    en: ({ first, second, truth, other }) => {
      if (second === '')
        return {
          message: `\`${first}\` is never true: no number lies between these bounds`,
          why: 'The lower bound is above the upper one, so the condition lets nothing through.',
          remedy: 'Correct one of the bounds, or the direction of one of the comparisons.',
        }
      return {
        message: `\`${first}\` and \`${second}\` ${truth ? 'cannot both be false, so this is always true' : 'cannot both be true, so this is always false'}`,
        why: truth
          ? 'Whatever the value is, at least one of the two holds, so the condition lets everything through.'
          : 'Whatever the value is, at least one of the two fails, so the condition lets nothing through.',
        remedy: truth
          ? `If both must hold, join them with \`${other}\`. Otherwise correct one of the two.`
          : `If one of them is enough, join them with \`${other}\`. Otherwise correct one of the two.`,
        fix: `Join them with \`${other}\``,
      }
    },
    es: ({ first, second, truth, other }) => {
      if (second === '')
        return {
          message: `\`${first}\` nunca se cumple: no hay ningún número entre esos límites`,
          why: 'El límite inferior está por encima del superior, así que la condición no deja pasar nada.',
          remedy: 'Corrige uno de los límites o el sentido de una de las comparaciones.',
        }
      return {
        message: `\`${first}\` y \`${second}\` ${truth ? 'no pueden ser falsas a la vez, así que esto siempre es verdadero' : 'no pueden cumplirse a la vez, así que esto siempre es falso'}`,
        why: truth
          ? 'Sea cual sea el valor, se cumple al menos una de las dos, así que la condición lo deja pasar todo.'
          : 'Sea cual sea el valor, falla al menos una de las dos, así que la condición no deja pasar nada.',
        remedy: truth
          ? `Si deben cumplirse las dos, únelas con \`${other}\`. Si no, corrige una de las dos.`
          : `Si basta con que se cumpla una, únelas con \`${other}\`. Si no, corrige una de las dos.`,
        fix: `Unirlas con \`${other}\``,
      }
    },
  },

  examples: {
    invalid: [
      fixes(py`ok = «kind != "a" or kind != "b"»`, py`ok = kind != "a" and kind != "b"`),
      fixes(py`ok = «kind == "a" and kind == "b"»`, py`ok = kind == "a" or kind == "b"`),
      fixes(py`outside = «n < 1 and n > 10»`, py`outside = n < 1 or n > 10`),
      fixes(py`inside = «n > 1 or n < 10»`, py`inside = n > 1 and n < 10`),
      py`empty = «10 < n < 1»`,
      py`ok = «kind is None and ready and kind is not None»`,
      py`never = «ready and not ready»`,
      fixes(js`if («k !== 'a' || k !== 'b'») run()`, js`if (k !== 'a' && k !== 'b') run()`),
      js`if («a && a.n === 1 && (a.n === 2)») run()`,
      fixes(js`const ok = «x !== null || x !== undefined»`, js`const ok = x !== null && x !== undefined`),
      js`const all = «ready || !ready»`,
      ts`if («0 > n && n >= 0») run()`,
      fixes(ts`if («0 > n && n >= 9») run()`, ts`if (0 > n || n >= 9) run()`),
      ts`if («n === 5 && n > 9») run()`,
      fixes(rs`fn f(n: i32) -> bool { «n != 1 || n != 2» }`, rs`fn f(n: i32) -> bool { n != 1 && n != 2 }`),
      rs`fn f(n: i32) -> bool { «n < 0 && n > 0» }`,
    ],
    valid: [
      py`ok = kind != "a" and kind != "b"`,
      py`ok = kind == "a" or kind == "b"`,
      py`ok = n > 1 and n < 10`,
      py`ok = 1 < n < 10`,
      py`ok = n < 1 or n > 10`,
      py`ok = n >= 1 and n <= 1`,
      py`ok = next(it) == 1 and next(it) == 2`,
      py`ok = a.kind == "a" and b.kind == "b"`,
      py`ok = token == "a" and advance() and self.token == "b"`,
      py`ok = n == 1 and n == 1.0`,
      py`ok = kind == "a" and kind == b"a"`,
      js`if (x != null || x != undefined) run()`,
      js`if (read() === 1 && read() === 2) run()`,
      js`if (n == '1' && n == 1) run()`,
      js`if (s.n === 1 && step() && s.n === 2) run()`,
      js`if (x === a && x === b) run()`,
      js`const isNumber = n < 0 || n >= 0`,
      ts`const bit = (n & 1) === 0 && (n & 2) === 2`,
      ts`if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') run()`,
      rs`fn f(n: i32) -> bool { n != 1 && n != 2 }`,
      rs`fn f(n: f64) -> bool { n > 0.0 || n < 0.0 }`,
    ],
  },
})

/** A test of one expression against a constant, or of its truth. */
interface Test {
  readonly subject: SyntaxNode
  /** `=`, `!`, `<`, `<=`, `>`, `>=`; `true` and `false` when the expression itself is the condition. */
  readonly relation: string
  readonly value: number | string | null | undefined
  readonly node: SyntaxNode
}

/** Chains longer than this are generated. */
const LONGEST = 40

/** The right operand against each operand before it in the chain. */
function* contradiction(node: SyntaxNode, file: SourceFile) {
  const of = connective(node)
  if (of !== '&&' && of !== '||') return
  const right = node.child('right')
  const second = right && testIn(right, file)
  if (!second) return
  let it = node.child('left')
  for (let steps = 0; it && steps < LONGEST; steps++) {
    const inner: SyntaxNode = it.unwrapped
    const chained = connective(inner) === of
    const operand: SyntaxNode | undefined = chained ? inner.child('right') : inner
    const first = operand && testIn(operand, file)
    if (first && clash(first, second, of) && first.subject.same(second.subject)) {
      if (isRepeatable(file, node))
        yield {
          at: node,
          data: {
            first: excerpt(first.node),
            second: excerpt(second.node),
            truth: of === '||',
            other: SWAPPED[node.operator] ?? '',
          },
          fix: { safety: 'unsafe' as const, edits: () => swapOperator(node, first, second) },
        }
      return
    }
    it = chained ? inner.child('left') : undefined
  }
}

function testIn(operand: SyntaxNode, file: SourceFile): Test | undefined {
  const node = operand.unwrapped
  if (node.kind === 'Not') {
    const inner = node.child('operand')?.unwrapped
    return inner?.is('Name', 'Member', 'Call')
      ? { subject: inner, relation: 'false', value: undefined, node }
      : undefined
  }
  if (node.is('Name', 'Member', 'Call')) return { subject: node, relation: 'true', value: undefined, node }
  if (node.kind !== 'Comparison') return undefined
  const [pair, ...more] = comparisonsIn(node)
  if (!pair || more.length > 0) return undefined
  const { left, operator, right } = pair
  const relation = RELATIONS[operator]
  if (!relation) return undefined
  const value = constantOf(right, operator, file)
  if (value !== undefined) return { subject: left.unwrapped, relation, value, node }
  const other = constantOf(left, operator, file)
  return other === undefined
    ? undefined
    : { subject: right.unwrapped, relation: RELATIONS[mirrored(operator)]!, value: other, node }
}

const RELATIONS: Readonly<Record<string, string>> = {
  '==': '=',
  '===': '=',
  is: '=',
  '!=': '!',
  '!==': '!',
  'is not': '!',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** A literal. JavaScript's `undefined` reads as the text `undefined` of another kind than any string. */
function constantOf(node: SyntaxNode, operator: string, file: SourceFile): Test['value'] {
  const it = node.unwrapped
  const isLoose = operator === '==' || operator === '!='
  const isScript = file.language === 'javascript' || file.language === 'typescript'
  // Loosely, null equals undefined.
  if (it.is('Null', 'Undefined')) return isLoose && isScript ? undefined : it.kind === 'Null' ? null : NOTHING
  if (!it.is('String', 'Number', 'Unary') || /^[rR]?[bB]/.test(it.text)) return undefined
  const constant = file.constant(it)
  return constant?.kind === 'string'
    ? `"${constant.value}`
    : constant?.kind === 'number'
      ? constant.value
      : undefined
}

const NOTHING = 'undefined'

/** The two tests can never both be true (under `and`), or never both be false (under `or`). */
function clash(first: Test, second: Test, of: '&&' | '||'): boolean {
  const a = of === '&&' ? first.relation : NEGATED[first.relation]!
  const b = of === '&&' ? second.relation : NEGATED[second.relation]!
  if (a === 'true' || a === 'false') return (b === 'true' || b === 'false') && a !== b
  if (b === 'true' || b === 'false' || first.value === undefined || second.value === undefined) return false
  if (a === '=' && b === '=') return areDifferent(first.value, second.value)
  if ((a === '=' && b === '!') || (a === '!' && b === '=')) return first.value === second.value
  if (typeof first.value !== 'number' || typeof second.value !== 'number' || a === '!' || b === '!')
    return false
  const one = bounds(a, first.value)
  const two = bounds(b, second.value)
  // `n < 0 || n >= 0` is how some ask whether n is a number at all.
  if (of === '||' && first.value === second.value) return false
  const low = Math.max(one.low, two.low)
  const high = Math.min(one.high, two.high)
  if (low !== high) return low > high
  return [one, two].some(it => it.isOpen && (it.low === low || it.high === low))
}

const NEGATED: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  '=': '!',
  '!': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/** A number never equals a text, but a comparison of the two says that types are not what they seem. */
function areDifferent(a: Test['value'], b: Test['value']): boolean {
  return a !== b && (typeof a === typeof b || a === null || b === null || a === NOTHING || b === NOTHING)
}

function bounds(relation: string, value: number) {
  const isOpen = relation === '<' || relation === '>'
  if (relation === '=') return { low: value, high: value, isOpen: false }
  return relation.startsWith('<')
    ? { low: Number.NEGATIVE_INFINITY, high: value, isOpen }
    : { low: value, high: Number.POSITIVE_INFINITY, isOpen }
}

/** Only where nothing else is joined to the two, so that precedence cannot change what the rest means. */
function swapOperator(node: SyntaxNode, first: Test, second: Test): TextEdit[] {
  const operator = node.child('operator')
  if (!operator || node.parent?.kind === 'Logical' || first.value === undefined || second.value === undefined)
    return []
  if (node.child('left')?.unwrapped.row !== first.node.row) return []
  return [replace(operator, SWAPPED[operator.text] ?? operator.text)]
}

const SWAPPED: Readonly<Record<string, string>> = { '&&': '||', '||': '&&', and: 'or', or: 'and' }

/** Python's `10 < n < 1`. */
function* impossibleRange(node: SyntaxNode, file: SourceFile) {
  if (file.language !== 'python' || !node.child('next')) return
  const [first, second, ...more] = comparisonsIn(node)
  if (!first || !second || more.length > 0) return
  const low = file.constant(first.left)
  const high = file.constant(second.right)
  if (low?.kind !== 'number' || high?.kind !== 'number') return
  const upwards = /^<=?$/.test(first.operator) && /^<=?$/.test(second.operator) && low.value > high.value
  const downwards = /^>=?$/.test(first.operator) && /^>=?$/.test(second.operator) && low.value < high.value
  if (upwards || downwards)
    yield { at: node, data: { first: excerpt(node), second: '', truth: false, other: '' } }
}
