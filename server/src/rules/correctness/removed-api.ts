/** Functions, parameters and modules that a version took away, years ago in most cases. */

import { misuse } from '../apis/misuse.ts'
import { REMOVED } from '../apis/removed.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/removed-api',
  severity: 'warning',
  cwe: [477],
  concept: 'borrowed-code',
  impact: { likelihood: 'high', cost: 'hours' },
  ...misuse(REMOVED),
})
