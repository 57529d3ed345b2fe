/** All elements are put in order, and only the first or the last is looked at. */

import { keywordArgument } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { replace } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'performance/sort-for-extreme',
  severity: 'hint',
  languages: ['python'],
  cwe: [407],
  concept: 'data-structures',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {
    *Index(node, file) {
      const sorted = node.child('object')?.unwrapped
      const index = node.child('index')?.text ?? ''
      const callee = sorted?.kind === 'Call' ? sorted.child('callee') : undefined
      if (!sorted || callee?.kind !== 'Name' || callee.name !== 'sorted' || !/^(0|-1)$/.test(index)) return
      if (!file.isFree(callee) || file.isTest) return
      const all = sorted.children('argument')
      if (all.some(it => it.kind === 'Spread') || !all[0]) return
      const isTurned = keywordArgument(sorted, 'reverse')?.text ?? 'False'
      if (!/^(True|False)$/.test(isTurned)) return
      const name = (index === '-1') !== (isTurned === 'True') ? 'max' : 'min'
      const given = all.filter(it => it.child('label')?.text !== 'reverse').map(it => it.text)
      // Of equal elements `max` gives the first, and sorting the last: where a key compares them, it is another one.
      if (keywordArgument(sorted, 'key') && index === '-1') return
      const edits = () => [replace(node, `${name}(${given.join(', ')})`)]
      yield {
        at: node,
        data: { sorted: excerpt(sorted), instead: name as string },
        fix: { safety: 'safe' as const, edits },
      }
    },
  },

  explain: {
    en: ({ sorted, instead }) => ({
      message: `\`${sorted}\` puts everything in order to look at one element`,
      why: 'The smallest or the largest is found in one go through the elements, without moving any of them and without another list.',
      remedy: `Use \`${instead}\`.`,
      fix: `Use \`${instead}\``,
    }),
    es: ({ sorted, instead }) => ({
      message: `\`${sorted}\` ordena todo para mirar un solo elemento`,
      why: 'El menor o el mayor se encuentra recorriendo los elementos una vez, sin mover ninguno y sin otra lista.',
      remedy: `Usa \`${instead}\`.`,
      fix: `Usar \`${instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(py`least = «sorted(sizes)[0]»`, py`least = min(sizes)`),
      fixes(
        py`best = «sorted(rows, key=lambda row: row.size, reverse=True)[0]»`,
        py`best = max(rows, key=lambda row: row.size)`,
      ),
      fixes(py`largest = «sorted(sizes)[-1]»`, py`largest = max(sizes)`),
    ],
    valid: [
      // The last of those that are equally large, where `max` gives the first.
      py`last = sorted(rows, key=size)[-1]`,
      py`last = sorted(rows, key=size, reverse=True)[-1]`,
      py`least = sorted(sizes)[1]; three = sorted(sizes)[:3]`,
      py`rows = sorted(sizes); least = rows[0]`,
    ],
  },
})
