/** Control flow that is hard to follow, measured by cognitive complexity. */

import { js, jsx, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { complexities } from '../support/cognitive-complexity.ts'
import { headOf } from '../support/functions.ts'

const FLOOR = 5

export default defineRule({
  id: 'design/cognitive-complexity',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'medium', cost: 'hours' },
  limit: { default: 25, floor: FLOOR },

  check: {
    *Function(node, file) {
      // Functions within functions count with the outermost one.
      if (node.size < 20 || node.function) return
      for (const { fn, points } of complexities(node, file)) {
        const head = headOf(fn)
        if (head && points > FLOOR) yield { at: head, data: { points }, measure: points }
      }
    },
  },

  explain: {
    en: ({ points }) => ({
      message: `This function has a cognitive complexity of ${points}`,
      why: 'Every branch, loop and mixed condition interrupts the reader, the nested ones most of all; past a certain number, people change such code by trial and error.',
      remedy:
        'Begin with what is nested deepest: leave early, give a long condition a name, or move a branch into a function of its own.',
    }),
    es: ({ points }) => ({
      message: `Esta función tiene una complejidad cognitiva de ${points}`,
      why: 'Cada rama, bucle o condición mixta interrumpe la lectura, sobre todo si están anidados; a partir de cierto punto, el código se cambia a base de prueba y error.',
      remedy:
        'Empieza por lo más anidado: sal pronto, ponle nombre a una condición larga o lleva una rama a su propia función.',
    }),
  },

  examples: {
    invalid: [
      // Levels: 1 + 2 + 3 + 4 + 5 + 6 = 21; the else adds 1, the elif 1, and-or-and 3: 26.
      py`
        def «f»(a):
            for b in a:
                if b:
                    while b:
                        if b:
                            for c in b:
                                if c and b or c and a: g()
                                elif c: g()
                                else: g()
      `,
      // 1 + 2 + 3 + 4 + 5 + 6 = 21; two labels 2; && 1, || 1; the call of itself 1: 26.
      js`function «f»(a) { o: for (;;) { if (a) { while (a) { switch (a) { case 1: for (const b in a) { if (b && a || b) f(b); break o; continue o } } } } } }`,
      // try is free, catch is not: 1 + 2 + 3 + 4 + 5 = 15, the last if has else if, else if, else: 18; then a ternary 1 and a nested one 2, twice: 24; ||: 25, &&: 26.
      ts`
        class A {
          «m»(a: A) {
            try {
              g()
            } catch (e) {
              for (const b of a) { do { while (b) { if (b) g(); else if (a) g(); else if (e) g(); else g() } } while (b) }
            }
            const c = a ? b ? 1 : 2 : 3
            const d = a ? 1 : b ? 2 : 3
            return a || (b && c)
          }
        }
      `,
      // The closure is a level: 1 + 2 + 3 + (closure) 5 + 6 + 7 = 24, the labelled break 1, || 1: 26.
      rs`
        fn «f»(a: A) {
            'o: loop {
                match a {
                    B => while a {
                        a.map(|c| if c { for d in c { if d || c { g(); } } });
                        break 'o;
                    }
                    _ => {}
                }
            }
        }
      `,
      // The outer function only declares, so the inner one stands alone: 1 + 2 + 3 + 4 + 5 + 6 = 21, five times else: 26.
      js`
        function outer() {
          function «inner»(a) {
            if (a) { if (a) { if (a) { if (a) { if (a) { if (a) g(); } else g() } else g() } else g() } else g() } else g()
          }
          return inner
        }
      `,
      // A decorator adds no level: 1 + 2 + 3 + 4 + 5 + 6 = 21, five times else: 26.
      py`
        def «decorator»(f):
            """Makes it so."""
            @wraps(f)
            def wrapper(a):
                if a:
                    if a:
                        for b in a:
                            while b:
                                try: g()
                                except E:
                                    if b: g()
                                    else: g()
                            else: g()
                        else: g()
                    else: g()
                else: g()
            return wrapper
      `,
    ],
    valid: [
      // One less each: 25.
      py`
        def f(a):
            for b in a:
                if b:
                    while b:
                        if b:
                            for c in b:
                                if c and b and c or a: g()
                                elif c: g()
                                else: g()
      `,
      js`function f(a) { o: for (;;) { if (a) { while (a) { switch (a) { case 1: for (const b in a) { if (b && a || b) g(b); break o; continue o } } } } } }`,
      ts`function f(a: A) { if (a) { if (a) { if (a) { if (a) { if (a) { if (a) g() } else g() } else g() } else g() } else g() } }`,
      rs`
        fn f(a: A) {
            'o: loop {
                match a {
                    B => while a {
                        a.map(|c| if c { for d in c { if d || c { g(); } } });
                        break;
                    }
                    _ => {}
                }
            }
        }
      `,
      // A switch counts once, whatever its cases: 1.
      js`function f(a) { switch (a) { case 1: return 1; case 2: return 2; case 3: return 3; case 4: return 4; default: return 5 } }`,
      // Early returns, defaults, optional chains and conditional elements are free.
      jsx`function F({ a }) { const b = a?.b ?? a?.c ?? 1; if (!a) return null; return <p>{a && <b>{b}</b>}</p> }`,
      // The outer function has an if of its own, so the inner one is a level deeper: 1 + 2 + 3 + 4 + 5 = 15.
      ts`function f(a: A) { if (a) g(); return () => { if (a) { if (a) { if (a) { if (a) g() } } } } }`,
    ],
  },
})
