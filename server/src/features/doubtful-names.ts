// Places that may name a thing as well, as far as their text tells. Whether they do, only the server of their language knows, or who
// looks at them.

import type { Place } from '../graph/facts.ts'
import type { At } from '../graph/routes.ts'
import { type Family, familyOf } from './language-family.ts'
import type { Replacement } from './renaming.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { escaped, renamedIn } from './written-names.ts'

export interface Doubt {
  readonly name: string
  readonly newName: string
  readonly family: Family
  /** Names of its types: who speaks of one may speak of the field. */
  readonly types: ReadonlySet<string>
}

/** Who is asked about more says yes to all of it. */
const MOST = 400

/** Members, keys and arguments of a name, in files that name one of the types and in `files`; not where it is `taken`. */
export function doubtfulNames(
  view: WorkspaceView,
  { name, newName, family, types }: Doubt,
  files: ReadonlySet<string>,
  taken: readonly At[],
): readonly Replacement[] {
  const known = [...types].map(it => escaped(it.slice(it.lastIndexOf('.') + 1)))
  const speaks = known.length > 0 ? new RegExp(`\\b(?:${known.join('|')})\\b`) : undefined
  const isAsked = (file: string, text: string) =>
    familyOf(file) === family && (files.has(file) || speaks?.test(text) === true)
  const pattern = PATTERNS[family].replaceAll('NAME', escaped(name))
  return mentions(view, name, new RegExp(pattern, 'g'), isAsked, taken).map(({ at, text }) => ({
    at,
    newText: renamedIn(text, at.place, newName, family),
  }))
}

/** Where a pattern that is all of `name` matches; not where it is `taken`. */
export function mentions(
  view: WorkspaceView,
  name: string,
  pattern: RegExp,
  isAsked: (file: string, text: string) => boolean,
  taken: readonly At[],
): readonly { readonly at: At; readonly text: string }[] {
  const certain = new Set(taken.map(it => `${it.file}\n${it.place[0]}`))
  const found: { readonly at: At; readonly text: string }[] = []
  for (const file of view.relations.files) {
    const text = view.text(file)
    if (!text?.includes(name) || !isAsked(file, text)) continue
    for (const { index } of text.matchAll(pattern)) {
      const place: Place = [index, index + name.length]
      if (!certain.has(`${file}\n${index}`)) found.push({ at: { file, place }, text })
      if (found.length === MOST) return found
    }
  }
  return found
}

/** A member that is called is a method, and no field. */
const MEMBER = String.raw`(?<=\.\s*)NAME\b(?!\s*\()`
const QUOTED = `(?<=')NAME(?=')|(?<=")NAME(?=")`
const KEY = String.raw`(?<=[{,]\s*)NAME(?=\s*(?:[,}]|:(?!:)))`

const PATTERNS: Readonly<Record<Family, string>> = {
  script: `${MEMBER}|${KEY}|${QUOTED}`,
  python: String.raw`${MEMBER}|${QUOTED}|(?<=[(,]\s*)NAME(?=\s*=(?!=))`,
  rust: `${MEMBER}|${KEY}`,
  other: QUOTED,
}
