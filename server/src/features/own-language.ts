// What the server of a language knows by itself: from a declaration to all that names it, within one language. Only what lies
// beyond is worth saying a second time.

import type { At } from '../graph/routes.ts'
import { familyOf } from './language-family.ts'
import type { End } from './ties.ts'

/** That language's own server leads from the end of a tie to that place. */
export function isKnownToItsLanguage({ at, tie }: End, other: At): boolean {
  if (tie.about.kind !== 'field') return false
  if (isSamePlace(at, other)) return true
  if (familyOf(at.file) !== familyOf(other.file)) return false
  const { twins, read } = tie.about.field
  const isTyped = (it: At) => read.some(one => one.isTyped && isSamePlace(one.at, it))
  const isTwin = (it: At) => twins.some(one => isSamePlace(one.at, it))
  // Whose type is written, that type's fields are known by. Another type of the same data is not.
  return isTyped(at) ? isTyped(other) || isTwin(other) : isTwin(at) && isTyped(other)
}

export function isSamePlace(one: At, other: At): boolean {
  return one.file === other.file && one.place[0] === other.place[0]
}
