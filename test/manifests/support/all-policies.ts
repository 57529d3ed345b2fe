// Every question of a sceptical operator, in one list.

import { EDGE_POLICIES } from './edge-policies.ts'
import { ENGINE_POLICIES } from './engine-policies.ts'
import { OPERATION_POLICIES } from './operation-policies.ts'
import { POLICIES } from './policies.ts'
import type { Policy } from './policy.ts'
import { SCALING_POLICIES } from './scaling-policies.ts'

export const ALL_POLICIES: readonly Policy[] = [
  ...POLICIES,
  ...ENGINE_POLICIES,
  ...SCALING_POLICIES,
  ...OPERATION_POLICIES,
  ...EDGE_POLICIES,
]
