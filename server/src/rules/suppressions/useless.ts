/** A suppression that hides nothing: what it was written for is gone, or was never there. */

import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** Found by `features/report.ts`, which sees the findings that a suppression could hide. */
export default defineRule<{ rules: string }>({
  id: 'suppressions/useless',
  severity: 'info',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'suppressions',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {},

  explain: {
    en: ({ rules }) => ({
      message: `Nothing here is found by \`${rules}\``,
      why: 'The comment hides nothing today, but it will hide the next real finding on this line without anybody noticing.',
      remedy: 'Delete the comment.',
      fix: 'Delete the comment',
    }),
    es: ({ rules }) => ({
      message: `\`${rules}\` no encuentra nada aquí`,
      why: 'Hoy el comentario no oculta nada, pero ocultará el próximo hallazgo real de esta línea sin que nadie se entere.',
      remedy: 'Elimina el comentario.',
      fix: 'Eliminar el comentario',
    }),
  },

  examples: {
    invalid: [
      py`x = y  «# codeant-ignore correctness/self-assignment: keeps the watch alive»`,
      js`x = y «// codeant-ignore correctness/self-assignment: keeps the watch alive»`,
      ts`x = y «// codeant-ignore correctness/self-assignment: keeps the watch alive»`,
      rs`fn f() { x = y; } «// codeant-ignore correctness/self-assignment: keeps the watch alive»`,
    ],
    valid: [
      py`x = x  # codeant-ignore correctness/self-assignment: keeps the watch alive`,
      js`x = x // codeant-ignore correctness/self-assignment: keeps the watch alive`,
      ts`x = x // codeant-ignore correctness/self-assignment: keeps the watch alive`,
      rs`fn f() { x = x; } // codeant-ignore correctness/self-assignment: keeps the watch alive`,
    ],
  },
})
