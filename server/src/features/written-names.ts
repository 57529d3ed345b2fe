// How names of fields are written in code: with quotes or without, in short for two things at once, or as an alias beside.

import type { Place } from '../graph/facts.ts'
import type { Family } from './language-family.ts'

/** The name itself: a key may stand in quotes. */
export function nameIn(text: string, [start, end]: Place): Place {
  const quote = text[start]
  const isQuoted = /['"`]/.test(quote ?? '') && end - start > 1 && text[end - 1] === quote
  return isQuoted ? [start + 1, end - 1] : [start, end]
}

/** What stands in its place for another name: `{ email }` is short for `{ email: email }`, whose value keeps its name. */
export function renamedIn(text: string, place: Place, name: string, family: Family): string {
  return (family === 'script' || family === 'rust') && isShorthand(text, place)
    ? `${name}: ${text.slice(...place)}`
    : name
}

function isShorthand(text: string, [start, end]: Place): boolean {
  const before = /[{,]\s*$/.test(text.slice(Math.max(0, start - LOOK), start))
  // `{ email = 'none' } = user` has a default.
  return before && /^\s*(?:[,}]|=(?![=>]))/.test(text.slice(end, end + LOOK))
}

/** Blanks and line ends between two names. */
const LOOK = 200

/** Where the name on the wire is written beside that in the code: `Field(alias="userName")`, `#[serde(rename = "userName")]`. */
export function aliasPlaces(text: string, declared: Place, onWire: string, family: Family): readonly Place[] {
  const region = family === 'rust' ? attributesAbove(text, declared) : statementBehind(text, declared)
  const name = escaped(onWire)
  const says = family === 'rust' ? 'rename|serialize|deserialize|name|js_name' : '\\w*alias|data_key|name'
  const alias = new RegExp(`\\b(?:${says})\\s*=\\s*["']?(${name})["']?(?![\\w$-])`, 'dg')
  return [...text.slice(...region).matchAll(alias)].map(it => {
    const [from, to] = it.indices![1]!
    return [region[0] + from, region[0] + to] as const
  })
}

/** What stands behind a name up to the end of its statement. */
export function statementBehind(text: string, [, end]: Place): Place {
  let depth = 0
  for (let at = end; at < text.length; at++) {
    const it = text[at]!
    if ('([{'.includes(it)) depth++
    else if (')]}'.includes(it)) depth--
    if (depth < 0 || (it === '\n' && depth === 0)) return [end, at]
  }
  return [end, text.length]
}

/** Attributes and comments in the lines before a declaration, and what stands before it in its own. */
export function attributesAbove(text: string, [start]: Place): Place {
  let from = text.lastIndexOf('\n', start - 1) + 1
  while (from > 0) {
    const before = text.lastIndexOf('\n', from - 2) + 1
    if (!/^\s*(?:#\[|\/\/)/.test(text.slice(before, from))) break
    from = before
  }
  return [from, start]
}

/** As a part of a pattern. */
export function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
