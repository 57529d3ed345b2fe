/** A whole collection is made, only to ask how many elements it has. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'performance/collected-to-count',
  severity: 'hint',
  languages: ['python', 'rust'],
  cwe: [407],
  concept: 'data-structures',
  // Wrong too often where nobody had looked before: a handful of things, or work that is much dearer.
  enabled: false,
  impact: { likelihood: 'low', cost: 'minutes' },
  callees: ['len', 'count', 'is_empty'],

  check: {
    *Call(node, file) {
      const name = calleeName(node)
      if (file.isTest) return
      if (file.language === 'rust') {
        const inner = receiver(node)
        const source = inner && collectedFrom(inner)
        if (!inner || !source || node.child('argument')) return
        if (name === 'len') {
          yield {
            at: { start: source.end, end: node.end },
            data: { call: excerpt(inner), instead: 'count()' as string },
            fix: {
              safety: 'safe' as const,
              edits: () => [{ start: source.end, end: node.end, newText: '.count()' }],
            },
          }
        }
        if (name === 'is_empty')
          yield { at: inner, data: { call: excerpt(inner), instead: 'next().is_none()' as string } }
        return
      }
      const callee = node.child('callee')
      const [list, ...others] = node.children('argument')
      if (name !== 'len' || callee?.kind !== 'Name' || !file.isFree(callee) || !list || others.length > 0)
        return
      // An asynchronous comprehension cannot be summed.
      if (list.type === 'list_comprehension' && !/\basync\b|\bawait\b/.test(list.text)) {
        const clauses = list.children('clause').map(it => it.text)
        yield {
          at: node,
          data: { call: excerpt(list), instead: 'sum(1 for …)' as string },
          fix: { safety: 'safe' as const, edits: () => [replace(node, `sum(1 ${clauses.join(' ')})`)] },
        }
      }
    },
  },

  explain: {
    en: ({ call, instead }) => ({
      message: `\`${call}\` is made only to be counted`,
      why: 'All elements are computed, kept in memory together and thrown away again, for one number.',
      remedy: `Count them as they come, with \`${instead}\`.`,
      fix: 'Count them as they come',
    }),
    es: ({ call, instead }) => ({
      message: `\`${call}\` se construye solo para contarla`,
      why: 'Se calculan todos los elementos, se guardan juntos en memoria y se tiran, por un solo número.',
      remedy: `Cuéntalos según llegan, con \`${instead}\`.`,
      fix: 'Contarlos según llegan',
    }),
  },

  examples: {
    invalid: [
      fixes(py`n = «len([row for row in rows if row.ok])»`, py`n = sum(1 for row in rows if row.ok)`),
      fixes(
        py`if «len([a for a, b in pairs if a > b])» > 3: run()`,
        py`if sum(1 for a, b in pairs if a > b) > 3: run()`,
      ),
      fixes(
        rs`fn f(v: &[u8]) -> usize { v.iter().filter(|x| **x > 1)«.collect::<Vec<_>>().len()» }`,
        rs`fn f(v: &[u8]) -> usize { v.iter().filter(|x| **x > 1).count() }`,
      ),
      rs`fn f(v: &[u8]) -> bool { «v.iter().filter(|x| **x > 1).collect::<Vec<&u8>>()».is_empty() }`,
    ],
    valid: [
      py`n = len(rows) + len({row.id for row in rows}) + sum(1 for row in rows)`,
      py`
        ok = [row for row in rows if row.ok]
        n = len(ok)
      `,
      rs`fn f(v: &[u8]) -> usize { v.iter().filter(|x| **x > 1).count() + v.len() }`,
      rs`fn f(v: &[u8]) -> usize { v.iter().collect::<HashSet<_>>().len() }`,
    ],
  },
})

/** What stands in front of `.collect::<Vec<_>>()`. */
function collectedFrom(call: SyntaxNode): SyntaxNode | undefined {
  const generic = call.kind === 'Call' ? call.child('callee') : undefined
  const member = generic?.kind === 'GenericType' ? generic.child('callee') : undefined
  if (member?.kind !== 'Member' || calleeName(call) !== 'collect') return undefined
  return /::<\s*Vec\b/.test(generic!.text.slice(member.text.length)) ? member.child('object') : undefined
}
