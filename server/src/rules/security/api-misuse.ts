/** Calls of functions of others that open a door: checks that are switched off, folders that are served whole. */

import { misuse } from '../apis/misuse.ts'
import { WEAK } from '../apis/weak.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/api-misuse',
  severity: 'warning',
  cwe: [295, 732, 916],
  concept: 'borrowed-code',
  impact: { likelihood: 'medium', cost: 'days' },
  ...misuse(WEAK),
})
