/** Comparing a value with itself has the same answer every time; another value was meant on one side. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { comparisonsIn } from '../support/conditions.ts'
import { isAboutEquality, isExperiment, speaksOfNaN } from '../support/deliberate.ts'
import { isRepeatable } from '../support/effects.ts'

export default defineRule({
  id: 'correctness/self-comparison',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [571, 570],
  concept: 'copy-and-paste',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Comparison(node, file) {
      for (const { left, operator, right } of comparisonsIn(node)) {
        const answer = ANSWERS[operator]
        if (answer === undefined || left.kind !== right.kind || !left.same(right)) continue
        if (!isValue(left) || !isRepeatable(file, left) || isDeliberate(node, file)) continue
        yield {
          at: { start: left.start, end: right.end },
          data: { expression: excerpt(left.unwrapped), operator, answer },
        }
      }
    },
  },

  explain: {
    en: ({ expression, operator, answer }) => ({
      message: `\`${expression} ${operator} ${expression}\` compares a value with itself, which is always ${answer}`,
      why: 'A question with only one answer decides nothing. Usually one side should name another variable, and the case that it was written for is never noticed.',
      remedy: 'Name the value that was meant on one of the two sides, or delete the comparison.',
    }),
    es: ({ expression, operator, answer }) => ({
      message: `\`${expression} ${operator} ${expression}\` compara un valor consigo mismo: siempre es ${answer ? 'verdadero' : 'falso'}`,
      why: 'Una pregunta con una única respuesta no decide nada. Lo habitual es que uno de los lados debiera nombrar otra variable, y el caso para el que se escribió pasa desapercibido.',
      remedy: 'Pon en uno de los dos lados el valor que querías comparar o elimina la comparación.',
    }),
  },

  examples: {
    invalid: [
      py`
        def is_new(user, other):
            return «user.id == user.id»
      `,
      py`
        if 0 < «low <= low»: pass
      `,
      py`valid = «start < start»`,
      py`if «items[i] >= items[i]»: swap(items, i)`,
      py`same = «len(a) == len(a)»`,
      js`if («width > width») resize()`,
      js`const changed = «a.b.c === a.b.c»`,
      ts`const sorted = (a: Item, b: Item) => «a.rank < a.rank» ? -1 : 1`,
      rs`fn f(a: &Point, b: &Point) -> bool { a.x == b.x && «a.y == a.y» }`,
      rs`fn f(low: u8) -> bool { «low <= low» }`,
    ],
    valid: [
      py`is_nan = value != value`,
      py`
        def __eq__(self, other):
            return self.key == self.key
      `,
      py`
        def is_nan(value):
            return not value == value
      `,
      py`if next(tokens) == next(tokens): pair()`,
      py`if 1 == 1: pass`,
      py`first = rows[1:] == rows[:1]`,
      py`named = f"{a}x" == f"{a}y"`,
      at('tests/test_point.py', py`assert point == point`),
      js`const isNaN = value !== value`,
      js`
        function indexOf(array, value) {
          // NaN is not equal to itself.
          return value === value ? strictIndexOf(array, value) : findNaN(array)
        }
      `,
      js`if (read() === read()) twice()`,
      js`const other = {} === {}`,
      ts`if (a?.b === a.b) f()`,
      ts`const fresh = (queue: Queue) => queue.shift() === queue.shift()`,
      rs`fn f(x: f64) -> bool { x != x }`,
      rs`fn f(a: Point, b: Point) -> bool { a.x == b.x }`,
      rs`
        #[test]
        fn reflexive() { let a = version(); check(a == a); }
      `,
    ],
  },
})

/** What a comparison with itself gives. The inequalities of equality are left out: `x != x` is how one asks for NaN. */
const ANSWERS: Readonly<Record<string, boolean>> = {
  '==': true,
  '===': true,
  is: true,
  'is not': false,
  '<': false,
  '>': false,
  '<=': true,
  '>=': true,
}

/** Two equal literals are a switch that somebody turned by hand. */
function isValue(node: SyntaxNode): boolean {
  return !node.unwrapped.is('Number', 'String', 'Boolean', 'Null', 'Undefined', 'Unary', 'Tuple', 'List')
}

/** Tests compare a value with itself to see what its comparison does. */
function isDeliberate(node: SyntaxNode, file: SourceFile): boolean {
  return isExperiment(file) || isAboutEquality(node) || speaksOfNaN(node) || isMarkedTest(node, file)
}

/** Rust's tests stand beside the code. */
function isMarkedTest(node: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'rust') return false
  const home = node.function
  return home?.previous?.kind === 'Decorator' && /\btest\b/.test(home.previous.text)
}
