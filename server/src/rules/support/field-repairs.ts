// How a field that only one side knows is brought to the name that the other one has.

import type { At } from '../../graph/routes.ts'
import type { RelationFix } from '../rule.ts'

/** Nothing, where nobody can tell what was meant. To be spread into a match. */
export function calledOtherwise(at: At, name: string, meant: string): { readonly fix?: RelationFix } {
  if (meant === '') return {}
  return { fix: { safety: 'unsafe', edits: () => [{ at, as: 'field', text: name, put: meant }] } }
}
