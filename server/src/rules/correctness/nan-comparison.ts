/** NaN equals nothing, not even itself: comparing with it has the same answer for every value. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertBefore, replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { type Compared, comparisonsIn } from '../support/conditions.ts'

export default defineRule({
  id: 'correctness/nan-comparison',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [570, 571],
  concept: 'floating-point',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Comparison(node, file) {
      const pairs = comparisonsIn(node)
      for (const pair of pairs) {
        if (!COMPARES.test(pair.operator)) continue
        const isLeft = standsForNaN(pair.left, file)
        // Both sides: somebody shows what NaN does.
        if (isLeft === standsForNaN(pair.right, file)) continue
        const nan = isLeft ? pair.left : pair.right
        const value = isLeft ? pair.right : pair.left
        const isAlone = pairs.length === 1 && /^[=!]==?$/.test(pair.operator)
        yield {
          at: { start: pair.left.start, end: pair.right.end },
          data: { nan: excerpt(nan), value: excerpt(value), truth: pair.operator.startsWith('!') },
          ...(isAlone && {
            fix: {
              // Arrays are compared by element, and their `isnan` is negated in another way.
              safety: isArrayLibrary(nan, file) ? ('unsafe' as const) : ('safe' as const),
              edits: () => askForNaN(node, pair, nan, value, file),
            },
          }),
        }
      }
    },
    *Case(node, file) {
      const pattern = node.child('pattern')
      if (!pattern || !isScript(file) || !standsForNaN(pattern, file)) return
      const subject = node.parent?.child('subject')
      yield {
        at: pattern,
        data: { nan: excerpt(pattern), value: subject ? excerpt(subject) : '', truth: false },
      }
    },
  },

  explain: {
    en: ({ nan, value, truth }) => ({
      message: `\`${value}\` is compared with \`${nan}\`, which is always ${truth}, even when it is NaN`,
      why: 'By definition NaN differs from every number and from itself, so the case that this looks for is never found.',
      remedy:
        'Ask with the function that is made for it: `Number.isNaN(x)`, `math.isnan(x)` or `x.is_nan()`.',
      fix: 'Ask whether it is NaN',
    }),
    es: ({ nan, value, truth }) => ({
      message: `\`${value}\` se compara con \`${nan}\`, lo que siempre es ${truth ? 'verdadero' : 'falso'}, incluso cuando es NaN`,
      why: 'Por definición, NaN es distinto de cualquier número y también de sí mismo, así que el caso que se busca aquí no se encuentra nunca.',
      remedy: 'Pregunta con la función hecha para ello: `Number.isNaN(x)`, `math.isnan(x)` o `x.is_nan()`.',
      fix: 'Preguntar si es NaN',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        import math
        missing = «value == math.nan»
      `,
        py`
        import math
        missing = math.isnan(value)
      `,
      ),
      fixes(
        py`
        import numpy as np
        known = «row != np.nan» and row
      `,
        py`
        import numpy as np
        known = not np.isnan(row) and row
      `,
      ),
      fixes(
        py`
        import os
        missing = «float("nan") == value»
      `,
        py`
        import math
        import os
        missing = math.isnan(value)
      `,
      ),
      py`
        from math import nan
        low = «value < nan»
      `,
      fixes(js`if («x === NaN») run()`, js`if (Number.isNaN(x)) run()`),
      fixes(js`const ok = «Number.NaN != a.b»`, js`const ok = !Number.isNaN(a.b)`),
      js`const low = «x <= NaN»`,
      js`switch (x) { case «NaN»: run() }`,
      fixes(ts`const ok = «parse(s) !== NaN» && s`, ts`const ok = !Number.isNaN(parse(s)) && s`),
      fixes(rs`fn f(x: f64) -> bool { «x == f64::NAN» }`, rs`fn f(x: f64) -> bool { x.is_nan() }`),
      fixes(
        rs`fn f(x: &f32) -> bool { «*x as f64 != std::f64::NAN» }`,
        rs`fn f(x: &f32) -> bool { !(*x as f64).is_nan() }`,
      ),
    ],
    valid: [
      py`
        import math
        missing = math.isnan(value)
      `,
      py`missing = value != value`,
      py`
        from sympy import S
        missing = value == S.NaN
      `,
      py`
        nan = object()
        missing = value == nan
      `,
      py`text = name == "nan"`,
      py`number = value == float("inf")`,
      js`if (Number.isNaN(x)) run()`,
      js`const NaN = 1; if (x === NaN) run()`,
      js`const odd = NaN === NaN`,
      js`const o = x === types.NaN`,
      ts`if (x === 'NaN') run()`,
      rs`fn f(x: f64) -> bool { x.is_nan() }`,
      rs`fn f(x: Kind) -> bool { x == Kind::NAN }`,
    ],
  },
})

const COMPARES = /^([=!]==?|[<>]=?)$/

/** Modules of Python that have both `nan` and `isnan`. */
const MODULES: ReadonlySet<string> = new Set(['math', 'cmath', 'numpy', 'torch', 'jax.numpy', 'cupy'])

function standsForNaN(operand: SyntaxNode, file: SourceFile): boolean {
  const node = operand.unwrapped
  if (node.kind === 'Name') {
    if (file.language === 'python') return node.name === 'nan' && isModuleNaN(node, file)
    return node.name === 'NaN' && isScript(file) && file.isFree(node)
  }
  if (node.is('Member', 'Path')) {
    const name = node.child('property')?.name ?? ''
    if (!/^nan$/i.test(name)) return false
    if (file.language === 'python') return isModuleNaN(node, file)
    if (file.language === 'rust') return /(^|::)f(32|64)::NAN$/.test(node.text)
    const object = node.child('object')
    return name === 'NaN' && object?.name === 'Number' && file.isFree(object)
  }
  return node.kind === 'Call' && file.language === 'python' && isNaNFromText(node, file)
}

function isModuleNaN(node: SyntaxNode, file: SourceFile): boolean {
  const path = file.qualifiedName(node)
  const dot = path.lastIndexOf('.')
  return /^nan$/i.test(path.slice(dot + 1)) && MODULES.has(path.slice(0, dot))
}

function isArrayLibrary(nan: SyntaxNode, file: SourceFile): boolean {
  return file.language === 'python' && !/^(c?math|float)\b/.test(file.qualifiedName(nan))
}

/** `float("nan")` */
function isNaNFromText(call: SyntaxNode, file: SourceFile): boolean {
  if (calleeName(call) !== 'float') return false
  const callee = call.child('callee')
  const text = call.child('argument')
  return (
    text?.kind === 'String' &&
    /^["'][+-]?nan["']$/i.test(text.text) &&
    callee !== undefined &&
    file.isFree(callee)
  )
}

function isScript(file: SourceFile): boolean {
  return file.language === 'javascript' || file.language === 'typescript'
}

function askForNaN(
  node: SyntaxNode,
  { operator }: Compared,
  nan: SyntaxNode,
  value: SyntaxNode,
  file: SourceFile,
): TextEdit[] {
  if (node.has('Comment')) return []
  const isNegated = operator.startsWith('!')
  if (file.language === 'rust') {
    const isTight = value.is('Name', 'Member', 'Path', 'Call', 'Index', 'Parenthesized', 'This', 'Number')
    const text = isTight ? value.text : `(${value.text})`
    return [replace(node, `${isNegated ? '!' : ''}${text}.is_nan()`)]
  }
  if (file.language !== 'python') {
    return [replace(node, `${isNegated ? '!' : ''}Number.isNaN(${value.text})`)]
  }
  const isOperand = node.parent?.is('Binary', 'Unary', 'Comparison') ?? false
  const module = moduleOf(nan, file)
  const call = `${module.name}.isnan(${value.text})`
  const text = isNegated ? (isOperand ? `(not ${call})` : `not ${call}`) : call
  return module.edits ? [...module.edits, replace(node, text)] : []
}

/** The module whose `isnan` is at hand, imported if need be. */
function moduleOf(nan: SyntaxNode, file: SourceFile) {
  const object = nan.unwrapped.kind === 'Member' ? nan.unwrapped.child('object') : undefined
  if (object) return { name: object.text, edits: [] }
  const imports = file.root
    .children('statement')
    .filter(it => it.kind === 'Import' && it.type !== 'future_import_statement')
  if (imports.some(it => it.text === 'import math')) return { name: 'math', edits: [] }
  const [first] = imports
  return { name: 'math', edits: first ? [insertBefore(first, 'import math\n')] : undefined }
}
