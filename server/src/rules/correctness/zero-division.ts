/** Dividing by a zero that is plain to see fails every time it runs. */

import { excerpt } from '../../semantics/excerpt.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExpectedToFail } from '../support/deliberate.ts'

export default defineRule({
  id: 'correctness/zero-division',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [369],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Binary: division,
    AugmentedAssignment: division,
  },

  explain: {
    en: ({ expression, fails }) => ({
      message: `\`${expression}\` divides by zero`,
      why: fails
        ? 'Whenever control comes here, the program fails.'
        : 'The result is `NaN`, which spreads silently through every calculation that it touches.',
      remedy: 'Divide by the value that was meant, or handle zero before the division.',
    }),
    es: ({ expression, fails }) => ({
      message: `\`${expression}\` divide entre cero`,
      why: fails
        ? 'Cada vez que la ejecución llega aquí, el programa falla.'
        : 'El resultado es `NaN`, que se extiende sin avisar por todos los cálculos en los que entra.',
      remedy: 'Divide entre el valor que querías o trata el cero antes de dividir.',
    }),
  },

  examples: {
    invalid: [
      py`mean = «total / 0»`,
      py`
        def f(total):
            count = 0
            return «total // count»
      `,
      py`
        def f(total):
            «total /= 0»
            return total
      `,
      py`rest = «len(xs) % 0»`,
      js`const rest = «n % 0»`,
      js`let n = 5; «n %= 0»`,
      ts`const half = «big / 0n»`,
      rs`fn f(n: u32) -> u32 { «n / 0» }`,
      rs`fn f(n: u32) -> u32 { «n % 0u32» }`,
    ],
    valid: [
      py`mean = total / 1`,
      // Somebody wants an exception.
      py`1 / 0`,
      py`
        try:
            mean = total / 0
        except ZeroDivisionError:
            mean = None
      `,
      py`
        def f():
            with pytest.raises(ZeroDivisionError):
                total / 0
      `,
      at('tests/test_math.py', py`limit = x / 0`),
      py`
        def f(total):
            count = 0
            return total / count if count else None
      `,
      py`text = "%d items" % 0`,
      py`text = template % 0`,
      py`
        def f(xs):
            count = 0
            for x in xs: count += 1
            return total / count
      `,
      js`const infinite = 1 / 0`,
      js`const infinite = n / 0`,
      js`const rest = n % 2`,
      ts`const zero = 0 / n`,
      rs`fn f(n: f64) -> f64 { n / 0.0 }`,
      rs`fn f(n: u32, m: u32) -> u32 { n / m }`,
      rs`
        #[test]
        #[should_panic]
        fn fails() { one() / 0; }
      `,
    ],
  },
})

function division(node: SyntaxNode, file: SourceFile) {
  const operator = node.operator.replace(/=$/, '')
  if (operator !== '/' && operator !== '%' && operator !== '//') return undefined
  const dividend = node.child('left') ?? node.child('target')
  const divisor = node.child('right') ?? node.child('value')
  if (!dividend || !divisor?.unwrapped.is('Number', 'Name')) return undefined
  return byZero(node, dividend, operator, divisor, file)
}

function* byZero(
  node: SyntaxNode,
  dividend: SyntaxNode,
  operator: string,
  divisor: SyntaxNode,
  file: SourceFile,
) {
  const value = file.constant(divisor)
  if (value?.kind !== 'number' || value.value !== 0) return
  // `1 / 0` is the shortest way to raise an exception, and to write infinity.
  if (file.constant(dividend) || !isDivision(dividend, operator, divisor, file)) return
  if (file.isTest || isExpectedToFail(node) || (divisor.kind === 'Name' && isGuarded(node, divisor))) return
  const isScript = file.language === 'javascript' || file.language === 'typescript'
  yield {
    at: node,
    data: { expression: excerpt(node), fails: !isScript || file.value(divisor).text.endsWith('n') },
  }
}

/** `total / count if count else 0` */
function isGuarded(node: SyntaxNode, divisor: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class', 'Module')) return false
    const test = it.kind === 'Logical' ? it.child('left') : it.child('condition')
    if (test && [test, ...test.descendants('Name')].some(name => name.same(divisor))) return true
  }
  return false
}

/** Where zero makes it fail, or makes no sense: JavaScript's and floating-point infinities are a result like another. */
function isDivision(dividend: SyntaxNode, operator: string, divisor: SyntaxNode, file: SourceFile): boolean {
  const literal = file.value(divisor).text
  switch (file.language) {
    case 'python':
      // `text % 0` formats.
      return operator !== '%' || guessType(file, dividend) === 'number'
    case 'rust':
      return !/[.f]/.test(literal.replace(/^0x/, ''))
    default:
      return operator === '%' || literal.endsWith('n')
  }
}
