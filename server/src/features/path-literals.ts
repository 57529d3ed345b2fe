// What is written in code that other files have to do with: segments of paths, as in `"/api/users/{id}"` or `'users/<int:id>'`, and words.

import type { Place } from '../graph/facts.ts'
import type { At } from '../graph/routes.ts'

/** What may stand in a segment that is a word. */
const WORD = /[\w.~%+@-]/
const SEGMENT = /^[\w.~%+@-]+$/

export function isSegment(text: string): boolean {
  return SEGMENT.test(text) && !/^\.+$/.test(text)
}

/** The segment of a path that an offset touches, within a place. Undefined in what is filled in at run time. */
export function segmentAt(text: string, [from, to]: Place, offset: number): Place | undefined {
  let start = offset
  let end = offset
  while (start > from && WORD.test(text[start - 1]!)) start--
  while (end < to && WORD.test(text[end]!)) end++
  return start < end && beginsSegment(text[start - 1]) && endsSegment(text[end]) ? [start, end] : undefined
}

/** Where a segment is written within a place. Undefined where it is not, or more than once: nobody can tell which is meant. */
export function placeOfSegment(text: string, place: Place, segment: string): Place | undefined {
  const all = [...segmentsNamed(text, place, segment)]
  // `prefix="/users", tags=["users"]`: a slash tells a path from any other word.
  const behindSlash = all.filter(([start]) => text[start - 1] === '/')
  const [only, ...others] = behindSlash.length > 0 ? behindSlash : all
  return others.length === 0 ? only : undefined
}

/** The one of these places where something is written; undefined where none has it, or more than one. */
export function onlyPlace(
  texts: (path: string) => string | undefined,
  places: readonly At[],
  find: (text: string, place: Place) => Place | undefined,
): { readonly holder: At; readonly at: At } | undefined {
  let only: { readonly holder: At; readonly at: At } | undefined
  for (const holder of places) {
    const text = texts(holder.file)
    const place = text === undefined ? undefined : find(text, holder.place)
    if (!place || (only?.at.file === holder.file && only.at.place[0] === place[0])) continue
    if (only) return undefined
    only = { holder, at: { file: holder.file, place } }
  }
  return only
}

function* segmentsNamed(text: string, [from, to]: Place, segment: string): Generator<Place> {
  for (let at = text.indexOf(segment, from); at !== -1; at = text.indexOf(segment, at + 1)) {
    const end = at + segment.length
    if (end > to) return
    if (beginsSegment(text[at - 1]) && endsSegment(text[end])) yield [at, end]
  }
}

/** Behind a slash, a quote, a `^` of a pattern, or a value: `${API}users`. */
function beginsSegment(before: string | undefined): boolean {
  return before === undefined || /[/'"`^}]/.test(before)
}

/** Before a slash, a quote, a query, a `$` of a pattern, or a value: `users${query}`. */
function endsSegment(after: string | undefined): boolean {
  return after === undefined || /[/'"`?#${]/.test(after)
}

/** Where a word is written within a place, in whatever case; undefined where it is not, or more than once. */
export function placeOfWord(text: string, [from, to]: Place, word: string): Place | undefined {
  const within = text.slice(from, to).toLowerCase()
  const wanted = word.toLowerCase()
  let only: Place | undefined
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + 1)) {
    const end = at + word.length
    if (/[\w$]/.test(within[at - 1] ?? '') || /[\w$]/.test(within[end] ?? '')) continue
    if (only) return undefined
    only = [from + at, from + end]
  }
  return only
}

/** `PUT` as `post` is written: `put`. What is in mixed case keeps it. */
export function withCaseOf(before: string, word: string): string {
  if (before === before.toUpperCase()) return word.toUpperCase()
  return before === before.toLowerCase() ? word.toLowerCase() : word
}
