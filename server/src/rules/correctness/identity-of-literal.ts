/** `is` asks whether two things are the same object; a literal is a new one, or one shared by accident. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/identity-of-literal',
  severity: 'error',
  languages: ['python'],
  cwe: [595, 597],
  concept: 'equality',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Comparison(node) {
      // A chain like `a < b is 1` has its operators between its operands.
      return node.children('operator').some(isIdentity) ? identities(node) : undefined
    },
  },

  explain: {
    en: ({ operator, equality, literal }) => ({
      message: `\`${operator}\` does not compare with the value \`${literal}\``,
      why: 'It asks whether both sides are the very same object. Whether an equal value is also the same object depends on how the interpreter happens to store it, so the answer may change from one run or version to the next.',
      remedy: `Compare values with \`${equality}\`.`,
      fix: `Replace \`${operator}\` with \`${equality}\``,
    }),
    es: ({ operator, equality, literal }) => ({
      message: `\`${operator}\` no compara con el valor \`${literal}\``,
      why: 'Pregunta si ambos lados son exactamente el mismo objeto. Que un valor igual sea además el mismo objeto depende de cómo lo guarde el intérprete, así que la respuesta puede cambiar de una ejecución o versión a otra.',
      remedy: `Compara valores con \`${equality}\`.`,
      fix: `Cambiar \`${operator}\` por \`${equality}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(py`if «mode is "fast"»: pass`, py`if mode == "fast": pass`),
      fixes(py`ok = «count is not 0»`, py`ok = count != 0`),
      fixes(py`«args is ()»`, py`args == ()`),
      fixes(py`«1 is n»`, py`1 == n`),
      fixes(py`«n is -1»`, py`n == -1`),
      fixes(py`«items is []» or «options is {}»`, py`items == [] or options == {}`),
      fixes(py`«name is not b"x" b"y"»`, py`name != b"x" b"y"`),
      fixes(py`«x is f"{y}"»`, py`x == f"{y}"`),
      fixes(py`a is «b is ("x")»`, py`a is b == ("x")`),
      fixes(
        py`
        if «kind is not \
                "a"»: pass
      `,
        py`
        if kind != \
                "a": pass
      `,
      ),
    ],
    valid: [
      py`x is None`,
      py`x is not None`,
      py`x is True or x is not False`,
      py`x is ...`,
      py`x is y`,
      py`type(x) is str`,
      py`x == "a"`,
      py`x in ("a", "b")`,
      // A constant compared by identity may stand for "nothing was given".
      py`
        MISSING = "missing"
        def f(x=MISSING):
            return x is MISSING
      `,
    ],
  },
})

function isIdentity(operator: SyntaxNode): boolean {
  const { type } = operator
  return type === 'is' || type === 'is not'
}

function* identities(node: SyntaxNode) {
  const parts = node.children()
  for (let i = 1; i + 1 < parts.length; i++) {
    const operator = parts[i]!
    const left = parts[i - 1]!
    const right = parts[i + 1]!
    if (operator.kind !== 'Operator' || !isIdentity(operator)) continue
    const literal = [right, left].find(it => isLiteral(it.unwrapped))
    if (!literal) continue
    const equality = operator.type === 'is' ? '==' : '!='
    yield {
      at: { start: left.start, end: right.end },
      data: { operator: operator.type, equality, literal: excerpt(literal) },
      fix: { safety: 'safe' as const, edits: () => [replace(operator, equality)] },
    }
  }
}

function isLiteral(node: SyntaxNode): boolean {
  if (node.kind === 'Unary') return node.child('operand')?.kind === 'Number'
  return node.is('String', 'Template', 'Concatenation', 'Number', 'Tuple', 'List', 'Dictionary', 'Set')
}
