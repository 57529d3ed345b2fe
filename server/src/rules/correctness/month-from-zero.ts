/** `getMonth` counts from zero, and `getDay` gives the day of the week: shown beside a year, both are wrong. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter, insertBefore, replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/month-from-zero',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [193],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['getMonth', 'getUTCMonth', 'getDay', 'getUTCDay', 'getYear'],

  check: {
    *Call(node) {
      const date = receiver(node)
      const name = calleeName(node)
      if (!date || node.child('argument')) return
      if (name === 'getYear') {
        if (!/\b(new Date|date|now|today)\b/i.test(date.text)) return
      } else if (!isShownBesideYear(node, date)) return
      const property = node.child('callee')!.child('property')!
      const inPlace = node.parent?.kind === 'Interpolation'
      yield {
        at: node,
        data: { call: excerpt(node), name },
        fix: {
          safety: 'unsafe',
          edits: () =>
            /Month/.test(name)
              ? inPlace
                ? [insertAfter(node, ' + 1')]
                : [insertBefore(node, '('), insertAfter(node, ' + 1)')]
              : [replace(property, name === 'getYear' ? 'getFullYear' : name.replace('Day', 'Date'))],
        },
      }
    },
  },

  explain: {
    en: ({ call, name }) => ({
      message: /Month/.test(name)
        ? `\`${call}\` is 0 in January, and is shown as it is`
        : name === 'getYear'
          ? `\`${call}\` gives the years since 1900`
          : `\`${call}\` gives the day of the week, and is shown as the day of the month`,
      why: 'The date that comes of it looks like one and is another.',
      remedy: /Month/.test(name) ? 'Add one.' : `Use \`${name === 'getYear' ? 'getFullYear' : 'getDate'}\`.`,
      fix: /Month/.test(name) ? 'Add one' : `Use \`${name === 'getYear' ? 'getFullYear' : 'getDate'}\``,
    }),
    es: ({ call, name }) => ({
      message: /Month/.test(name)
        ? `\`${call}\` es 0 en enero, y se muestra tal cual`
        : name === 'getYear'
          ? `\`${call}\` da los años transcurridos desde 1900`
          : `\`${call}\` da el día de la semana, y se muestra como día del mes`,
      why: 'La fecha que sale parece una fecha, pero es otra.',
      remedy: /Month/.test(name) ? 'Suma uno.' : `Usa \`${name === 'getYear' ? 'getFullYear' : 'getDate'}\`.`,
      fix: /Month/.test(name) ? 'Sumar uno' : `Usar \`${name === 'getYear' ? 'getFullYear' : 'getDate'}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`const day = \`\${d.getFullYear()}-\${«d.getMonth()»}-\${d.getDate()}\``,
        js`const day = \`\${d.getFullYear()}-\${d.getMonth() + 1}-\${d.getDate()}\``,
      ),
      fixes(
        js`const day = d.getDate() + '/' + «d.getMonth()» + '/' + d.getFullYear()`,
        js`const day = d.getDate() + '/' + (d.getMonth() + 1) + '/' + d.getFullYear()`,
      ),
      fixes(
        ts`const day = \`\${d.getFullYear()}-\${d.getMonth() + 1}-\${«d.getDay()»}\``,
        ts`const day = \`\${d.getFullYear()}-\${d.getMonth() + 1}-\${d.getDate()}\``,
      ),
      fixes(ts`const year = «new Date().getYear()»`, ts`const year = new Date().getFullYear()`),
    ],
    valid: [
      js`const day = \`\${d.getFullYear()}-\${d.getMonth() + 1}-\${d.getDate()}\``,
      js`const key = \`month-\${d.getMonth()}\`; const title = NAMES[d.getMonth()] + ' ' + d.getFullYear()`,
      ts`const next = new Date(d.getFullYear(), d.getMonth(), 1)`,
      ts`const title = \`\${DAYS[d.getDay()]}, \${d.getFullYear()}\`; const year = car.getYear()`,
      // A key that nobody reads.
      ts`const key = \`\${d.getFullYear()}-\${d.getMonth()}\``,
    ],
  },
})

/** A text puts it beside the year and the day, or the month, of the same date. */
function isShownBesideYear(call: SyntaxNode, date: SyntaxNode): boolean {
  const part = call.parent
  let whole: SyntaxNode | undefined
  if (part?.kind === 'Interpolation') whole = part.parent
  else if (part?.kind === 'Binary' && part.operator === '+') {
    whole = part
    while (whole.parent?.kind === 'Binary' && whole.parent.operator === '+') whole = whole.parent
    if (!whole.has('String')) return false
  }
  if (!whole) return false
  const asked = new Set<string>()
  for (const it of whole.descendants('Call')) if (receiver(it)?.same(date)) asked.add(calleeName(it))
  const hasYear = asked.has('getFullYear') || asked.has('getUTCFullYear')
  const hasDay = asked.has('getDate') || asked.has('getUTCDate')
  const hasMonth = asked.has('getMonth') || asked.has('getUTCMonth')
  return /Day$/.test(calleeName(call)) ? hasYear && hasMonth && !hasDay : hasYear && hasDay
}
