// The examples of rules, for whoever shows them: a bundle's rules have none, they lie in a file beside it.

import { readFileSync } from 'node:fs'
import type { AnyRule } from '../../rules/rule.ts'

export type Examples = AnyRule['examples']

let shipped: Readonly<Record<string, Examples>> | undefined

export function examplesOf({ id, examples }: AnyRule): Examples {
  // A rule of a pack has none, and is none of those that were shipped.
  if (examples.invalid.length > 0 || !import.meta.url.includes('/dist/server/')) return examples
  shipped ??= JSON.parse(readFileSync(new URL('examples.json', import.meta.url), 'utf8')) as typeof shipped
  return shipped![id] ?? examples
}
