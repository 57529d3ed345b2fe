// A rule of ast-grep's format, operator by operator, at the node that comes closest to what it asks for.

import { type Bindings, EMPTY, rowOf } from '../ast-grep/bindings.ts'
import { evaluate, evaluateCore } from '../ast-grep/evaluate.ts'
import { matchPattern } from '../ast-grep/match-pattern.ts'
import { patternText } from '../ast-grep/pattern.ts'
import type { TreeFile } from '../ast-grep/tree-file.ts'
import { kindsOf, type Relation, type TreeRule } from '../ast-grep/tree-rule.ts'
import type { TreeSearch } from '../ast-grep/tree-search.ts'
import { reason } from './reasons.ts'
import { treePartingOf } from './tree-parting.ts'
import { type BoundText, brief, MOST_PLACES, overlaps, type Span, type Why, type WhyPlace } from './why.ts'

/** Nodes that are asked operator by operator; the closest of them is told of. */
const MOST_CANDIDATES = 400

/** Throws `TooLong`. */
export function explainTree(file: TreeFile, { core }: TreeSearch, place: Span | undefined): Why {
  file.begin()
  const kinds = kindsOf(core.rule) ?? new Set<number>()
  const rows = file.rowsOf(kinds).filter(it => overlaps(spanOf(file, it), place))
  const matches = rows.flatMap(row => {
    const bindings = evaluateCore(file, core, row)
    return bindings ? [{ row, bindings }] : []
  })
  const places = matches.slice(0, MOST_PLACES).map(it => placeOf(file, it.row, it.bindings))
  const base = { operator: 'rule', source: '', places, count: matches.length }
  if (rows.length === 0) {
    const names = [...new Set([...kinds].map(it => file.tree.words.types[it]))].join(' / ')
    return { ...base, outcome: 'fails', reason: reason('no-node', `\`${names}\``), parts: [] }
  }
  const candidates = matches.length > 0 ? [matches[0]!.row] : rows.slice(0, MOST_CANDIDATES)
  const { row, parts } = closest(candidates.map(row => ({ row, ...partsAt(file, core, row) })))
  return { ...base, outcome: matches.length > 0 ? 'holds' : 'fails', at: spanOf(file, row), parts }
}

function partsAt(
  file: TreeFile,
  { rule, constraints }: TreeSearch['core'],
  row: number,
): Omit<Candidate, 'row'> {
  const { why, bindings, near } = explain(file, rule, row, EMPTY)
  const known = bindings ?? EMPTY
  const conditions = [...constraints].flatMap(([name, constraint]): Why[] => {
    const bound = rowOf(known, name)
    const operator = `constraints.${name}`
    if (bound === undefined) return bindings ? [] : [unasked(operator, '')]
    const inner = explain(file, constraint, bound, known).why
    return [{ ...inner, operator, source: '', parts: [inner] }]
  })
  const held = conditions.filter(it => it.outcome === 'holds').length
  return { parts: [...(rule.what === 'all' ? why.parts : [why]), ...conditions], near: near + held }
}

interface Explained {
  readonly why: Why
  /** From 0 to 1, where it holds: of what is asked for, how much is there. */
  readonly near: number
  /** What is bound when it holds. */
  readonly bindings: Bindings | undefined
}

function explain(file: TreeFile, rule: TreeRule, row: number, bindings: Bindings): Explained {
  const after = evaluate(file, rule, row, bindings)
  const at = spanOf(file, row)
  const outcome = after ? 'holds' : 'fails'
  const places = after ? [placeOf(file, row, after)] : []
  const base = {
    operator: rule.what as string,
    source: '',
    outcome,
    places,
    count: places.length,
    parts: [],
  } as const
  const told = (more: Partial<Why>, near = 0): Explained => ({
    why: { ...base, ...more },
    near: after ? 1 : 0.9 * near,
    bindings: after,
  })
  const { words, symbol } = file.tree
  const own = words.types[symbol[row]!] ?? ''
  switch (rule.what) {
    case 'pattern': {
      const source = patternText(rule.pattern.root)
      if (matchPattern(file, rule.pattern, row, bindings)) return told({ source })
      const { matched, ...parting } = treePartingOf(file, rule.pattern, row, bindings)
      return told({ source, ...parting }, matched / (matched + 1))
    }
    case 'kind': {
      const source = [...new Set([...rule.symbols].map(it => words.types[it]))].join(' / ')
      return told({ source, ...(!after && { reason: reason('node', source, own), at }) })
    }
    case 'regex':
      return told({
        source: rule.regex.source,
        ...(!after && { reason: reason('text', brief(file.text(row))), at }),
      })
    case 'nth-child':
    case 'range':
      return told({
        operator: rule.what === 'range' ? 'range' : 'nthChild',
        ...(!after && { reason: reason('position'), at }),
      })
    case 'all': {
      let known = bindings
      let near = 0
      const parts = rule.all.map(it => {
        const part = explain(file, it, row, known)
        known = part.bindings ?? known
        near += part.near / rule.all.length
        return part.why
      })
      return told({ parts }, near)
    }
    case 'any': {
      const all = rule.any.map(it => explain(file, it, row, bindings))
      const parts = all.map(it => it.why)
      const why = after ? { parts } : { parts, reason: reason('no-alternative'), at }
      return told(why, Math.max(0, ...all.map(it => it.near)))
    }
    case 'not': {
      const inner = explain(file, rule.rule, row, bindings).why
      return told({
        places: inner.places,
        count: inner.count,
        ...(!after && { reason: reason('left-out'), at }),
        parts: [inner],
      })
    }
    case 'matches': {
      const { id, core } = rule.utility
      const inner = core && explain(file, core.rule, row, bindings)
      return told({ source: id, parts: inner ? [inner.why] : [] }, inner?.near)
    }
    default: {
      const { near, ...why } = explainRelation(file, rule, row, bindings, after !== undefined)
      return told(why, near)
    }
  }
}

/** `inside`, `has`, `follows`, `precedes`: what was looked at, and how far. */
function explainRelation(
  file: TreeFile,
  rule: Relation,
  row: number,
  bindings: Bindings,
  holds: boolean,
): Partial<Why> & { readonly near?: number } {
  const all = [...around(file, rule, row)].slice(0, MOST_CANDIDATES)
  const fits = all.find(it => evaluate(file, rule.rule, it, bindings) !== undefined)
  if (holds && fits !== undefined) {
    const { why } = explain(file, rule.rule, fits, bindings)
    return { places: [placeOf(file, fits, EMPTY)], count: 1, parts: [why] }
  }
  if (holds) return {}
  if (all.length === 0) return { reason: reason('none-there'), at: spanOf(file, row) }
  const further = rule.stopBy === 'neighbor' && fits !== undefined && rule.field === undefined
  if (further) return { reason: reason('further'), at: spanOf(file, fits) }
  const looked = rule.stopBy === 'neighbor' && rule.what !== 'has' ? all.slice(0, 1) : all
  const best = closest(
    looked.map(it => {
      const { why, near } = explain(file, rule.rule, it, bindings)
      return { row: it, parts: [why], near }
    }),
  )
  if (best.near === 0) return { reason: reason('nothing-fits'), at: spanOf(file, row) }
  return { reason: reason('nowhere'), at: spanOf(file, best.row), parts: best.parts, near: best.near }
}

function around(file: TreeFile, { what, stopBy }: Relation, row: number): Iterable<number> {
  switch (what) {
    case 'inside':
      return file.ancestors(row)
    case 'follows':
      return file.preceding(row)
    case 'precedes':
      return file.following(row)
    case 'has':
      return stopBy === 'neighbor' ? [...file.children(row), ...below(file, row)] : below(file, row)
  }
}

function* below(file: TreeFile, row: number): Generator<number> {
  for (let it = row + 1; it < file.tree.after[row]!; it++) yield it
}

interface Candidate {
  readonly row: number
  readonly parts: readonly Why[]
  readonly near: number
}

/** The first of those that come closest. */
function closest(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((best, it) => (it.near > best.near ? it : best))
}

function unasked(operator: string, source: string): Why {
  return { operator, source, outcome: 'unasked', places: [], count: 0, parts: [] }
}

function placeOf(file: TreeFile, row: number, bindings: Bindings): WhyPlace {
  const bound: BoundText[] = []
  for (let it = bindings; it.what !== 'empty'; it = it.before) {
    if (it.what === 'text') bound.push({ name: it.name, text: brief(it.text, 120) })
    else {
      const rows = it.what === 'one' ? [it.row] : it.rows
      const [first] = rows
      const last = rows.at(-1)
      if (first === undefined || last === undefined) bound.push({ name: it.name, text: '' })
      else {
        const span = { start: file.tree.start[first]!, end: file.tree.end[last]! }
        bound.push({ name: it.name, text: brief(file.tree.text.slice(span.start, span.end), 120), ...span })
      }
    }
  }
  return { ...spanOf(file, row), bindings: bound.reverse() }
}

function spanOf(file: TreeFile, row: number): Span {
  return { start: file.tree.start[row]!, end: file.tree.end[row]! }
}
