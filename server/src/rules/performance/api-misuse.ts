/** Calls of functions of others that are slow where they stand: made anew in every round, copied to add one. */

import { misuse } from '../apis/misuse.ts'
import { SLOW } from '../apis/slow.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'performance/api-misuse',
  severity: 'info',
  cwe: [1050],
  concept: 'work-in-loops',
  impact: { likelihood: 'medium', cost: 'hours' },
  ...misuse(SLOW),
})
