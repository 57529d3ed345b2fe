/** A suppression that does not say why. */

import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** Found by `features/report.ts`; the setting `require-reason` switches it off. */
export default defineRule<{ rules: string }>({
  id: 'suppressions/without-reason',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'suppressions',
  impact: { likelihood: 'low', cost: 'hours' },

  check: {},

  explain: {
    en: ({ rules }) => ({
      message: `This suppression of \`${rules}\` gives no reason`,
      why: 'The next reader cannot tell a considered exception from a problem that somebody did not want to see.',
      remedy:
        'Write the reason behind a colon, and who answers for it if you like: `codeant-ignore rule: reason (@owner, until 2027-01-31)`.',
    }),
    es: ({ rules }) => ({
      message: `Esta supresión de \`${rules}\` no da ningún motivo`,
      why: 'Quien la lea después no podrá distinguir una excepción meditada de un problema que alguien no quiso ver.',
      remedy:
        'Escribe el motivo tras dos puntos y, si quieres, quién responde por ella: `codeant-ignore regla: motivo (@responsable, until 2027-01-31)`.',
    }),
  },

  examples: {
    invalid: [
      py`x = x  «# codeant-ignore correctness/self-assignment»`,
      js`x = x «// codeant-ignore correctness/self-assignment»`,
      ts`x = x «// codeant-ignore correctness/*»`,
      rs`fn f() { x = x; } «// codeant-ignore correctness/self-assignment»`,
    ],
    valid: [
      py`x = x  # codeant-ignore correctness/self-assignment: keeps the watch alive`,
      js`x = x // codeant-ignore correctness/self-assignment: keeps the watch alive`,
      ts`x = x // codeant-ignore correctness/*: keeps the watch alive`,
      rs`fn f() { x = x; } // codeant-ignore correctness/self-assignment: keeps the watch alive`,
    ],
  },
})
