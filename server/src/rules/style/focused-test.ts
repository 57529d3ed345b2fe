/** A test that was singled out while working on it: all the others of its file no longer run. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { at, type Example, fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'style/focused-test',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  concept: 'hygiene',
  impact: { likelihood: 'high', cost: 'days' },
  callees: ['only', 'each', 'fit', 'iit', 'fdescribe', 'ddescribe', 'fcontext'],

  check: {
    *Call(node, file) {
      if (!file.isTest || node.children('argument').length === 0) return
      const callee = node.child('callee')
      if (!callee) return
      const short = callee.kind === 'Name' ? SHORT[callee.name] : undefined
      if (short !== undefined) {
        if (!file.isFree(callee) || node.children('argument').length < 2) return
        yield {
          at: callee,
          data: { call: callee.text },
          fix: { safety: 'unsafe', edits: () => [{ ...rangeOf(callee), newText: short }] },
        }
        return
      }
      const focus = focusOf(callee)
      const tests = focus?.child('object')
      if (!focus || !tests) return
      yield {
        at: focus,
        data: { call: focus.text },
        fix: { safety: 'unsafe', edits: () => [{ start: tests.end, end: focus.end, newText: '' }] },
      }
    },
  },

  explain: {
    en: ({ call }) => ({
      message: `\`${call}\` keeps every other test of this file from running`,
      why: 'The run is green because it is nearly empty. Whatever breaks in the meantime is noticed by users.',
      remedy: 'Let all tests run again before you commit.',
      fix: 'Let the other tests run again',
    }),
    es: ({ call }) => ({
      message: `\`${call}\` impide que se ejecuten las demás pruebas de este archivo`,
      why: 'La ejecución sale en verde porque está casi vacía. De lo que se rompa entretanto se enterarán los usuarios.',
      remedy: 'Deja que se ejecuten de nuevo todas las pruebas antes de hacer commit.',
      fix: 'Dejar que se ejecuten las demás pruebas',
    }),
  },

  examples: {
    invalid: [
      fixes(inTest(js`«it.only»('a', () => {})`), inTest(js`it('a', () => {})`)),
      fixes(inTest(ts`«describe.only»('a', () => {})`), inTest(ts`describe('a', () => {})`)),
      fixes(inTest(js`«fit»('a', () => {})`), inTest(js`it('a', () => {})`)),
      fixes(inTest(js`«fdescribe»('a', () => {})`), inTest(js`describe('a', () => {})`)),
      fixes(inTest(ts`«it.only».each([1])('a', () => {})`), inTest(ts`it.each([1])('a', () => {})`)),
      fixes(inTest(ts`«test.describe.only»('a', () => {})`), inTest(ts`test.describe('a', () => {})`)),
      inTest(ts`
        import { test } from 'vitest'
        «test.only»('a', () => {})
      `),
      inTest(ts`
        const it = base.extend({})
        «it.only»('a', async ({ page }) => {})
      `),
    ],
    valid: [
      inTest(js`it('a', () => )`),
      inTest(ts`it.skip('a', () => )`),
      inTest(js`query.only('a')`),
      inTest(js`it.each([1])('a', () => )`),
      inTest(ts`
        import { fit } from './layout'
        fit('a', () => {})
      `),
      inTest(js`model.fit(a, b)`),
      // Not a test.
      at('src/a.js', js`it.only('a', () => {})`),
    ],
  },
})

/** The short words for it, and what they become. */
const SHORT: Readonly<Record<string, string>> = {
  fit: 'it',
  iit: 'it',
  fdescribe: 'describe',
  ddescribe: 'describe',
  fcontext: 'context',
}

const TESTS: ReadonlySet<string> = new Set(['it', 'test', 'describe', 'suite', 'context', 'specify'])

/** The `it.only` of `it.only(…)` and of `it.only.each(…)`. */
function focusOf(callee: SyntaxNode): SyntaxNode | undefined {
  if (callee.kind !== 'Member') return undefined
  const name = callee.child('property')?.name
  const object = callee.child('object')
  if (name === 'each') return object && focusOf(object)
  if (name !== 'only') return undefined
  let head = object
  while (head?.kind === 'Member') head = head.child('object')
  return head?.kind === 'Name' && TESTS.has(head.name) ? callee : undefined
}

function rangeOf({ start, end }: SyntaxNode): { start: number; end: number } {
  return { start, end }
}

function inTest(example: Example): Example {
  return at(`test/a.test.$example.language === 'typescript' ? 'ts' : 'js'`, example)
}
