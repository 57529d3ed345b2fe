// Two declarations of one value in different languages that do not say the same.

import type { ValueKind } from '../../graph/rows/values.ts'
import type { ValueTwins } from '../../graph/values.ts'
import type { RelationMatch } from '../rule.ts'

export type DifferingValues<T extends string | number> = {
  readonly name: string
  readonly value: T
  readonly other: string
  readonly expected: T
  readonly file: string
}

/** The match for twins of that kind; undefined where they agree. */
export function differing<T extends string | number>(
  { kind, one, other }: ValueTwins,
  wanted: ValueKind,
): RelationMatch<DifferingValues<T>> | undefined {
  if (kind !== wanted || one.value === other.value) return undefined
  const [value, expected] = [one.value as T, other.value as T]
  const data = { name: one.name, value, other: other.name, expected, file: other.file }
  return { at: one, data, related: [other] }
}
