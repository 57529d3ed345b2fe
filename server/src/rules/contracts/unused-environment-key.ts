/** An example of settings offers a variable that nothing in the workspace reads. */

import { at, beside, py, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isOffered, isRead } from '../support/environment-keys.ts'

export default defineRule<{ readonly key: string }>({
  id: 'contracts/unused-environment-key',
  severity: 'hint',
  languages: ['text'],
  concept: 'contracts',
  impact: { likelihood: 'low', cost: 'minutes' },
  // Half of what examples offer is read by the images that a compose file starts, or by libraries.
  enabled: false,

  check: {},
  relate: {
    *variable(variable, { environment }) {
      if (!isOffered(variable) || isRead(variable, environment)) return
      for (const it of variable.settings)
        if (it.in === 'example' && !it.isComment) yield { at: it, data: { key: it.key } }
    },
  },

  explain: {
    en: ({ key }) => ({
      message: `nothing reads \`${key}\``,
      why: 'Whoever installs the program sets it and expects something of it; the code that read it is gone, or calls it by another name.',
      remedy: 'Delete the line, or correct the name.',
    }),
    es: ({ key }) => ({
      message: `nada lee \`${key}\``,
      why: 'Quien instale el programa la definirá y esperará algo de ella; el código que la leía ya no está o la llama de otra manera.',
      remedy: 'Borra la línea o corrige el nombre.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/a.py',
            py`
import os

HOST = os.environ["SMTP_SERVER"]
`,
          ),
        ],
        at(
          '.env.example',
          text`
SMTP_SERVER=
«SMTP_LEGACY_MODE»=
`,
        ),
      ),
      beside(
        [
          at(
            'server/a.py',
            py`
import os

HOST = os.getenv("SEARCH_URL")
`,
          ),
        ],
        at(
          'server/.env.sample',
          text`
«SEARCH_TIMEOUT»=30
SEARCH_URL=
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'server/a.py',
            py`
import os

HOST = os.environ["SMTP_SERVER"]
`,
          ),
        ],
        at(
          '.env.example',
          text`
SMTP_SERVER=
# SMTP_LEGACY_MODE=
`,
        ),
      ),
      // Its name is put together.
      beside(
        [
          at(
            'server/a.py',
            py`
import os

LIMITS = {name: os.environ.get(f"LIMIT_{name}") for name in NAMES}
`,
          ),
        ],
        at('.env.example', text`LIMIT_UPLOADS=10`),
      ),
    ],
  },
})
