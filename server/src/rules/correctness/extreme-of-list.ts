/** `Math.max` takes numbers, not an array of them: of an array with more than one it makes `NaN`. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { insertBefore } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { typeHere } from '../support/type-here.ts'

export default defineRule({
  id: 'correctness/extreme-of-list',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [628],
  concept: 'floating-point',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['max', 'min', 'hypot'],

  check: {
    *Call(node, file) {
      const object = receiver(node)
      if (object?.kind !== 'Name' || object.name !== 'Math' || !file.isFree(object)) return
      const all = node.children('argument')
      const list = all.find(it => it.kind !== 'Spread' && (isMapped(it) || typeHere(file, it) === 'list'))
      if (!list) return
      yield {
        at: list,
        data: { list: excerpt(list), name: calleeName(node) },
        fix: { safety: 'safe', edits: () => [insertBefore(list, '...')] },
      }
    },
  },

  explain: {
    en: ({ list, name }) => ({
      message: `\`Math.${name}\` gets the array \`${list}\` where it takes numbers`,
      why: 'An array that is turned into a number is `NaN`, unless it has one element or none. So is whatever is computed with it.',
      remedy: 'Spread the array: `...` in front of it.',
      fix: 'Spread the array',
    }),
    es: ({ list, name }) => ({
      message: `\`Math.${name}\` recibe el array \`${list}\` donde espera números`,
      why: 'Un array convertido en número es `NaN`, salvo que tenga uno o ningún elemento. También lo será todo lo que se calcule con él.',
      remedy: 'Expande el array: `...` delante.',
      fix: 'Expandir el array',
    }),
  },

  examples: {
    invalid: [
      fixes(js`const most = Math.max(«[1, 2, 3]»)`, js`const most = Math.max(...[1, 2, 3])`),
      fixes(
        js`const most = Math.max(0, «rows.map(it => it.n)»)`,
        js`const most = Math.max(0, ...rows.map(it => it.n))`,
      ),
      ts`function f(sizes: number[]) { return Math.min(«sizes») }`,
      fixes(
        ts`const least = Math.min(«rows.map(it => it.n)»)`,
        ts`const least = Math.min(...rows.map(it => it.n))`,
      ),
    ],
    valid: [
      js`const most = Math.max(...[1, 2, 3])`,
      js`const most = Math.max(a, b); const least = _.min([1, 2])`,
      ts`function f(sizes: number[]) { return Math.max(...sizes) }`,
      ts`function f(size: number) { return Math.max(size, 0) }`,
    ],
  },
})

function isMapped(node: Parameters<typeof receiver>[0]): boolean {
  return node.kind === 'Call' && calleeName(node) === 'map' && node.child('argument')?.kind === 'Function'
}
