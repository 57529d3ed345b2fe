/** A function with many parameters is called wrongly sooner or later. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isMeasured } from '../support/measured.ts'

const FLOOR = 3

export default defineRule({
  id: 'design/too-many-parameters',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'hours' },
  limit: { default: 8, floor: FLOOR },

  check: {
    *Function(node, file) {
      const parameters = node.child('parameters')
      const count = parameters ? (file.language === 'python' ? positional(parameters) : all(parameters)) : 0
      if (count <= FLOOR || file.path.endsWith('.pyi') || isGivenShape(node) || !isMeasured(node, file))
        return
      const data = { count, python: file.language === 'python' }
      yield { at: node.child('name') ?? parameters!, data, measure: count }
    },
  },

  explain: {
    en: ({ count, python }) => ({
      message: python
        ? `This function needs ${count} arguments in the right order`
        : `This function takes ${count} parameters`,
      why: 'Nobody remembers the order of that many, so arguments get swapped, and every call has to be read twice.',
      remedy: python
        ? 'Let those that are options be given by name only (behind a `*`), and group the others that belong together into one object.'
        : 'Group those that belong together into one object, or split the function.',
    }),
    es: ({ count, python }) => ({
      message: python
        ? `Esta función necesita ${count} argumentos en el orden correcto`
        : `Esta función recibe ${count} parámetros`,
      why: 'Nadie recuerda el orden de tantos, así que se intercambian argumentos y cada llamada hay que leerla dos veces.',
      remedy: python
        ? 'Haz que los que son opciones solo se puedan pasar por nombre (detrás de un `*`) y agrupa en un objeto los demás que van juntos.'
        : 'Agrupa en un objeto los que van juntos o divide la función.',
    }),
  },

  examples: {
    invalid: [
      py`def «f»(a, b, c, d, e, f, g, h, i): pass`,
      js`function «f»(a, b, c, d, e, f, g, h, i) {}`,
      ts`class A { «f»(a: A, b = 1, c?: B, { d }: D, e: E, f: F, g: G, h: H, ...i: I[]) {} }`,
      rs`fn «f»(&self, a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I) {}`,
    ],
    valid: [
      py`
        @click.command()
        @click.option("--a")
        def call(a, b, c, d, e, f, g, h, i, j): pass
      `,
      py`
        @hookspec
        def show(a, b, c, d, e, f, g, h, i): "What a plug-in may take."
      `,
      py`
        class A:
            def f(self, a, b, c, d, e, f, g, h): pass
      `,
      js`const f = ({ a, b, c, d, e, f, g, h, i }) => a`,
      ts`function f(this: A, a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H) {}`,
      rs`fn f(a: A) {}`,
      // Options with a default, and what is given by name, are not mixed up.
      py`def f(a, b, c=1, d=2, e=3, f=4, g=5, h=6, i=7, j=8): pass`,
      py`def f(a, *, b, c, d, e, f, g, h, i, j): pass`,
      py`def f(*args, b, c, d, e, f, g, h, i, j, **rest): pass`,
      py`
        @overload
        def f(a, b, c, d, e, f, g, h, i): ...
      `,
      // Whoever builds it is a container, not a person.
      ts`class A { constructor(private a: A, private b: B, private c: C, private d: D, readonly e: E, public f: F, private g: G, private h: H, private i: I) {} }`,
      // The shape is somebody else's choice: the class above, the trait, the caller in C or Python.
      ts`class A extends B { override f(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I) {} }`,
      rs`impl T for S { fn f(&self, a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I) {} }`,
      rs`extern "C" fn f(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I) {}`,
      rs`
        #[pymethods]
        impl S { fn f(&self, a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I) {} }
      `,
      // The caller hands over what it likes; the modules in their list say what comes where.
      js`define(['a', 'b'], function (a, b, c, d, e, f, g, h, i) {})`,
      py`def wigner(j_1, j_2, j_3, j_4, j_5, j_6, j_7, j_8, j_9): pass`,
      at('a.pyi', py`def f(a, b, c, d, e, f, g, h, i): ...`),
      // The author has said so.
      rs`
        #[allow(clippy::too_many_arguments)]
        fn f(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I) {}
      `,
      at('tests/test_a.py', py`def test(a, b, c, d, e, f, g, h, i): pass`),
    ],
  },
})

function all(parameters: SyntaxNode): number {
  return parameters
    .children('parameter')
    .filter(it => it.kind !== 'Operator' && !isReceiver(it) && !isProperty(it)).length
}

/** Those of a Python function that have no default and may be given without their names. */
function positional(parameters: SyntaxNode): number {
  let count = 0
  for (const it of parameters.children('parameter')) {
    if (it.kind === 'RestPattern' || it.text.startsWith('*')) break
    if (it.is('Name', 'Parameter') && !it.child('value') && !isReceiver(it)) count++
  }
  return count
}

function isReceiver(parameter: SyntaxNode): boolean {
  return /^(self|cls|&?\s*('\w+\s+)?(mut\s+)?self|this\b.*)$/.test(parameter.text)
}

/** `private readonly a: A` in a constructor. */
function isProperty(parameter: SyntaxNode): boolean {
  return parameter.children().some(it => /^(accessibility_modifier|readonly)$/.test(it.type))
}

const FOREIGN = /\b(too_many_arguments|pyfunction|pymethods|pyo3|napi|wasm_bindgen|no_mangle)\b/

/** Variants of one signature, and what a command line or a manager of plug-ins passes by name. */
const GIVEN_BY_NAME =
  /\boverload\b|^@\s*(click|typer)\.|\.(command|option|argument)\(|^@\s*(\w+\.)*hook(spec|impl)\b/

/** Somebody else decides on the parameters, or the author has said that there are many. */
function isGivenShape(fn: SyntaxNode): boolean {
  if (fn.role === 'argument' || isFormula(fn)) return true
  if (fn.parent?.kind === 'Decorated')
    return fn.parent.children('decorator').some(it => GIVEN_BY_NAME.test(it.text))
  if (fn.children().some(it => it.type === 'override_modifier')) return true
  if (fn.tree.grammar !== 'rust') return false
  if (fn.children().some(it => it.kind === 'Other' && /\bextern\b/.test(it.text))) return true
  if (hasAttribute(fn, FOREIGN)) return true
  const block = fn.closest('Implementation')
  return block !== undefined && (block.child('superclass') !== undefined || hasAttribute(block, FOREIGN))
}

/** `m11, m12, m13, …`: numbered like the quantities of a formula, so their order is known. */
function isFormula(fn: SyntaxNode): boolean {
  const stems = new Map<string, number>()
  for (const it of fn.child('parameters')?.children('parameter') ?? []) {
    const stem = /^(\w*?)_?\d+$/.exec((it.child('target') ?? it).text)?.[1]
    if (stem !== undefined) stems.set(stem, (stems.get(stem) ?? 0) + 1)
  }
  return [...stems.values()].some(count => count > 4)
}

function hasAttribute(item: SyntaxNode, pattern: RegExp): boolean {
  for (let it = item.previous; it?.kind === 'Decorator'; it = it.previous)
    if (pattern.test(it.text)) return true
  return false
}
