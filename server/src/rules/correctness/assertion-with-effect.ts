/** Work done inside of an assertion is not done at all where assertions are switched off. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { hasAttribute } from '../support/attributes.ts'
import { isTestCode } from '../support/test-code.ts'

/** Methods that change what they are called on, whatever it is. */
const CHANGES =
  /^(pop|popleft|popitem|append|appendleft|extend|insert|remove|discard|setdefault|push|push_back|push_front|pop_front|pop_back|write|write_all|writelines|flush|commit|rollback|unlink|rmdir|mkdir|acquire|release|drain|send|recv|swap_remove|get_or_insert_with)$/
/**
 * The same in Rust, where the arguments of a macro are but tokens. What changes a collection and gives nothing back, such
 * as `truncate`, is no value: where it stands as one, it is something else of that name. A copy may be changed.
 */
const RUST_CHANGES =
  /(?<!\.(?:clone|to_vec|to_owned)\(\))\.(pop|push|push_back|push_front|pop_front|pop_back|insert|remove|swap_remove|drain|write_all|send|recv)\s*\(/

export default defineRule({
  id: 'correctness/assertion-with-effect',
  severity: 'warning',
  languages: ['python', 'rust'],
  cwe: [1164],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['debug_assert', 'debug_assert_eq', 'debug_assert_ne'],

  check: {
    *Assert(node, file) {
      const condition = node.child('condition')
      if (!condition || isTestCode(node, file)) return
      for (const it of [condition, ...condition.ownDescendants('Call')]) {
        if (it.kind !== 'Call' || !receiver(it) || !CHANGES.test(calleeName(it))) continue
        yield { at: it, data: { effect: excerpt(it), off: 'python' as string } }
        return
      }
    },
    *MacroCall(node, file) {
      const tokens = node.child('argument')
      if (!tokens || !calleeName(node).startsWith('debug_assert') || isTestCode(node, file)) return
      const match = RUST_CHANGES.exec(tokens.text)
      if (!match || isLeftOutToo(node)) return
      yield { at: tokens, data: { effect: `.${match[1]}(…)`, off: 'rust' as string } }
    },
  },

  explain: {
    en: ({ effect, off }) => ({
      message: `\`${effect}\` does something, inside of an assertion that may be switched off`,
      why:
        off === 'python'
          ? 'With `python -O` assertions are not evaluated at all. The program then does less than it did while it was tested.'
          : 'In a release build `debug_assert!` does not evaluate what it is given. The program then does less than it did while it was tested.',
      remedy: 'Do the work first, keep the result in a variable and assert that.',
    }),
    es: ({ effect, off }) => ({
      message: `\`${effect}\` hace algo dentro de una aserción que se puede desactivar`,
      why:
        off === 'python'
          ? 'Con `python -O` las aserciones no se evalúan. El programa hace entonces menos de lo que hacía mientras se probaba.'
          : 'En una compilación de producción, `debug_assert!` no evalúa lo que recibe. El programa hace entonces menos de lo que hacía mientras se probaba.',
      remedy: 'Haz primero el trabajo, guarda el resultado en una variable y comprueba esa.',
    }),
  },

  examples: {
    invalid: [
      py`
        def take(queue):
            assert «queue.pop()» == START
            return queue
      `,
      py`assert not «seen.setdefault(name, 0)», name`,
      rs`fn f(v: &mut Vec<u8>) { debug_assert!«(v.pop().is_some())»; }`,
      rs`fn f(m: &mut Map) { debug_assert_eq!«(m.insert(1, 2), None)»; }`,
    ],
    valid: [
      py`
        def take(queue):
            first = queue.pop()
            assert first == START
      `,
      // Whoever writes it so knows that his program never runs without assertions.
      py`
        def f(line):
            assert (match := PATTERN.match(line))
            return match.group(1)
      `,
      py`assert rows.copy() and user.is_active() and (n := len(rows)) < 3, n`,
      py`assert isinstance(row, dict), f"no row: {rows.index(row)}"`,
      rs`fn f(v: &mut Vec<u8>) { assert!(v.pop().is_some()); debug_assert!(v.is_empty()); }`,
      rs`fn f(p: &Path) { debug_assert!(p.components().next().is_some()); }`,
      rs`fn f(v: &[u8]) { debug_assert!(v.iter().next().is_none()); debug_assert_eq!(v.iter().take(2).count(), 2); }`,
      rs`fn f(width: Width, data: u64) { debug_assert_eq!(width.truncate(data), data); }`,
      rs`fn f(v: &[u8]) { debug_assert_eq!(v.to_vec().pop(), Some(0)); }`,
      rs`
        fn f(mut parts: Vec<Part>) {
            #[cfg(debug_assertions)]
            {
                let mut others = parts.iter().collect::<Vec<_>>();
                debug_assert!(others.pop().is_some());
            }
        }
      `,
      rs`fn f(v: &mut Vec<u8>) { if cfg!(debug_assertions) { debug_assert!(v.pop().is_some()); } }`,
      rs`
        #[cfg(test)]
        mod tests { fn f(v: &mut Vec<u8>) { debug_assert!(v.pop().is_some()); } }
      `,
    ],
  },
})

/** All around it is left out of a release build as well, by people who said so. */
function isLeftOutToo(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (hasAttribute(it, DEBUG)) return true
    if (it.kind === 'If' && DEBUG.test(it.child('condition')?.text ?? '')) return true
  }
  return false
}

const DEBUG = /\bcfg\b!?[^\n]*\bdebug_assertions\b/
