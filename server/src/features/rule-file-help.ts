// Help for whoever writes a rule in patterns: which keys may stand at a place of the file, and what they mean. The file is read
// by its indentation: it is being written, so that it is seldom whole.

import type { Locale } from '@codeant/shared/locale.ts'
import { KEYS, placeOf } from './rule-file-keys.ts'
import type { RuleKey } from './rule-key.ts'
import { TREE_KEYS, treePlaceOf } from './tree-rule-keys.ts'
import { indentOf, type Parent, parentsOf, siblings } from './yaml-outline.ts'

export interface Suggestion {
  readonly text: string
  readonly says?: string
}

export interface KeyHover {
  readonly at: { readonly start: number; readonly end: number }
  readonly markdown: string
}

/** A file of rules in YAML: one of the project's own, or one that says so by its contents. */
export function isPatternFile(path: string, text: string): boolean {
  if (!/\.ya?ml$/.test(path)) return false
  return (
    /(^|\/)\.codeant\/rules\//.test(path) ||
    /^rules:\s*\n(.*\n){0,12}?\s*-?\s*languages?:/m.test(text) ||
    (isTreeRule(text) && /^language\s*:/m.test(text) && /^rule\s*:/m.test(text))
  )
}

/** In ast-grep's format: a rule is a document, not one of a list. */
function isTreeRule(text: string): boolean {
  return /^(rule|language)\s*:/m.test(text) && !/^rules\s*:/m.test(text)
}

/** What may be written at a place. Keys that are there already are left out. */
export function suggestions(text: string, offset: number, locale: Locale): readonly Suggestion[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(start, offset)
  const value = /^[\s-]*([\w-]+):\s+(.*)$/.exec(before)
  const lines = text.slice(0, start).split('\n')
  if (value) {
    const known = keysAt(text, lines, indentOf(before)).find(it => it.name === value[1])
    return (known?.values ?? []).map(it => ({ text: it }))
  }
  if (!/^[\s-]*[\w-]*$/.test(before)) return []
  const indent = indentOf(before)
  // In a list of values: `languages:` and, below it, `- python`.
  const [parent, ...around] = parentsOf(lines, indent)
  const listed = parent && keysBelow(text, around).find(it => it.name === parent.name)
  if (/^\s*-/.test(before) && listed?.values) return listed.values.map(it => ({ text: it }))
  const there = siblings(text, start, indent)
  return keysAt(text, lines, indent)
    .filter(it => !there.has(it.name))
    .map(it => ({ text: `${it.name}: `, says: it.says[locale] }))
}

/** What the key under the cursor means. */
export function keyHover(text: string, offset: number, locale: Locale): KeyHover | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(start, text.indexOf('\n', offset) === -1 ? undefined : text.indexOf('\n', offset))
  const written = /^([\s-]*)([\w-]+):/.exec(line)
  if (!written) return undefined
  const [, lead, name] = written
  const at = { start: start + lead!.length, end: start + lead!.length + name!.length }
  if (offset < at.start || offset > at.end) return undefined
  const known = keysAt(text, text.slice(0, start).split('\n'), lead!.length).find(it => it.name === name)
  return known && { at, markdown: `**${known.name}**: ${known.says[locale]}` }
}

/** Keys that may stand in a column, after these lines. */
function keysAt(text: string, lines: readonly string[], indent: number): readonly RuleKey[] {
  return keysBelow(text, parentsOf(lines, indent))
}

function keysBelow(text: string, parents: readonly Parent[]): readonly RuleKey[] {
  if (isTreeRule(text)) {
    const place = treePlaceOf(parents)
    return place ? TREE_KEYS[place] : []
  }
  const place = placeOf(parents)
  const keys = place ? KEYS[place] : []
  // As long as nothing says which of the formats it will be, it may be either.
  return parents.length === 0 && !/^rules\s*:/m.test(text) ? [...keys, ...TREE_KEYS.document] : keys
}
