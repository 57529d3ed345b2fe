// Help for whoever writes a rule in patterns: which keys may stand at a place of the file, and what they mean. The file is read
// by its indentation: it is being written, so that it is seldom whole.

import type { Locale } from '@codeant/shared/locale.ts'
import { KEYS, type Place, type RuleKey } from './rule-file-keys.ts'

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
  return /(^|\/)\.codeant\/rules\//.test(path) || /^rules:\s*\n(.*\n){0,12}?\s*-?\s*languages?:/m.test(text)
}

/** What may be written at a place. Keys that are there already are left out. */
export function suggestions(text: string, offset: number, locale: Locale): readonly Suggestion[] {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(start, offset)
  const value = /^[\s-]*([\w-]+):\s+(.*)$/.exec(before)
  const lines = text.slice(0, start).split('\n')
  if (value) {
    const known = keysAt(lines, indentOf(before)).find(it => it.name === value[1])
    return (known?.values ?? []).map(it => ({ text: it }))
  }
  if (!/^[\s-]*[\w-]*$/.test(before)) return []
  const indent = indentOf(before)
  // In a list of values: `languages:` and, below it, `- python`.
  const listed = keysAt(lines, parentIndent(lines, indent)).find(
    it => it.name === parentOf(lines, indent)?.name,
  )
  if (/^\s*-/.test(before) && listed?.values) return listed.values.map(it => ({ text: it }))
  const there = siblings(text, start, indent)
  return keysAt(lines, indent)
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
  const known = keysAt(text.slice(0, start).split('\n'), lead!.length).find(it => it.name === name)
  return known && { at, markdown: `**${known.name}**: ${known.says[locale]}` }
}

/** Keys that may stand in a column, after these lines. */
function keysAt(lines: readonly string[], indent: number): readonly RuleKey[] {
  if (indent === 0) return KEYS.file
  const place = placeOf(lines, indent)
  return place ? KEYS[place] : []
}

function placeOf(lines: readonly string[], indent: number): Place | undefined {
  const parent = parentOf(lines, indent)
  return parent && PLACES[parent.name]
}

/** By the key that they stand below. */
const PLACES: Readonly<Record<string, Place>> = {
  rules: 'rule',
  patterns: 'formula',
  'pattern-either': 'formula',
  'pattern-not': 'formula',
  'pattern-inside': 'formula',
  'pattern-not-inside': 'formula',
  'pattern-sources': 'formula',
  'pattern-sinks': 'formula',
  'pattern-sanitizers': 'formula',
  'pattern-propagators': 'formula',
  'metavariable-regex': 'metavariable',
  'metavariable-pattern': 'metavariable',
  'metavariable-comparison': 'metavariable',
  'metavariable-analysis': 'metavariable',
  'metavariable-type': 'metavariable',
  paths: 'paths',
  options: 'options',
  'fix-regex': 'fix-regex',
}

interface Parent {
  readonly name: string
  readonly indent: number
}

/** The key whose value a column is in: the nearest line above that stands further left and ends with a colon. */
function parentOf(lines: readonly string[], indent: number): Parent | undefined {
  let limit = indent
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const written = /^([\s-]*)([\w-]+):\s*(.*)$/.exec(line)
    const own = indentOf(line)
    // `- id: x` begins an item: what stands in its column is beside `id`, what stands left of it is its list.
    if (written && own < limit && written[3]!.trim() === '') return { name: written[2]!, indent: own }
    if (own < limit) limit = own
    const dash = line.search(/\S/)
    if (line[dash] === '-' && dash < limit) limit = Math.min(limit, dash + 1)
  }
  return undefined
}

function parentIndent(lines: readonly string[], indent: number): number {
  return parentOf(lines, indent)?.indent ?? 0
}

/** Where the content of a line begins: behind the dashes of its items. */
function indentOf(line: string): number {
  return /^[\s-]*/.exec(line)![0].length
}

/** Keys of the same map: above and below, up to what stands further left or begins another item. */
function siblings(text: string, start: number, indent: number): ReadonlySet<string> {
  const lines = text.split('\n')
  const here = text.slice(0, start).split('\n').length - 1
  const names = new Set<string>()
  const note = (line: string): boolean => {
    if (line.trim() === '') return true
    const own = indentOf(line)
    if (own < indent) return false
    if (own === indent) {
      const written = /^[\s-]*([\w-]+):/.exec(line)
      if (written) names.add(written[1]!)
    }
    return true
  }
  const begins = (line: string) => indentOf(line) === indent && /^\s*-/.test(line)
  if (!begins(lines[here]!))
    for (let i = here - 1; i >= 0; i--) {
      if (!note(lines[i]!)) break
      if (begins(lines[i]!)) break
    }
  for (let i = here + 1; i < lines.length; i++) {
    if (begins(lines[i]!) || !note(lines[i]!)) break
  }
  return names
}
