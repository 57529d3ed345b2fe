/** What a constructor returns is not what its caller gets; in Python it is an error. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isGenerator } from '../support/async.ts'

export default defineRule({
  id: 'correctness/constructor-value',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [394],
  concept: 'return-values',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Function(node, file) {
      const isPython = file.language === 'python'
      const name = node.child('name')
      const kind = isPython ? pythonKind(node, name) : scriptKind(node, name)
      const body = node.child('body')
      if (!kind || body?.kind !== 'Block') return
      if (kind === 'init' && isGenerator(node)) {
        for (const it of body.ownDescendants('Yield')) {
          yield { at: it, data: { value: excerpt(it), kind } }
          return
        }
      }
      for (const it of body.ownDescendants('Return')) {
        const value = it.child('value')?.unwrapped
        if (value && isLost(value, kind))
          yield {
            at: { start: it.start, end: it.child('value')!.end },
            data: { value: excerpt(value), kind },
          }
      }
    },
  },

  explain: {
    en: ({ value, kind }) => ({
      message:
        kind === 'setter'
          ? `Nobody gets \`${value}\`: what a setter returns is thrown away`
          : kind === 'init'
            ? `\`__init__\` must not give back \`${value}\``
            : `Nobody gets \`${value}\`: \`new\` gives the new object instead`,
      why:
        kind === 'init'
          ? 'Python raises a `TypeError` when `__init__` returns anything but `None`, so no object can be made.'
          : 'The value is computed and lost without a word.',
      remedy:
        kind === 'setter' ? 'Leave the value out.' : 'Leave the value out, or make a function that gives it.',
    }),
    es: ({ value, kind }) => ({
      message:
        kind === 'setter'
          ? `Nadie recibe \`${value}\`: lo que devuelve un setter se descarta`
          : kind === 'init'
            ? `\`__init__\` no debe devolver \`${value}\``
            : `Nadie recibe \`${value}\`: \`new\` da el objeto nuevo en su lugar`,
      why:
        kind === 'init'
          ? 'Python lanza un `TypeError` si `__init__` devuelve algo distinto de `None`, así que no se puede crear ningún objeto.'
          : 'El valor se calcula y se pierde sin avisar.',
      remedy: kind === 'setter' ? 'Quita el valor.' : 'Quita el valor, o haz una función que lo devuelva.',
    }),
  },

  examples: {
    invalid: [
      py`
        class Client:
            def __init__(self, path):
                self.path = path
                «return True»
      `,
      py`
        class Client:
            def __init__(self, rows):
                for row in rows:
                    «yield row»
      `,
      js`class A { constructor(ok) { if (!ok) «return false»; this.ok = ok } }`,
      js`class A { set size(n) { this.n = n; «return n» } }`,
      ts`class A { constructor() { «return 'ready'» } }`,
      ts`class A { set size(n: number) { «return this.set(n)» } }`,
    ],
    valid: [
      py`
        class Client:
            def __init__(self, path):
                if not path: return
                def inner(): return 1
                self.inner = inner
                return super().__init__(path)
      `,
      py`
        def __init__(self): return 1
        class Client:
            def __new__(cls): return 1
      `,
      js`class A { constructor(other) { if (other) return other; return new Proxy(this, {}) } }`,
      js`class A { set size(n) { if (!n) return; return this.n = n } get size() { return this.n } }`,
      ts`class A { constructor() { this.f = () => { return 1 } } }`,
      ts`const a = { constructor() { return 1 } }`,
    ],
  },
})

type Kind = 'init' | 'constructor' | 'setter'

function pythonKind(node: SyntaxNode, name: SyntaxNode | undefined): Kind | undefined {
  return name?.name === '__init__' && node.parent?.parent?.kind === 'Class' ? 'init' : undefined
}

function scriptKind(node: SyntaxNode, name: SyntaxNode | undefined): Kind | undefined {
  if (node.type !== 'method_definition') return undefined
  if (name?.text === 'constructor' && node.parent?.kind === 'Class') return 'constructor'
  return node.children().some(it => it.kind === 'Keyword' && it.text === 'set') ? 'setter' : undefined
}

/** A constructor of JavaScript may give another object. */
function isLost(value: SyntaxNode, kind: Kind): boolean {
  if (kind === 'setter')
    return !value.is('Undefined', 'Assignment') && !(value.kind === 'Unary' && value.operator === 'void')
  if (kind === 'init')
    return (
      value.is(
        'Boolean',
        'Number',
        'String',
        'List',
        'Dictionary',
        'Tuple',
        'Set',
        'Comparison',
        'Template',
        'Comprehension',
      ) || value.text === 'self'
    )
  return value.is('Boolean', 'Number', 'String', 'Template', 'Comparison', 'Null')
}
