// What became of a finding between two states of its file: still there, repaired, or nobody can tell.

import type { Finding } from '@codeant/shared/finding.ts'
import { matchBaseline } from '../../../server/src/features/baseline.ts'
import { rowAt } from '../../../server/src/features/meaning.ts'
import { KIND_CODE, type Kind } from '../../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'

/**
 * - `still`: the same finding is there today
 * - `acted`: the function (or file) is still there, the finding is gone, and the code at its place has changed
 * - `elsewhere`: the finding is gone although the code at its place is what it was
 * - `rewritten`: little of the function's text is left
 * - `deleted`: there is no such function any more
 * - `file-gone`: there is no such file any more, under this name or another
 *
 * Only the first two are answers; what happened in the others says nothing about the finding.
 */
export const OUTCOMES = ['still', 'acted', 'elsewhere', 'rewritten', 'deleted', 'file-gone'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface State {
  readonly text: string
  readonly tree: SyntaxTree
  readonly findings: readonly Finding[]
  readonly meanings: readonly string[]
}

export interface Fate {
  readonly outcome: Outcome
  /** Which part of the lines close by is still there: a repair leaves them alone, a rewrite does not. */
  readonly kept: number
}

/** The fates of `asked`, findings of `then` by their numbers. Without `now` there is no such file any more. */
export function fatesOf(then: State, now: State | undefined, asked: readonly number[]): Fate[] {
  if (!now) return asked.map(() => ({ outcome: 'file-gone', kept: 0 }))
  const gone = new Set(unmatched(now, then))
  const units = unitsOf(now.tree)
  return asked.map(index =>
    gone.has(index)
      ? fateOf(then.findings[index]!, then, now, units)
      : { outcome: 'still', kept: keptAround(then.findings[index]!, then, now.text) },
  )
}

/** Those of the `asked` findings of `state` that `earlier` did not have. */
export function unknownTo(earlier: State, state: State, asked: readonly number[]): number[] {
  const fresh = new Set(unmatched(earlier, state))
  return asked.filter(it => fresh.has(it))
}

/** The findings of `state` that `other` does not have: known again by what they mean, as the product's baseline does it. */
function unmatched(other: State, state: State): number[] {
  const entries = other.findings.map((it, i) => ({ rule: it.rule, path: '', meaning: other.meanings[i]! }))
  const all = state.findings.map((finding, index) => ({ finding, meaning: state.meanings[index]!, index }))
  return matchBaseline({ entries, today: () => undefined }, '', all).map(it => it.index)
}

function fateOf(
  finding: Finding,
  then: State,
  now: State,
  units: ReadonlyMap<string, readonly number[]>,
): Fate {
  const row = rowAt(then.tree, finding.start, finding.end)
  const unit = unitAround(then.tree, row)
  const before = textOf(then, unit)
  let after = now.text
  let left = tokensKept(before, after)
  if (unit !== 0) {
    const name = nameOfUnit(then.tree, unit)
    const same = units.get(name) ?? []
    if (same.length === 0) return { outcome: 'deleted', kept: 0 }
    // Of several with one name, the one that has most of the old text.
    left = -1
    for (const it of same) {
      const text = textOf(now, it)
      const share = tokensKept(before, text)
      if (share > left) {
        left = share
        after = text
      }
    }
  }
  const kept = keptAround(finding, then, after)
  if (left < REWRITTEN) return { outcome: 'rewritten', kept }
  const isAboutUnit = unit !== 0 && then.tree.parent[row] === unit && then.tree.name[row] !== 0
  const isAsBefore = isAboutUnit
    ? squeezed(before) === squeezed(after)
    : hasAll(after, linesAt(finding, then.text))
  return { outcome: isAsBefore ? 'elsewhere' : 'acted', kept }
}

/** Of a function of which less is left, nobody can say what was repaired. */
const REWRITTEN = 0.4

const UNITS: ReadonlySet<number> = new Set(
  (['Function', 'Class', 'Struct', 'Interface', 'Implementation', 'Enum', 'Namespace'] satisfies Kind[]).map(
    it => KIND_CODE[it],
  ),
)
const DECLARES: ReadonlySet<number> = new Set(
  (['Declarator', 'Field', 'Pair', 'Assignment'] satisfies Kind[]).map(it => KIND_CODE[it]),
)

/** The named thing around a row, 0 for the file itself. A function without a name has that of what it is given to. */
function unitAround(tree: SyntaxTree, row: number): number {
  for (let it = row; it !== 0; it = tree.parent[it]!)
    if (UNITS.has(tree.kind[it]!) && ownName(tree, it)) return it
  return 0
}

function unitsOf(tree: SyntaxTree): Map<string, number[]> {
  const units = new Map<string, number[]>()
  for (let row = 1; row < tree.rows; row++) {
    if (!UNITS.has(tree.kind[row]!) || !ownName(tree, row)) continue
    const name = nameOfUnit(tree, row)
    const known = units.get(name)
    if (known) known.push(row)
    else units.set(name, [row])
  }
  return units
}

function nameOfUnit(tree: SyntaxTree, row: number): string {
  const names: string[] = []
  for (let it = row; it !== 0; it = tree.parent[it]!) {
    const name = UNITS.has(tree.kind[it]!) ? ownName(tree, it) : ''
    if (name) names.unshift(name)
  }
  return names.join('.')
}

function ownName(tree: SyntaxTree, row: number): string {
  const name = firstName(tree, row)
  if (name || tree.kind[row] !== KIND_CODE.Function) return name
  const around = tree.parent[row]!
  return DECLARES.has(tree.kind[around]!) ? firstName(tree, around) : ''
}

/** A name among the children that stand in front of the body. */
function firstName(tree: SyntaxTree, row: number): string {
  for (let child = row + 1; child < tree.after[row]!; child = tree.after[child]!) {
    if (tree.name[child] !== 0) return tree.names[tree.name[child]!]!
    if (tree.kind[child] === KIND_CODE.Block || tree.kind[child] === KIND_CODE.Parameters) return ''
  }
  return ''
}

function textOf({ text, tree }: State, row: number): string {
  return row === 0 ? text : text.slice(tree.start[row]!, tree.end[row]!)
}

/** The share of the old words and signs that are still there, wherever. */
function tokensKept(before: string, after: string): number {
  const left = counts(after.match(TOKEN) ?? [])
  const old = before.match(TOKEN) ?? []
  let kept = 0
  for (const it of old) {
    const count = left.get(it) ?? 0
    if (count === 0) continue
    left.set(it, count - 1)
    kept++
  }
  return old.length === 0 ? 1 : kept / old.length
}

const TOKEN = /\w+|[^\w\s]/g

/** Which share of the three lines before and the three lines behind is still there. */
function keptAround({ start, end }: Finding, { text }: State, after: string): number {
  const before = linesOf(text.slice(0, text.lastIndexOf('\n', start - 1) + 1)).slice(-NEAR)
  const lineEnd = text.indexOf('\n', Math.max(start, end - 1))
  const behind = lineEnd === -1 ? [] : linesOf(text.slice(lineEnd, lineEnd + 2000)).slice(0, NEAR)
  const near = [...before, ...behind]
  const left = new Set(linesOf(after))
  return near.length === 0 ? 1 : near.filter(it => left.has(it)).length / near.length
}

const NEAR = 3

/** The first lines that a finding touches: a long one is about where it begins. */
function linesAt({ start, end }: Finding, text: string): string[] {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', Math.max(start, end - 1))
  return linesOf(text.slice(from, to === -1 ? text.length : to)).slice(0, NEAR)
}

function hasAll(text: string, lines: readonly string[]): boolean {
  const left = new Set(linesOf(text))
  return lines.every(it => left.has(it))
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(it => it.trimStart())
    .filter(it => it !== '')
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '')
}

function counts(words: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const it of words) found.set(it, (found.get(it) ?? 0) + 1)
  return found
}
