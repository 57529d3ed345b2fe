/** Functions, parameters and modules that a version took away, years ago in most cases. */

import { misuse } from '../apis/misuse.ts'
import { REMOVED } from '../apis/removed.ts'
import { py } from '../example.ts'
import { defineRule } from '../rule.ts'

const table = misuse(REMOVED)

export default defineRule({
  id: 'correctness/removed-api',
  severity: 'warning',
  cwe: [477],
  concept: 'borrowed-code',
  impact: { likelihood: 'high', cost: 'hours' },
  ...table,

  examples: {
    ...table.examples,
    valid: [
      ...table.examples.valid,
      // Where the new name is missing, the version is one that has the old one.
      py`
        try:
            from urllib.request import urlopen
        except ImportError:
            from urllib2 import urlopen
      `,
    ],
  },
})
