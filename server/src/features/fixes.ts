// Fixes that hold: applied in memory, parsed again, analysed again, and offered only when the finding is gone and none is new.

import type { Finding, FixSafety } from '@codeant/shared/finding.ts'
import type { LanguageId } from '@codeant/shared/language.ts'
import { dialectOf, textComments, treeComments } from '../rules/comments.ts'
import { dismissalsIn } from '../rules/elsewhere.ts'
import { checkFile, checkText, matchesOf, sortFindings, textMatchesOf } from '../rules/engine.ts'
import { silences, suppressionsIn } from '../rules/suppression.ts'
import { analyse, type Semantics } from '../semantics/source-file.ts'
import { FLAG_ERROR } from '../syntax/tree.ts'
import { applyEdits, type TextEdit } from '../text/document.ts'
import { type Engine, isCode } from './analyse-file.ts'
import { grammarOf, patternLanguageOf } from './languages.ts'
import { isOwn, packEdits, packFindings, packFindingsInText, sourceOf } from './pack-rules.ts'

/** A file as fixes see it. */
export interface Source {
  readonly path: string
  readonly language: LanguageId
  readonly text: string
}

/** What was verified about a fix; shown to whoever is offered it. */
export interface Evidence {
  /** The text parses no worse than before. */
  readonly parses: boolean
  readonly gone: boolean
  /** Findings that the fix would bring in. */
  readonly added: readonly Finding[]
}

export interface ProposedFix {
  readonly finding: Finding
  readonly safety: FixSafety
  readonly edits: readonly TextEdit[]
  readonly evidence: Evidence
  /** Everything verified: it may be offered. */
  readonly holds: boolean
}

/**
 * Every fix that is proposed for the wanted findings of a text, verified, the failed ones included. Of `learned` findings,
 * which no rule finds again, it is verified that the text parses and that no rule says anything new; whether the model is
 * content is for those to ask who can wait.
 */
export function proposeFixes(
  engine: Engine,
  source: Source,
  wanted: (finding: Finding) => boolean,
  learned: readonly Finding[] = [],
): ProposedFix[] {
  const before = read(engine, source)
  const all = findingsOf(engine, source, before)
  return [...all, ...learned]
    .filter(it => it.fix && wanted(it))
    .flatMap(finding => {
      const edits = editsFor(engine, source, before, finding)
      if (!edits || edits.length === 0 || !finding.fix) return []
      const evidence = verify(engine, source, before, all, [finding], edits)
      return [{ finding, safety: finding.fix, edits, evidence, holds: holds(evidence) }]
    })
}

export interface FixedText {
  readonly text: string
  /** How many findings were repaired. */
  readonly applied: number
}

/**
 * Repairs all that can be repaired. Fixes that overlap wait for the next pass over the new text; it ends when a pass
 * changes nothing, or after MAX_PASSES, should two rules undo each other.
 */
export function fixAll(engine: Engine, source: Source, wanted: (finding: Finding) => boolean): FixedText {
  let text = source.text
  let applied = 0
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const now = { ...source, text }
    const before = read(engine, now)
    const all = findingsOf(engine, now, before)
    const holding: { finding: Finding; edits: readonly TextEdit[] }[] = []
    let reached = -1
    for (const finding of all) {
      if (!finding.fix || !wanted(finding)) continue
      const edits = editsFor(engine, now, before, finding)
      if (!edits || edits.length === 0 || Math.min(...edits.map(it => it.start)) < reached) continue
      if (!holds(verify(engine, now, before, all, [finding], edits))) continue
      holding.push({ finding, edits })
      reached = Math.max(...edits.map(it => it.end))
    }
    if (holding.length === 0) break
    // Each holds by itself; together they still must. If not, one by one.
    const together = verify(
      engine,
      now,
      before,
      all,
      holding.map(it => it.finding),
      holding.flatMap(it => it.edits),
    )
    const chosen = holds(together) ? holding : holding.slice(0, 1)
    text = applyEdits(
      text,
      chosen.flatMap(it => it.edits),
    )
    applied += chosen.length
  }
  return { text, applied }
}

const MAX_PASSES = 20

/** What edits would do to a file by itself: nothing is to be gone, and nothing new. */
export function verifyEdits(engine: Engine, source: Source, edits: readonly TextEdit[]): Evidence {
  const before = read(engine, source)
  return verify(engine, source, before, findingsOf(engine, source, before), [], edits)
}

/** The same for edits that somebody else than a rule proposes for a finding, which is to be gone. */
export function verifyRepair(
  engine: Engine,
  source: Source,
  finding: Finding,
  edits: readonly TextEdit[],
): Evidence {
  const before = read(engine, source)
  const all = findingsOf(engine, source, before)
  const { rule, start, end } = finding
  const fixed = all.filter(it => it.rule === rule && it.start === start && it.end === end)
  const evidence = verify(engine, source, before, all, fixed, edits)
  // What no rule finds here cannot be seen to go; of what a model found, the model is asked by those who can wait.
  const canBeSeen = fixed.length > 0 || engine.rules.get(rule)?.learned !== undefined
  return { ...evidence, gone: evidence.gone && canBeSeen }
}

export function holds({ parses, gone, added }: Evidence): boolean {
  return parses && gone && added.length === 0
}

function read(engine: Engine, { path, language, text }: Source): Semantics | undefined {
  const grammar = grammarOf(language, path) ?? patternLanguageOf(path)
  if (!grammar || !engine.parser.isLoaded(grammar)) return undefined
  const tree = engine.parser.parseOnce(text, grammar)
  return tree && analyse(tree)
}

/**
 * Without what a comment silences, though it be out of date: somebody asked for it to be left alone, and a person should
 * say that it no longer holds.
 */
function findingsOf(engine: Engine, source: Source, semantics: Semantics | undefined): Finding[] {
  // What counts only when a model agrees says nothing before it was asked.
  return allFindingsOf(engine, source, semantics).filter(it => !engine.rules.get(it.rule)?.judgedBy)
}

function allFindingsOf(
  { rules, pack, parser }: Engine,
  source: Source,
  semantics: Semantics | undefined,
): Finding[] {
  const { path, language, text } = source
  const plain = checkText(rules, source)
  if (!semantics || !isCode(language)) {
    const comments = () => textComments(text, dialectOf(language))
    if (pack) plain.push(...packFindingsInText(pack, path, language, text, parser))
    return withoutSilenced(sortFindings(plain), suppressionsIn(text, comments))
  }
  if (pack) plain.push(...packFindings(pack, path, language, sourceOf(path, language, semantics), parser))
  const all = sortFindings([...plain, ...checkFile(rules, path, language, semantics)])
  const { tree } = semantics
  return withoutSilenced(all, [...suppressionsIn(text, () => treeComments(tree)), ...dismissalsIn(tree)])
}

function withoutSilenced(
  findings: Finding[],
  silencers: readonly { readonly rules: readonly string[]; readonly from: number; readonly to: number }[],
): Finding[] {
  if (silencers.length === 0) return findings
  return findings.filter(
    ({ rule, start }) => !silencers.some(it => start >= it.from && start < it.to && silences(it, rule)),
  )
}

/** Asks the rule again for the edits of this finding. */
function editsFor(
  engine: Engine,
  source: Source,
  semantics: Semantics | undefined,
  finding: Finding,
): readonly TextEdit[] | undefined {
  if (isOwn(finding)) return packEdits(engine, source, semantics, finding)
  const { rules } = engine
  const rule = rules.get(finding.rule)
  if (!rule) return undefined
  const { start, end, data } = finding
  if (rule.learned) return [{ start, end, newText: String(data.put) }]
  const matches = textMatchesOf(rule, source)
  if (semantics && isCode(source.language))
    matches.push(...matchesOf(rules, rule, source.path, source.language, semantics))
  const match = matches.find(it => it.at.start === finding.start && it.at.end === finding.end && it.fix)
  const edits = match?.fix?.edits()
  return edits && merge(edits)
}

function verify(
  engine: Engine,
  source: Source,
  before: Semantics | undefined,
  all: readonly Finding[],
  fixed: readonly Finding[],
  edits: readonly TextEdit[],
): Evidence {
  const text = applyEdits(source.text, edits)
  const after = read(engine, { ...source, text })
  const parses =
    !after ||
    !hasErrors(after) ||
    (before !== undefined && hasErrors(before) && errors(after) <= errors(before))
  const left = findingsOf(engine, { ...source, text }, after)
  const move = movedBy(edits)
  const expected = new Map<string, number>()
  for (const finding of all) {
    if (fixed.includes(finding)) continue
    const key = keyOf(finding.rule, move(finding.start, 'start'), move(finding.end, 'end'))
    expected.set(key, (expected.get(key) ?? 0) + 1)
  }
  // A finding that the edit merely moved or reshaped is still the same one: match what is left by rule.
  const unmatched: Finding[] = []
  for (const finding of left) {
    const key = keyOf(finding.rule, finding.start, finding.end)
    const count = expected.get(key) ?? 0
    if (count > 0) expected.set(key, count - 1)
    else unmatched.push(finding)
  }
  const spare = new Map<string, number>()
  for (const [key, count] of expected) if (count > 0) add(spare, ruleOf(key), count)
  const added = unmatched.filter(finding => {
    const count = spare.get(finding.rule) ?? 0
    if (count === 0) return true
    spare.set(finding.rule, count - 1)
    return false
  })
  const gone = !added.some(finding => fixed.some(it => it.rule === finding.rule))
  return { parses, gone, added: added.filter(finding => !fixed.some(it => it.rule === finding.rule)) }
}

function keyOf(rule: string, start: number, end: number): string {
  return `${rule}:${start}:${end}`
}

function ruleOf(key: string): string {
  return key.slice(0, key.indexOf(':'))
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}

/** Where an offset of the old text is in the new one. */
function movedBy(edits: readonly TextEdit[]): (offset: number, side: 'start' | 'end') => number {
  const sorted = [...edits].sort((a, b) => a.start - b.start)
  return (offset, side) => {
    let shift = 0
    for (const { start, end, newText } of sorted) {
      if (end < offset || (end === offset && (side === 'start' || start < end)))
        shift += newText.length - (end - start)
      else if (start < offset) return start + shift
    }
    return offset + shift
  }
}

function hasErrors({ tree }: Semantics): boolean {
  return (tree.flags[0]! & FLAG_ERROR) !== 0
}

function errors({ tree }: Semantics): number {
  let count = 0
  for (let row = 0; row < tree.rows; row++) if (tree.flags[row]! & FLAG_ERROR) count++
  return count
}

/** Edits in order; two deletions that touch or overlap become one. */
function merge(edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  const merged: TextEdit[] = []
  for (const edit of sorted) {
    const last = merged.at(-1)
    if (last && last.newText === '' && edit.newText === '' && edit.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, edit.end), newText: '' }
    } else merged.push(edit)
  }
  return merged
}
