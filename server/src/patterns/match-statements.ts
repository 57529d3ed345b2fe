// Statements: in order, with gaps, in a block or, where there are gaps, in the blocks inside of it too.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { Matcher, Next } from './match.ts'
import type { Bindings, Match, Pattern } from './pattern.ts'
import { EXPRESSIONS, STATEMENT_LISTS } from './shapes.ts'

type NextStatement = (bindings: Bindings | undefined, last: number) => boolean

/** Everywhere in the file where these statements follow each other. */
export function statementMatches(matcher: Matcher, patterns: readonly Pattern[]): Match[] {
  const { code } = matcher
  const { start, end } = code.tree
  const matches: Match[] = []
  const hasGap = patterns.some(it => it.what === 'gap')
  if (patterns.some(it => matcher.anchors(it).some(rows => rows.length === 0))) return matches
  const opening = patterns[0]!
  for (const list of code.statementLists) {
    const flat = hasGap && matcher.options.deepStatements ? code.flattened(list) : list
    for (const rows of flat.length > list.length ? [list, flat] : [list]) {
      const from: number[] = []
      let inList = 0
      for (let j = 0; j < rows.length; j++) {
        if (rows[j] !== list[inList]) continue
        inList++
        if (opening.what === 'gap' ? j === 0 : matcher.mayHold(opening, rows[j]!)) from.push(j)
      }
      for (const j of from) {
        sequence(matcher, patterns, 0, rows, j, rows[j]!, undefined, false, (bindings, last) => {
          matches.push({ start: start[rows[j]!]!, end: Math.max(end[last]!, end[rows[j]!]!), bindings })
          return matches.length > 20_000
        })
      }
    }
  }
  return matches
}

/** The pattern's statements are all that the body of `row` says. */
export function matchStatements(
  matcher: Matcher,
  patterns: readonly Pattern[],
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const list = code.statements(row)
  const on: NextStatement = it => next(it)
  // With a gap, what follows the last statement that is asked for does not matter.
  const isWhole = !patterns.some(it => it.what === 'gap')
  if (sequence(matcher, patterns, 0, list, 0, row, bindings, isWhole, on)) return true
  if (!matcher.options.deepStatements || isWhole || patterns.length === 1) return false
  const flat = code.flattened(list)
  return flat.length > list.length && sequence(matcher, patterns, 0, flat, 0, row, bindings, false, on)
}

function sequence(
  matcher: Matcher,
  patterns: readonly Pattern[],
  i: number,
  rows: readonly number[],
  j: number,
  last: number,
  bindings: Bindings | undefined,
  complete: boolean,
  next: NextStatement,
): boolean {
  if (i === patterns.length) return (!complete || j === rows.length) && next(bindings, last)
  const pattern = patterns[i]!
  if (pattern.what === 'gap') {
    if (i === patterns.length - 1) {
      const end = rows.at(-1) ?? last
      if (pattern.name === '') return next(bindings, end)
      const { start: starts, end: ends } = matcher.code.tree
      const start = j < rows.length ? starts[rows[j]!]! : ends[end]!
      return matcher.bind(pattern.name, { row: -1, start, end: ends[end]! }, bindings, it => next(it, end))
    }
    for (let to = j; to < rows.length; to++)
      if (sequence(matcher, patterns, i + 1, rows, to, last, bindings, complete, next)) return true
    return false
  }
  if (j >= rows.length || !matcher.mayHold(pattern, rows[j]!)) return false
  return matchStatement(matcher, pattern, rows[j]!, bindings, it =>
    sequence(matcher, patterns, i + 1, rows, j + 1, rows[j]!, it, complete, next),
  )
}

/** One statement. An expression matches a statement that holds it. */
export function matchStatement(
  matcher: Matcher,
  pattern: Pattern,
  given: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { kind } = code.tree
  let row = given
  const inner = kind[row] === EXPORT ? code.child(row, DEFINITION) : -1
  if (inner !== -1 && !(pattern.what === 'tree' && pattern.kind === EXPORT)) row = inner
  if (kind[row] === DECORATED && !(pattern.what === 'tree' && pattern.kind === DECORATED)) {
    const definition = code.child(row, DEFINITION)
    if (definition !== -1) row = definition
  }
  if (pattern.what === 'hole') {
    const only = kind[row] === EXPRESSION_STATEMENT ? (code.children(row)[0] ?? row) : row
    return matcher.match(pattern, only, bindings, next)
  }
  if (isExpression(pattern)) {
    if (kind[row] === FUNCTION || kind[row] === CLASS) return matcher.match(pattern, row, bindings, next)
    return own(matcher, pattern, row, bindings, next)
  }
  if (kind[row] === EXPRESSION_STATEMENT) row = code.children(row)[0] ?? row
  return matcher.match(pattern, row, bindings, next)
}

function isExpression(pattern: Pattern): boolean {
  if (pattern.what !== 'tree') return true
  return EXPRESSIONS.has(pattern.kind) && pattern.kind !== FUNCTION
}

/** The rows of a statement that are not those of statements in it. */
function own(
  matcher: Matcher,
  pattern: Pattern,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { kind, after } = code.tree
  if (!matcher.options.deepExpressions) {
    const only = kind[row] === EXPRESSION_STATEMENT ? (code.children(row)[0] ?? row) : row
    return matcher.match(pattern, only, bindings, next)
  }
  for (let it = row; it < after[row]!; ) {
    const code_ = kind[it]!
    if (it !== row && (STATEMENT_LISTS.has(code_) || code.isStatement(it))) {
      it = after[it]!
      continue
    }
    if (code_ !== COMMENT && matcher.match(pattern, it, bindings, next)) return true
    it++
  }
  return false
}

const EXPORT = KIND_CODE.Export
const DECORATED = KIND_CODE.Decorated
const EXPRESSION_STATEMENT = KIND_CODE.ExpressionStatement
const FUNCTION = KIND_CODE.Function
const CLASS = KIND_CODE.Class
const COMMENT = KIND_CODE.Comment
const DEFINITION = ROLE_CODE.definition
