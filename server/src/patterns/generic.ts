// Patterns over bare text, token by token: words, signs, metavariables that are words, and gaps of a few lines.

import { regexOf } from './regex.ts'

/** A gap spans at most this many ends of lines, as the format says. */
const GAP = '(?:[^\\n]*?\\n){0,10}?[^\\n]*?'
/** The last one takes all that it may. */
const LAST_GAP = '(?:[^\\n]*\\n){0,10}[^\\n]*'

/** The pattern as a regular expression; what metavariables stand for are its named groups. */
export function genericPattern(source: string): RegExp {
  const seen = new Set<string>()
  let regex = ''
  let wasWord = false
  for (const [token] of source.trim().matchAll(/\$\.\.\.[A-Z_]\w*|\$[A-Z_][A-Z_0-9]*|\.\.\.|\w+|[^\s\w]/g)) {
    const name = /^\$(?:\.\.\.)?([A-Z_]\w*)$/.exec(token)?.[1]
    const isGap = token.startsWith('...') || token.startsWith('$...')
    const isWord = !isGap && (name !== undefined || /^\w/.test(token))
    if (regex !== '' && !isGap) regex += wasWord && isWord ? '\\s+' : '\\s*'
    const body = isGap ? GAP : name === undefined ? token.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') : '\\w+'
    if (name === undefined || name === '_') regex += name === undefined ? body : `(?:${body})`
    else if (seen.has(name)) regex += `\\k<${name}>`
    else {
      seen.add(name)
      regex += `(?<${name}>${body})`
    }
    wasWord = isWord
  }
  return regexOf(regex.endsWith(GAP) ? regex.slice(0, -GAP.length) + LAST_GAP : regex)
}
