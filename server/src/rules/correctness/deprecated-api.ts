/** Functions and packages that their own authors advise against, while there is time to change. */

import { DEPRECATED } from '../apis/deprecated.ts'
import { misuse } from '../apis/misuse.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/deprecated-api',
  severity: 'info',
  cwe: [477],
  concept: 'borrowed-code',
  impact: { likelihood: 'low', cost: 'hours' },
  ...misuse(DEPRECATED),
})
