/** Branches and loops inside one another: to know when a line runs, every one of them has to be kept in mind. */

import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isChainStart } from '../support/branches.ts'
import { headOf } from '../support/functions.ts'
import { LOOPS } from '../support/loops.ts'
import { isMeasured } from '../support/measured.ts'

const FLOOR = 2

export default defineRule({
  id: 'design/deep-nesting',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'hours' },
  limit: { default: 5, floor: FLOOR },

  check: {
    *Function(node, file) {
      // Three levels of anything take more nodes than this.
      if (node.size < 12) return
      const { depth, deepest } = deepestIn(node)
      const head = headOf(node)
      if (depth <= FLOOR || !deepest || !head || !isMeasured(node, file)) return
      yield { at: head, data: { depth }, measure: depth, related: [keywordOf(deepest)] }
    },
  },

  explain: {
    en: ({ depth }) => ({
      message: `Branches and loops are nested ${depth} deep in this function`,
      why: 'Each level is one more condition that the reader has to remember in order to know when the innermost lines run.',
      remedy:
        'Leave early for the cases that need no work (`return`, `continue`), and move the innermost part into a function of its own.',
    }),
    es: ({ depth }) => ({
      message: `En esta función hay ramas y bucles anidados hasta ${depth} niveles`,
      why: 'Cada nivel es una condición más que hay que recordar para saber cuándo se ejecutan las líneas más internas.',
      remedy:
        'Sal pronto en los casos que no requieren trabajo (`return`, `continue`) y lleva la parte más interna a su propia función.',
    }),
  },

  examples: {
    invalid: [
      py`
        def «f»(a):
            if a:
                for b in a:
                    while b:
                        try:
                            match b:
                                case 1:
                                    if b: g()
                        except E:
                            pass
      `,
      js`function «f»(a) { if (a) { for (const b of a) { while (b) { do { switch (b) { case 1: if (b) g() } } while (b) } } } }`,
      ts`const f = «(a: A)» => { for (;;) { if (a) { try { if (b) { for (const c in a) { if (c) g() } } } catch {} } } }`,
      rs`fn «f»(a: A) { loop { if a { while b { for c in d { match c { 1 => { if let Some(e) = c { g() } } _ => {} } } } } } }`,
      // What hangs on an else is one level, whatever its place in the chain.
      js`function «f»() { if (a) {} else if (b) { for (;;) { for (;;) { for (;;) { for (;;) { if (c) g() } } } } } }`,
    ],
    valid: [
      py`
        def f(a):
            if a:
                for b in a:
                    while b:
                        with b:
                            try:
                                if b: g()
                            finally:
                                pass
      `,
      py`
        def f(a):
            if a == 1: pass
            elif a == 2: pass
            elif a == 3: pass
            elif a == 4: pass
            elif a == 5: pass
            elif a == 6: pass
      `,
      js`function f(a) { if (a) g(); else if (b) g(); else if (c) g(); else if (d) g(); else if (e) g(); else if (h) g() }`,
      // A function within a function is read by itself.
      js`function f(a) { if (a) { for (;;) { if (b) { return () => { if (c) { for (;;) { if (d) g() } } } } } } }`,
      ts`function f(a: A) { for (;;) { { { { { { g(a) } } } } } } }`,
      rs`fn f(a: A) { loop { if a { while b { for c in d { if c { unsafe { g() } } } } } } }`,
    ],
  },
})

const NESTS: readonly Kind[] = ['If', 'Switch', 'Try', ...LOOPS]

/** The deepest level of control flow in a function, those of the functions in it left out. */
function deepestIn(fn: SyntaxNode): { depth: number; deepest: SyntaxNode | undefined } {
  let depth = 0
  let deepest: SyntaxNode | undefined
  const open: number[] = [] // the row behind each statement that is still open
  for (const it of fn.ownDescendants(...NESTS)) {
    while (open.length > 0 && it.row >= open.at(-1)!) open.pop()
    if (it.kind === 'If' && !isChainStart(it)) continue
    open.push(it.row + it.size)
    if (open.length > depth) {
      depth = open.length
      deepest = it
    }
  }
  return { depth, deepest }
}

/** `if`, `for`, …: enough to show the place. */
function keywordOf(statement: SyntaxNode): { start: number; end: number } {
  const { start, text } = statement
  return { start, end: start + (/^\w+/.exec(text)?.[0].length ?? text.length) }
}
