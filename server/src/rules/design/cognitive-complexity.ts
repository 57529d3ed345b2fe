/** Control flow that is hard to follow, measured by cognitive complexity. */

import { at, js, jsx, py, rs, type Tag, ts, written } from '../example.ts'
import { defineRule } from '../rule.ts'
import { complexities, standsAlone } from '../support/cognitive-complexity.ts'
import { headOf } from '../support/functions.ts'
import { isMeasured } from '../support/measured.ts'

const FLOOR = 5

const py15 = fifteen(py, 'if z: g()')
const js15 = fifteen(js, 'if (z) g()')
const ts15 = fifteen(ts, 'if (z) g()')
const rs15 = fifteen(rs, 'if z { g(); }')

export default defineRule({
  id: 'design/cognitive-complexity',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'medium', cost: 'hours' },
  limit: { default: 40, floor: FLOOR },

  check: {
    *Function(node, file) {
      if (node.size < 20 || !standsAlone(node)) return
      for (const { fn, points } of complexities(node, file)) {
        const head = headOf(fn)
        if (head && points > FLOOR && isMeasured(fn, file))
          yield { at: head, data: { points }, measure: points }
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
    // FIFTEEN is fifteen times an `if`, each one point; the rest is counted beside each example.
    invalid: [
      // Levels: 1 + 2 + 3 + 4 + 5 + 6 = 21; the else adds 1, the elif 1, and-or-and 3: 26.
      py15`
        def «f»(a):
            FIFTEEN
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
      js15`function «f»(a) { FIFTEEN o: for (;;) { if (a) { while (a) { switch (a) { case 1: for (const b in a) { if (b && a || b) f(b); break o; continue o } } } } } }`,
      // try is free, catch is not: 1 + 2 + 3 + 4 + 5 = 15, the last if has else if, else if, else: 18; then a ternary 1 and a nested one 2, twice: 24; ||: 25, &&: 26.
      ts15`
        class A {
          «m»(a: A) {
            FIFTEEN
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
      rs15`
        fn «f»(a: A) {
            FIFTEEN
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
      js15`
        function outer() {
          function «inner»(a) {
            FIFTEEN
            if (a) { if (a) { if (a) { if (a) { if (a) { if (a) g(); } else g() } else g() } else g() } else g() } else g()
          }
          return inner
        }
      `,
      // What a decorator makes stands alone: 1 + 2 + 3 + 4 + 5 + 6 = 21, five times else: 26.
      py15`
        def decorator(f):
            """Makes it so."""
            @wraps(f)
            def «wrapper»(a):
                FIFTEEN
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
      py15`
        def f(a):
            FIFTEEN
            for b in a:
                if b:
                    while b:
                        if b:
                            for c in b:
                                if c and b and c or a: g()
                                elif c: g()
                                else: g()
      `,
      js15`function f(a) { FIFTEEN o: for (;;) { if (a) { while (a) { switch (a) { case 1: for (const b in a) { if (b && a || b) g(b); break o; continue o } } } } } }`,
      ts15`function f(a: A) { FIFTEEN if (a) { if (a) { if (a) { if (a) { if (a) { if (a) g() } else g() } else g() } else g() } else g() } }`,
      rs15`
        fn f(a: A) {
            FIFTEEN
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
      // An inner function with a name is read by itself: 15 and 15.
      py15`
        def f(a):
            FIFTEEN
            def g(b):
                if b:
                    if b:
                        if b:
                            if b:
                                if b: h()
            if a:
                if a:
                    if a:
                        if a:
                            if a: g(a)
      `,
      // Nobody reads it.
      js15`
        /* This file was automatically generated. */
        function f(a) { FIFTEEN if (a) { if (a) { if (a) { if (a) { if (a) { if (a) { if (a) f() } } } } } } }
      `,
      at(
        'test/a.test.ts',
        ts15`function f(a) { FIFTEEN if (a) { if (a) { if (a) { if (a) { if (a) { if (a) { if (a) f() } } } } } } }`,
      ),
      // One alternative for each kind of thing: the hardest of them counts.
      rs`
        fn f(a: A) {
            match a {
                A::B(b) => { if b { for c in b { if c { if d { g(); } } } } }
                A::C(b) => { if b { for c in b { if c { if d { g(); } } } } }
                A::D(b) => { if b { for c in b { if c { if d { g(); } } } } }
                A::E(b) => { if b { for c in b { if c { if d { g(); } } } } }
            }
        }
      `,
      // A switch counts once, whatever its cases: 1.
      js`function f(a) { switch (a) { case 1: return 1; case 2: return 2; case 3: return 3; case 4: return 4; default: return 5 } }`,
      // Early returns, defaults, optional chains and conditional elements are free.
      jsx`function F({ a }) { const b = a?.b ?? a?.c ?? 1; if (!a) return null; return <p>{a && <b>{b}</b>}</p> }`,
      // The outer function has an if of its own, so the inner one is a level deeper: 1 + 2 + 3 + 4 + 5 = 15.
      ts15`function f(a: A) { FIFTEEN if (a) g(); return () => { if (a) { if (a) { if (a) { if (a) g() } } } } }`,
    ],
  },
})

/** The tag, with fifteen points more where the text says so. */
function fifteen(tag: Tag, flat: string): Tag {
  return ({ raw }) =>
    written(
      tag,
      raw.join('').replace(/([ \t]*)FIFTEEN/, (_, indent: string) => `${indent}${flat}\n`.repeat(15)),
    )
}
