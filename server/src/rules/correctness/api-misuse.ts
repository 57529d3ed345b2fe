/** Calls of functions of others that do something else than what was meant, or fail when they are reached. */

import { misuse } from '../apis/misuse.ts'
import { TRAPS } from '../apis/traps.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/api-misuse',
  severity: 'warning',
  cwe: [628, 687],
  concept: 'borrowed-code',
  impact: { likelihood: 'high', cost: 'hours' },
  ...misuse(TRAPS),
})
