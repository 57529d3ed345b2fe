// A rule against one node: what is bound when it holds, undefined when it does not.

import { type Bindings, EMPTY, rowOf } from './bindings.ts'
import { matchPattern } from './match-pattern.ts'
import { isGround, orderedParts } from './plan.ts'
import type { TreeFile } from './tree-file.ts'
import {
  type Core,
  kindsOf,
  type NthChild,
  type Position,
  type Relation,
  type StopBy,
  type TreeRule,
} from './tree-rule.ts'

/** A rule with its constraints; what is made of the bindings, only those need who write: `transform.ts`. */
export function evaluateCore(
  file: TreeFile,
  { rule, constraints }: Core,
  row: number,
  bindings: Bindings = EMPTY,
): Bindings | undefined {
  let found = evaluate(file, rule, row, bindings)
  if (!found) return undefined
  for (const [name, constraint] of constraints) {
    const bound = rowOf(found, name)
    if (bound === undefined) continue
    found = evaluate(file, constraint, bound, found)
    if (!found) return undefined
  }
  return found
}

export function evaluate(
  file: TreeFile,
  rule: TreeRule,
  row: number,
  bindings: Bindings,
): Bindings | undefined {
  file.step()
  switch (rule.what) {
    case 'pattern':
      return matchPattern(file, rule.pattern, row, bindings)
    case 'kind':
      return rule.symbols.has(file.tree.symbol[row]!) ? bindings : undefined
    case 'regex':
      return rule.regex.test(file.text(row)) ? bindings : undefined
    case 'nth-child':
      return nthChild(file, rule, row, bindings)
    case 'range': {
      const { start, end } = file.tree
      return isAt(file, start[row]!, rule.start) && isAt(file, end[row]!, rule.end) ? bindings : undefined
    }
    case 'all': {
      let found: Bindings | undefined = bindings
      for (const it of orderedParts(rule)) {
        found = evaluate(file, it, row, found)
        if (!found) return undefined
      }
      return found
    }
    case 'any':
      for (const it of rule.any) {
        const found = evaluate(file, it, row, bindings)
        if (found) return found
      }
      return undefined
    case 'not':
      return evaluate(file, rule.rule, row, bindings) ? undefined : bindings
    case 'matches': {
      const { core, isGlobal } = rule.utility
      if (!core) return undefined
      if (!isGlobal) return evaluate(file, core.rule, row, bindings)
      return evaluateCore(file, core, row) && bindings
    }
    default:
      return relationOnce(file, rule, row, bindings)
  }
}

/** What looks far and binds nothing is asked once for each node. */
function relationOnce(file: TreeFile, rule: Relation, row: number, bindings: Bindings): Bindings | undefined {
  if (rule.stopBy === 'neighbor' || !isGround(rule)) return relation(file, rule, row, bindings)
  const answers = file.answersTo(rule)
  if (answers[row] === UNASKED) answers[row] = relation(file, rule, row, bindings) ? YES : NO
  return answers[row] === YES ? bindings : undefined
}

const UNASKED = 0
const YES = 1
const NO = 2

function relation(file: TreeFile, rule: Relation, row: number, bindings: Bindings): Bindings | undefined {
  switch (rule.what) {
    case 'has':
      return has(file, rule, row, bindings)
    case 'inside':
      return inside(file, rule, row, bindings)
    default: {
      const siblings = rule.what === 'follows' ? file.preceding(row) : file.following(row)
      return firstWithin(file, rule.stopBy, siblings, it => evaluate(file, rule.rule, it, bindings))
    }
  }
}

/** What `find` makes of the first node that it accepts, as far as `stopBy` lets it look. */
export function firstWithin<Result>(
  file: TreeFile,
  stopBy: StopBy,
  rows: Iterable<number>,
  find: (row: number) => Result | undefined,
): Result | undefined {
  for (const row of rows) {
    const found = find(row)
    if (found !== undefined || stopBy === 'neighbor') return found
    if (stopBy !== 'end' && evaluate(file, stopBy, row, EMPTY)) return undefined
  }
  return undefined
}

function inside(
  file: TreeFile,
  { rule, stopBy, field }: Relation,
  row: number,
  bindings: Bindings,
): Bindings | undefined {
  let below = row
  return firstWithin(file, stopBy, file.ancestors(row), it => {
    const from = below
    below = it
    if (field !== undefined && file.childInField(it, field) !== from) return undefined
    return evaluate(file, rule, it, bindings)
  })
}

function has(file: TreeFile, relation: Relation, row: number, bindings: Bindings): Bindings | undefined {
  const { rule, stopBy, field } = relation
  if (field === undefined) {
    if (stopBy === 'end') return anyOf(file, rule, row + 1, file.tree.after[row]!, bindings)
    for (const it of file.children(row)) {
      const found = evaluate(file, rule, it, bindings)
      if (found) return found
      if (stopBy === 'neighbor' || evaluate(file, stopBy, it, EMPTY)) continue
      const deeper = relationOnce(file, relation, it, bindings)
      if (deeper) return deeper
    }
    return undefined
  }
  const child = file.childInField(row, field)
  if (child === undefined) return undefined
  if (stopBy === 'end') return anyOf(file, rule, child, file.tree.after[child]!, bindings)
  const found = evaluate(file, rule, child, bindings)
  if (found || stopBy === 'neighbor' || evaluate(file, stopBy, child, EMPTY)) return found
  for (const it of file.children(child)) {
    const deeper = evaluate(file, rule, it, bindings)
    if (deeper) return deeper
  }
  return undefined
}

/** The first of these rows that matches. */
function anyOf(
  file: TreeFile,
  rule: TreeRule,
  from: number,
  to: number,
  bindings: Bindings,
): Bindings | undefined {
  const kinds = kindsOf(rule)
  if (!kinds) {
    for (let it = from; it < to; it++) {
      const found = evaluate(file, rule, it, bindings)
      if (found) return found
    }
    return undefined
  }
  const rows = file.rowsOf(kinds)
  for (let i = firstFrom(rows, from); i < rows.length && rows[i]! < to; i++) {
    const found = evaluate(file, rule, rows[i]!, bindings)
    if (found) return found
  }
  return undefined
}

/** Where the rows from this one on begin in a list of rows in order. */
function firstFrom(rows: readonly number[], from: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < from) low = middle + 1
    else high = middle
  }
  return low
}

function nthChild(
  file: TreeFile,
  { step, offset, of, reverse }: NthChild,
  row: number,
  bindings: Bindings,
): Bindings | undefined {
  const around = file.parent(row)
  if (around === undefined) return undefined
  const own = of ? evaluate(file, of, row, bindings) : bindings
  if (!own || !file.isNamed(row)) return undefined
  const siblings = file
    .children(around)
    .filter(it => file.isNamed(it) && (!of || it === row || evaluate(file, of, it, bindings)))
  const index = siblings.indexOf(row)
  const position = reverse ? siblings.length - index : index + 1
  const steps = position - offset
  const fits = step === 0 ? steps === 0 : steps % step === 0 && Math.trunc(steps / step) >= 0
  return fits ? own : undefined
}

function isAt(file: TreeFile, offset: number, { line, column }: Position): boolean {
  const place = file.position(offset)
  return place.line === line && (column === undefined || place.column === column)
}
