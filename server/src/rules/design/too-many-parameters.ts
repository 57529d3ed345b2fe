/** A function with many parameters is called wrongly sooner or later. */

import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'design/too-many-parameters',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'hours' },
  limit: { default: 8, floor: 3 },

  check: {
    *Function(node) {
      const parameters = node.child('parameters')?.children('parameter') ?? []
      const count = parameters.filter(
        it => !/^(self|cls|&?\s*(mut\s+)?self|this\b.*)$/.test(it.text) && it.kind !== 'Operator',
      ).length
      if (count <= 3) return
      yield { at: node.child('name') ?? node.child('parameters')!, data: { count }, measure: count }
    },
  },

  explain: {
    en: ({ count }) => ({
      message: `This function takes ${count} parameters`,
      why: 'Nobody remembers the order of that many, so arguments get swapped, and every call has to be read twice.',
      remedy: 'Group those that belong together into one object, or split the function.',
    }),
    es: ({ count }) => ({
      message: `Esta función recibe ${count} parámetros`,
      why: 'Nadie recuerda el orden de tantos, así que se intercambian argumentos y cada llamada hay que leerla dos veces.',
      remedy: 'Agrupa en un objeto los que van juntos o divide la función.',
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
        class A:
            def f(self, a, b, c, d, e, f, g, h): pass
      `,
      js`const f = ({ a, b, c, d, e, f, g, h, i }) => a`,
      ts`function f(this: A, a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H) {}`,
      rs`fn f(a: A) {}`,
    ],
  },
})
