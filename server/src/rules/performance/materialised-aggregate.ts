/** `any([…])` builds the whole list before it looks at the first element. */

import { calleeName } from '../../semantics/calls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isShort } from '../support/loops.ts'

export default defineRule({
  id: 'performance/materialised-aggregate',
  severity: 'hint',
  languages: ['python'],
  concept: 'data-structures',
  impact: { likelihood: 'low', cost: 'minutes' },
  callees: ['any', 'all'],

  check: {
    *Call(node, file) {
      const callee = node.child('callee')
      const [list, ...others] = node.children('argument')
      if (callee?.kind !== 'Name' || !file.isFree(callee) || others.length > 0) return
      if (file.isTest || list?.kind !== 'Comprehension' || !/^(list|set)_comprehension$/.test(list.type))
        return
      if (isShort(file, list) || isAskedOfAll(list)) return
      // With an `await` in it, it would become an asynchronous generator, which these functions do not take.
      if (list.has('Await', 'Yield') || /\basync\b/.test(list.text)) return
      yield {
        at: list,
        data: { name: callee.name },
        fix: {
          // The elements behind the first hit are no longer computed: fine, unless computing them does something.
          safety: list.has('Call', 'NamedExpression') ? 'unsafe' : 'safe',
          edits: () => [
            { start: list.start, end: list.start + 1, newText: '' },
            { start: list.end - 1, end: list.end, newText: '' },
          ],
        },
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` gets a whole list, though it could stop at the first ${name === 'any' ? 'hit' : 'miss'}`,
      why: 'The list is computed to its end and kept in memory, even if its first element already decides.',
      remedy:
        'Pass the expression without brackets: then elements are computed one at a time, and only as many as needed.',
      fix: 'Leave out the brackets',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` recibe una lista entera, aunque podría parar en el primer ${name === 'any' ? 'acierto' : 'fallo'}`,
      why: 'La lista se calcula hasta el final y se guarda en memoria, aunque ya el primer elemento decida.',
      remedy:
        'Pasa la expresión sin corchetes: así los elementos se calculan de uno en uno y solo los necesarios.',
      fix: 'Quitar los corchetes',
    }),
  },

  examples: {
    invalid: [
      fixes(py`any(«[a > 1 for a in b]»)`, py`any(a > 1 for a in b)`),
      fixes(py`if all(«[a for b in c for a in b if a]»): f()`, py`if all(a for b in c for a in b if a): f()`),
      fixes(py`any(«{a.b for a in c}»)`, py`any(a.b for a in c)`),
      py`all(«[f(a) for a in b]»)`,
    ],
    valid: [
      py`valid = all([form.is_valid() for form in forms])`,
      py`any(a > 1 for a in b)`,
      py`any([a, b, c])`,
      py`any(b)`,
      // Nothing to gain.
      py`
        KINDS = ['a', 'b']
        any([a in text for a in KINDS])
      `,
      // A test may want all of them to be computed.
      at('tests/test_a.py', py`assert any([a.b for a in c])`),
      py`
        async def f(a):
            return any([await g(b) for b in a])
      `,
      py`
        async def f(a):
            return any([b async for b in a])
      `,
      py`
        def any(a): return a
        any([b for b in c])
      `,
      py`numpy.any([a > 1 for a in b])`,
      // These need all elements anyway, and get them faster from a list.
      py`sum([a * 2 for a in b])`,
      py`", ".join([str(a) for a in b])`,
    ],
  },
})

/** `all([form.is_valid() for form in forms])`: each is to find its errors, however the others do. */
function isAskedOfAll(list: SyntaxNode): boolean {
  const body = list.child('body')
  return body?.kind === 'Call' && /valid|clean|check|verify/i.test(calleeName(body))
}
