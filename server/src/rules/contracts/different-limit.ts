/** A limit that both sides of a border declare under the same name is another number on each. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { type DifferingValues, differing } from '../support/value-twins.ts'

export default defineRule<DifferingValues<number>>({
  id: 'contracts/different-limit',
  severity: 'info',
  languages: ['typescript', 'javascript', 'python'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *valueTwins(twins) {
      const match = differing<number>(twins, 'number')
      if (match && isLimit(match.data.name) && !isOtherUnit(match.data)) yield match
    },
  },

  explain: {
    en: ({ name, value, other, expected, file }) => ({
      message: `\`${name}\` is ${value} here, and \`${other}\` is ${expected} in ${file}`,
      why: 'The two carry one name in two languages, so they stand for one limit: what one side lets through, the other refuses, or it never gets as far as it might.',
      remedy: 'Decide which one is meant and change the other, or say in the names why they differ.',
    }),
    es: ({ name, value, other, expected, file }) => ({
      message: `\`${name}\` es aquí ${value}, y \`${other}\` es ${expected} en ${file}`,
      why: 'Llevan el mismo nombre en dos lenguajes, así que representan un mismo límite: lo que un lado deja pasar, el otro lo rechaza, o nunca llega hasta donde podría.',
      remedy: 'Decide cuál es el correcto y cambia el otro, o indica en los nombres por qué difieren.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [at('server/avatars.py', py`MAX_AVATAR_SIZE = 5 * 1024 * 1024`)],
        at('web/avatars.ts', ts`export const MAX_AVATAR_SIZE = «8 * 1024 * 1024»`),
      ),
      beside(
        [at('src/invitations.rs', rs`pub const MAX_INVITATIONS_PER_DAY: usize = 20;`)],
        at('web/invitations.js', js`export const maxInvitationsPerDay = «50»`),
      ),
      beside(
        [at('engine/src/lib.rs', rs`const MAX_TREE_DEPTH: u32 = 32;`)],
        at('app/trees.py', py`MAX_TREE_DEPTH = «64»`),
      ),
    ],
    valid: [
      beside(
        [at('server/avatars.py', py`MAX_AVATAR_SIZE = 5 * 1024 * 1024`)],
        at('web/avatars.ts', ts`export const MAX_AVATAR_SIZE = 5_242_880`),
      ),
      // Seconds and milliseconds are the same time.
      beside(
        [at('server/session.py', py`SESSION_IDLE_TIMEOUT = 900`)],
        at('web/session.js', js`export const SESSION_IDLE_TIMEOUT = 15 * 60 * 1000`),
      ),
      // Everybody has a size of pages.
      beside([at('server/lists.py', py`PAGE_SIZE = 50`)], at('web/lists.ts', ts`const PAGE_SIZE = 20`)),
      at('app/limits.py', py`MAX_TREE_DEPTH = 64`),
    ],
  },
})

const LIMIT =
  /max|min|limit|size|length|depth|count|per|timeout|ttl|expir|age|days|hours|minutes|seconds|quota|threshold|attempts|retries|items|interval|window|width|height|capacity/i

/** Not a number that stands for something, such as a port or a version. */
function isLimit(name: string): boolean {
  return LIMIT.test(name) && !/version|port\b|color|offset|priority|order/i.test(name)
}

/** The same in seconds and milliseconds, or in bytes and kilobytes. */
function isOtherUnit({ value, expected }: DifferingValues<number>): boolean {
  return UNITS.has(Math.max(value, expected) / Math.min(value, expected))
}

const UNITS = new Set([
  60,
  1000,
  1024,
  3600,
  86_400,
  24,
  1e6,
  1024 ** 2,
  60_000,
  3_600_000,
  86_400_000,
  1e9,
  1024 ** 3,
])
