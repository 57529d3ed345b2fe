/** A step or a size of zero: the loop cannot move, and the program stops with an error. */

import { calleeName, positional, receiver } from '../../semantics/calls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExpectedToFail } from '../support/deliberate.ts'
import { isTestCode } from '../support/test-code.ts'

const RUST = ['step_by', 'chunks', 'chunks_exact', 'chunks_mut', 'windows', 'rchunks', 'array_chunks']

export default defineRule({
  id: 'correctness/zero-step',
  severity: 'error',
  languages: ['python', 'rust'],
  cwe: [628],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['range', 'islice', ...RUST],

  check: {
    *Call(node, file) {
      const name = calleeName(node)
      const all = positional(node)
      const step =
        file.language === 'rust'
          ? receiver(node) && RUST.includes(name) && all.length === 1
            ? all[0]
            : undefined
          : isRange(node, name)
            ? all[name === 'range' ? 2 : 3]
            : undefined
      const value = step && file.constant(step)
      if (!step || value?.kind !== 'number' || value.value !== 0) return
      if (isTestCode(node, file) || isExpectedToFail(node)) return
      if (file.language === 'python' && name === 'range' && !file.isFree(node.child('callee')!)) return
      yield { at: step, data: { name } }
    },
    *Slice(node, file) {
      // `a[::0]`: the third part is there only behind two colons.
      const last = node.children().at(-1)
      if (last?.kind !== 'Number' || last.text !== '0' || isExpectedToFail(node) || file.isTest) return
      const before = node.text.slice(0, last.start - node.start)
      if ((before.match(/:/g) ?? []).length === 2) yield { at: last, data: { name: '::' } }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: name === '::' ? 'A slice cannot go on by zero' : `\`${name}\` cannot go on by zero`,
      why: 'With a step of zero nothing would ever end, so it fails with an error whenever this line runs.',
      remedy: 'Give a step of one or more, or leave it out.',
    }),
    es: ({ name }) => ({
      message:
        name === '::'
          ? 'Un corte no puede avanzar de cero en cero'
          : `\`${name}\` no puede avanzar de cero en cero`,
      why: 'Con un paso de cero nada acabaría nunca, así que falla con un error siempre que se ejecuta esta línea.',
      remedy: 'Da un paso de uno o más, o déjalo fuera.',
    }),
  },

  examples: {
    invalid: [
      py`for i in range(0, 10, «0»): show(i)`,
      py`
        STEP = 0
        rows = list(range(1, n, «STEP»))
      `,
      py`every = rows[::«0»]`,
      rs`fn f() { for i in (0..10).step_by(«0») { g(i) } }`,
      rs`fn f(v: &[u8]) { for part in v.chunks(«0») { g(part) } }`,
    ],
    valid: [
      py`for i in range(0, 10, 2): show(i)`,
      py`first = rows[:0] + rows[1:2:-1] + rows[0]`,
      py`
        with pytest.raises(ValueError):
            range(0, 10, 0)
      `,
      rs`fn f() { for i in (0..10).step_by(2) { g(i) } }`,
      rs`fn f(v: &[u8], n: usize) { let a = v.chunks(n); let b = window.windows(0, 1); }`,
    ],
  },
})

function isRange(call: SyntaxNode, name: string): boolean {
  return name === 'islice' || (name === 'range' && call.child('callee')?.kind === 'Name')
}
