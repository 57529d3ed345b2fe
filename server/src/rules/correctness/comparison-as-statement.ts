/** An expression whose result goes nowhere: a comparison that should assign or assert, or a function nobody calls. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertAfter, insertBefore, replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExpectedToFail } from '../support/deliberate.ts'
import { isRepeatable } from '../support/effects.ts'
import { isCallWithTypes } from '../support/type-arguments.ts'

export default defineRule({
  id: 'correctness/comparison-as-statement',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [482],
  concept: 'return-values',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    ExpressionStatement(node, file) {
      const value = node.child('value')
      const what = value && whatIsLost(value, file)
      return value && what ? lost(node, value, what, file) : undefined
    },
  },

  explain: {
    en: ({ expression, what, how }) => ({
      message:
        what === 'function'
          ? `\`${expression}\` names a function and does not call it`
          : what === 'comparison'
            ? `The result of \`${expression}\` is thrown away`
            : `\`${expression}\` is computed and thrown away`,
      why:
        what === 'function'
          ? 'The statement does nothing at all: without parentheses the function does not run.'
          : what === 'comparison'
            ? 'A comparison alone on its line changes nothing and checks nothing. It was most likely meant to assign, or to be asserted.'
            : 'The statement has no effect. It may be half of a longer expression, or the rest of an assignment.',
      remedy:
        what === 'function'
          ? 'Add the parentheses, or delete the statement.'
          : what === 'comparison'
            ? 'Assign with a single `=`, assert it, or use its result.'
            : 'Assign or return the result, join the line to the one it belongs to, or delete it.',
      fix: how === 'call' ? 'Call the function' : how === 'assert' ? 'Assert it' : 'Assign the value',
    }),
    es: ({ expression, what, how }) => ({
      message:
        what === 'function'
          ? `\`${expression}\` nombra una función, pero no la llama`
          : what === 'comparison'
            ? `El resultado de \`${expression}\` se pierde`
            : `\`${expression}\` se calcula y se pierde`,
      why:
        what === 'function'
          ? 'La instrucción no hace nada: sin paréntesis, la función no se ejecuta.'
          : what === 'comparison'
            ? 'Una comparación sola en su línea no cambia ni comprueba nada. Lo más probable es que debiera asignar un valor o formar parte de un `assert`.'
            : 'La instrucción no tiene ningún efecto. Puede ser la mitad de una expresión más larga o el resto de una asignación.',
      remedy:
        what === 'function'
          ? 'Añade los paréntesis o elimina la instrucción.'
          : what === 'comparison'
            ? 'Asigna con un solo `=`, compruébala con un `assert` o usa su resultado.'
            : 'Asigna o devuelve el resultado, une la línea a la que le corresponde o elimínala.',
      fix:
        how === 'call'
          ? 'Llamar a la función'
          : how === 'assert'
            ? 'Comprobarla con `assert`'
            : 'Asignar el valor',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def reset(self):
            «self.count == 0»
            self.save()
      `,
        py`
        def reset(self):
            self.count = 0
            self.save()
      `,
      ),
      fixes(
        at(
          'tests/test_order.py',
          py`
          def test_total():
              order = make()
              assert order.count == 2
              «order.total == 5»
        `,
        ),
        at(
          'tests/test_order.py',
          py`
          def test_total():
              order = make()
              assert order.count == 2
              assert order.total == 5
        `,
        ),
      ),
      py`
        def f(a, b):
            total = a
            «+ b»
            return total
      `,
      fixes(
        py`
        def leave():
            «exit»
            return 1
      `,
        py`
        def leave():
            exit()
            return 1
      `,
      ),
      fixes(
        js`function reset() { «this.count === 0»; this.save() }`,
        js`function reset() { this.count = 0; this.save() }`,
      ),
      js`function f(a) { «a.length * 2»; return a }`,
      fixes(
        js`function stop() {} function f() { «stop»; return 1 }`,
        js`function stop() {} function f() { stop(); return 1 }`,
      ),
      ts`function f(o: O) { if (o.n > 1) { «o.n < 5» } else g() }`,
      fixes(rs`fn f(p: &mut P) { «p.x == 1»; g(p); }`, rs`fn f(p: &mut P) { p.x = 1; g(p); }`),
      rs`fn f(a: u8, b: u8) { «a + b»; g(); }`,
    ],
    valid: [
      py`
        def test_order():
            with pytest.raises(TypeError):
                a < b
      `,
      py`
        def supports(a, b):
            try:
                a < b
            except TypeError:
                return False
            return True
      `,
      py`
        with DAG("d"):
            first >> second
            first - second
      `,
      at(
        'tests/test_order.py',
        py`
        def test_order():
            def compare():
                Order.total == 5
            check_queries(compare, 0)
      `,
      ),
      py`
        def f(x):
            x == 1  # the comparison loads the row
            return x
      `,
      // What a notebook shows at the end.
      py`
        total = 1 + 2
        total == 3
      `,
      py`
        def f(x):
            x
            x.y
            return x
      `,
      py`
        def f(x):
            """Text."""
            ...
            return x == 1
      `,
      js`function f(o) { expect(o.ready).to.be.true; o.ready && run() }`,
      js`function f(a) { expect(() => { a < b }).toThrow(); return a }`,
      js`function f(a) { void a; a.b; a; return a }`,
      js`(a === b)`,
      ts`const f = (a: A) => a.n === 1; f(a)`,
      ts`function f(x: never) { x satisfies never; return x }`,
      // The grammar takes the first call for two comparisons.
      ts`
        async function f() {
          expectType<Record<keyof User, Column>>(
            await table<User>('users').columns()
          )
        }
      `,
      rs`fn f(a: u8) -> bool { g(); a == 1 }`,
      rs`
        #[test]
        #[should_panic]
        fn overflows() { u8::MAX + one(); g() }
      `,
      rs`fn f(x: Lock) { x; g() }`,
    ],
  },
})

type What = 'comparison' | 'computation' | 'function'

function* lost(node: SyntaxNode, value: SyntaxNode, what: What, file: SourceFile) {
  if (isMeantToBeShown(node, file) || isExplained(node) || isExpectedToFail(node)) return
  if (file.isTest && !isAmongAsserts(node)) return
  const how = what === 'function' ? 'call' : file.language === 'python' && file.isTest ? 'assert' : 'assign'
  yield {
    at: value,
    data: { expression: excerpt(value), what, how },
    ...(what !== 'computation' && {
      fix: { safety: 'unsafe' as const, edits: () => makeItCount(value, how) },
    }),
  }
}

function whatIsLost(value: SyntaxNode, file: SourceFile): What | undefined {
  switch (value.kind) {
    case 'Comparison':
      if (isCallWithTypes(value)) return undefined
      return value.operator === 'in' && file.language !== 'python' ? undefined : 'comparison'
    case 'Binary':
      return ARITHMETIC.test(value.operator) && isRepeatable(file, value) ? 'computation' : undefined
    case 'Unary':
      return /^[+-]$/.test(value.operator) && isRepeatable(file, value) ? 'computation' : undefined
    case 'Name':
      return isPlainFunction(value, file) ? 'function' : undefined
    default:
      return undefined
  }
}

/** `>>`, `|` and `@` are given other meanings: pipelines are built by statements of them. */
const ARITHMETIC = /^([+*/%-]|\*\*|\/\/)$/

/** Functions of Python that are written as statements, and work without parentheses at its prompt only. */
const COMMANDS: ReadonlySet<string> = new Set(['exit', 'quit', 'breakpoint', 'print'])

function isPlainFunction(name: SyntaxNode, file: SourceFile): boolean {
  if (file.language === 'rust') return false
  if (file.language === 'python' && COMMANDS.has(name.name)) return file.isFree(name)
  const binding = file.binding(name)
  return (
    binding?.kind === 'function' &&
    binding.writeCount === 1 &&
    binding.declaration.parent?.kind === 'Function'
  )
}

/** Notebooks, examples and scripts that are evaluated show the value of their last expression. */
function isMeantToBeShown(node: SyntaxNode, file: SourceFile): boolean {
  if (/(^|\/)(bench[^/]*|perf|profiling|docs?|examples?|notebooks?)\//i.test(file.path)) return true
  const { parent } = node
  if (parent?.kind === 'Labeled') return true
  if (parent?.kind !== 'Module')
    return node.closest('With') !== undefined && node.child('value')?.kind !== 'Comparison'
  return node.next === undefined || /^# (%%|In\[)/m.test(parent.text)
}

/** A comment on the same line says why it stands there. */
function isExplained(node: SyntaxNode): boolean {
  const { parent } = node
  return parent !== undefined && /^[; \t]*(#|\/\/|\/\*)/.test(parent.text.slice(node.end - parent.start))
}

/** Tests evaluate things just to see that they do not fail; between asserts, one was forgotten. */
function isAmongAsserts(node: SyntaxNode): boolean {
  return node.next?.kind === 'Assert' || node.previous?.kind === 'Assert'
}

function makeItCount(value: SyntaxNode, how: 'call' | 'assert' | 'assign'): TextEdit[] {
  if (how === 'call') return [insertAfter(value, '()')]
  if (how === 'assert') return [insertBefore(value, 'assert ')]
  const target = value.child('left')
  const operator = value.child('operator')
  const isEquality = operator && /^===?$/.test(operator.text) && !value.child('next')
  return isEquality && target?.is('Name', 'Member', 'Index') ? [replace(operator, '=')] : []
}
