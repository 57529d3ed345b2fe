/** A suppression whose last day has passed: what it hid is shown again. */

import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** Found by `features/report.ts`, which knows what day it is; there is nothing to check in the code itself. */
export default defineRule<{ rules: string; until: string; owner: string }>({
  id: 'suppressions/expired',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'suppressions',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},

  explain: {
    en: ({ rules, until, owner }) => ({
      message: `The suppression of \`${rules}\` expired on ${until}${owner ? ` (${owner})` : ''}`,
      why: 'Whoever wrote it promised to come back by that day. Until somebody does, the finding counts again.',
      remedy: 'Repair the finding, or give a new date and say why it needs more time.',
    }),
    es: ({ rules, until, owner }) => ({
      message: `La supresión de \`${rules}\` caducó el ${until}${owner ? ` (${owner})` : ''}`,
      why: 'Quien la escribió prometió volver antes de ese día. Mientras nadie lo haga, el hallazgo vuelve a contar.',
      remedy: 'Corrige el hallazgo o pon una fecha nueva y explica por qué necesita más tiempo.',
    }),
  },

  examples: {
    invalid: [
      py`x = x  «# codeant-ignore correctness/self-assignment: until the debugger is fixed (@ana, until 2020-01-31)»`,
      js`x = x «// codeant-ignore correctness/self-assignment: legacy (until 2020-01-31)»`,
      ts`x = x «// codeant-ignore correctness/self-assignment: legacy (until 2020-01-31)»`,
      rs`fn f() { x = x; «// codeant-ignore correctness/self-assignment: legacy (until 2020-01-31)»
}`,
    ],
    valid: [
      py`x = x  # codeant-ignore correctness/self-assignment: keeps the watch alive (until 2999-12-31)`,
      js`x = x // codeant-ignore correctness/self-assignment: keeps the watch alive`,
      ts`x = x // codeant-ignore correctness/self-assignment: keeps the watch alive`,
      rs`fn f() { x = x; } // codeant-ignore correctness/self-assignment: keeps the watch alive`,
    ],
  },
})
