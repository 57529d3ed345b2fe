// Where a pattern and the code part: the pattern's own matcher, watched while it walks, so that the pair of nodes is known
// which it could not get past after most of the pattern had matched.

import { KIND_CODE, ROLE_CODE } from '../../syntax/kinds.ts'
import type { Code } from '../code.ts'
import type { PatternFormula } from '../formula.ts'
import { Matcher, type MatchOptions, type Next, startShapes } from '../match.ts'
import { statementMatches } from '../match-statements.ts'
import { type PatternTexts, parsePattern } from '../parse-pattern.ts'
import { type Bindings, type Bound, lookUp, type Pattern, type Program } from '../pattern.ts'
import { kindName, SHAPE } from '../shapes.ts'
import type { Target } from '../target.ts'
import { type Reason, reason } from './reasons.ts'
import { brief, overlaps, type Span } from './why.ts'

export interface Parting {
  readonly reason: Reason
  /** The part of the code that is not what the pattern asks for; absent where nothing comes close. */
  readonly at?: Span
}

/** Steps that a search for the closest place may take; a page of code takes some thousands. */
const MOST_STEPS = 400_000

/** Of a pattern that matches nothing in this part of the file: what came closest, and what was in its way there. */
export function partingOf(
  target: Target,
  { source, programs }: PatternFormula,
  place: Span | undefined,
): Parting | undefined {
  const { code, parser } = target
  if (!code || !parser || !programs.get(code.tree.grammar)) return undefined
  const texts: PatternTexts = new Map()
  const program = parsePattern(parser, source, code.tree.grammar, texts)
  const trace = new Trace(code, target.options, place)
  trace.search(program)
  const failure = trace.closest
  if (failure) return inWords(code, failure, texts, source)
  const { what } = program
  const root = what === 'statements' ? program.list.find(it => it.what !== 'gap') : program.root
  return { reason: reason('no-form', root?.what === 'tree' ? kindName(root.kind) : 'String', brief(source)) }
}

interface Frame {
  readonly pattern: Pattern
  readonly row: number
}

type Failure = (
  | { readonly what: 'differs'; readonly pattern: Pattern; readonly row: number }
  | { readonly what: 'missing'; readonly pattern: Pattern; readonly row: number }
  | { readonly what: 'more'; readonly row: number; readonly rows: readonly number[]; readonly wanted: number }
  | { readonly what: 'unequal'; readonly name: string; readonly known: Bound; readonly bound: Bound }
  | { readonly what: 'ends'; readonly pattern: Pattern; readonly row: number }
) & {
  /** What was being matched around it, outermost first. */
  readonly around: readonly Frame[]
}

class Trace extends Matcher {
  readonly #place: Span | undefined
  /** Nodes of the pattern that have found theirs, on the way that is being tried. */
  #matched = 0
  /** Those that have not yet: the way from the pattern's root to here. */
  readonly #open: Frame[] = []
  #first: number | undefined
  #steps = 0
  #noted = 0
  #score = -1
  closest: Failure | undefined

  constructor(code: Code, options: MatchOptions, place: Span | undefined) {
    super(code, options)
    this.#place = place
  }

  /** All that may be meant by the pattern is tried, whatever names stand in it. */
  search(program: Program): void {
    if (program.what === 'statements') {
      statementMatches(this, program.list)
      return
    }
    for (const row of this.#mayBeMeant(program.root)) {
      if (this.#isInPlace(row)) this.match(program.root, row, undefined, () => false)
      if (this.#steps > MOST_STEPS) return
    }
  }

  override anchors(): readonly (readonly number[])[] {
    return []
  }

  override mayHold(): boolean {
    return true
  }

  override match(pattern: Pattern, row: number, bindings: Bindings | undefined, next: Next): boolean {
    if (++this.#steps > MOST_STEPS) return true
    const frame: Frame = { pattern, row }
    const isFirst = this.#first === undefined
    if (isFirst) this.#first = row
    const before = this.#matched
    const notedBefore = this.#noted
    let hasMatched = false
    this.#open.push(frame)
    const done = super.match(pattern, row, bindings, it => {
      hasMatched = true
      this.#open.pop()
      const inner = this.#matched
      this.#matched = inner + 1
      this.#note({ what: 'ends', pattern, row }, this.#matched * 4 - 1)
      const done = next(it)
      this.#matched = inner
      this.#open.push(frame)
      return done
    })
    this.#open.pop()
    this.#matched = before
    // A part of it that differs says more.
    if (!hasMatched && this.#noted === notedBefore)
      this.#note({ what: 'differs', pattern, row }, before * 4 + this.#likeness(pattern, row))
    if (isFirst) this.#first = undefined
    return done
  }

  override list(
    patterns: readonly Pattern[],
    i: number,
    rows: readonly number[],
    j: number,
    bindings: Bindings | undefined,
    next: Next,
    byRole = false,
  ): boolean {
    const pattern = patterns[i]
    if (!pattern && j < rows.length) this.#noteMore(rows, patterns.length)
    if (pattern && pattern.what !== 'gap' && j >= rows.length) this.#noteMissing(pattern, rows)
    return super.list(patterns, i, rows, j, bindings, next, byRole)
  }

  override unordered(
    patterns: readonly Pattern[],
    rows: readonly number[],
    bindings: Bindings | undefined,
    next: Next,
    mayBeMore: boolean,
  ): boolean {
    const wanted = patterns.filter(it => it.what !== 'gap')
    if (wanted.length > rows.length) this.#noteMissing(wanted[rows.length]!, rows)
    else if (!mayBeMore && wanted.length === patterns.length && wanted.length < rows.length)
      this.#noteMore(rows, wanted.length)
    return super.unordered(patterns, rows, bindings, next, mayBeMore)
  }

  override bind(name: string, bound: Bound, bindings: Bindings | undefined, next: Next): boolean {
    const known = lookUp(bindings, name)
    if (known && !this.code.same(known, bound, this.options.values))
      this.#note({ what: 'unequal', name, known, bound }, this.#matched * 4 + 3)
    return super.bind(name, bound, bindings, next)
  }

  /** Rows that look like what the pattern begins with. */
  *#mayBeMeant(root: Pattern): Generator<number> {
    const { code } = this
    if (root.what === 'tree') for (const shape of startShapes(root)) yield* code.rowsOf(shape)
    else if (root.what === 'text' && root.isRegex) yield* code.rowsOf(SHAPE.regex)
    else if (root.what === 'text' || root.what === 'template') yield* code.rowsOf(SHAPE.string)
    else yield* code.expressions()
  }

  #isInPlace(row: number): boolean {
    const { start, end } = this.code.tree
    return overlaps({ start: start[row]!, end: end[row]! }, this.#place)
  }

  #noteMissing(pattern: Pattern, rows: readonly number[]): void {
    this.#note({ what: 'missing', pattern, row: this.#around(rows) }, this.#matched * 4 + 2)
  }

  #noteMore(rows: readonly number[], wanted: number): void {
    this.#note({ what: 'more', row: this.#around(rows), rows, wanted }, this.#matched * 4 + 2)
  }

  #around(rows: readonly number[]): number {
    return rows[0] === undefined
      ? (this.#open.at(-1)?.row ?? this.#first ?? 0)
      : this.code.tree.parent[rows[0]]!
  }

  #note(failure: FailureWithoutFrames, score: number): void {
    this.#noted++
    if (score <= this.#score) return
    const isInPlace = this.#first !== undefined && this.#isInPlace(this.#first)
    if (!isInPlace && !('row' in failure && this.#isInPlace(failure.row))) return
    this.#score = score
    this.closest = { ...failure, around: [...this.#open] }
  }

  /** 1 where both are the same kind of thing: they are closer than two things that only stand in the same place. */
  #likeness(pattern: Pattern, row: number): number {
    return pattern.what === 'tree' && this.code.shape(row) === pattern.shape ? 1 : 0
  }
}

type FailureWithoutFrames = Failure extends infer It
  ? It extends unknown
    ? Omit<It, 'around'>
    : never
  : never

function inWords(code: Code, given: Failure, texts: PatternTexts, source: string): Parting {
  const failure = lifted(given)
  const textOf = (pattern: Pattern) => brief(texts.get(pattern) ?? source)
  const spanOf = (row: number): Span => ({ start: code.tree.start[row]!, end: code.tree.end[row]! })
  const codeText = ({ start, end }: Span) => brief(code.tree.text.slice(start, end))
  switch (failure.what) {
    case 'differs': {
      const at = spanOf(failure.row)
      return { reason: differenceOf(code, failure, textOf(failure.pattern), codeText(at)), at }
    }
    case 'missing':
      return { reason: reason('missing', textOf(failure.pattern)), at: spanOf(failure.row) }
    case 'more':
      return { reason: surplusOf(code, failure, codeText), at: spanOf(failure.row) }
    case 'unequal':
      return {
        reason: reason('unequal', failure.name, codeText(failure.known), codeText(failure.bound)),
        at: failure.bound,
      }
    case 'ends':
      return { reason: reason('ends', textOf(failure.pattern)), at: spanOf(failure.row) }
  }
}

/** Of `a.b` against `a.c` the whole name is told, of `b=1` that there is no `b`. */
function lifted(failure: Failure): Failure {
  if (failure.what !== 'differs') return failure
  const around = [...failure.around]
  let { pattern, row } = failure
  for (let it = around.at(-1); it?.pattern.what === 'tree'; it = around.at(-1)) {
    const isName = it.pattern.dotted !== undefined && (it.pattern.kind === MEMBER || it.pattern.kind === PATH)
    const isKey = NAMED.has(it.pattern.kind) && SAYS_WHICH.has(pattern.role)
    if (!isName && !isKey) break
    around.pop()
    ;({ pattern, row } = it)
    if (isKey) return { what: 'missing', pattern, row: around.at(-1)?.row ?? row, around }
  }
  return { ...failure, pattern, row, around }
}

function differenceOf(
  code: Code,
  { pattern, row }: Extract<Failure, { what: 'differs' }>,
  wanted: string,
  found: string,
): Reason {
  if (pattern.what === 'hole' && pattern.type !== undefined) return reason('type', found, pattern.type)
  if (pattern.what === 'text' && pattern.content.what === 'any') return reason('no-string', found)
  const qualified = pattern.what === 'tree' && pattern.dotted !== undefined ? code.qualifiedName(row) : ''
  if (qualified !== '' && qualified !== found) return reason('differs-alias', wanted, found, qualified)
  return reason('differs', wanted, found)
}

function surplusOf(
  code: Code,
  { row, rows, wanted, around }: Extract<Failure, { what: 'more' }>,
  codeText: (at: Span) => string,
): Reason {
  const { role, start, end } = code.tree
  const pattern = around.at(-1)?.pattern
  if (rows.every(it => role[it] === ARGUMENT) && pattern?.what === 'tree') {
    const allowed = pattern.children.filter(it => it.role === ARGUMENT)
    const passed = code.children(row).filter(it => role[it] === ARGUMENT).length
    if (!allowed.some(it => it.what === 'gap'))
      return reason('arguments', String(passed), String(allowed.length))
  }
  const surplus = rows[Math.min(wanted, rows.length - 1)]!
  return reason('more', codeText({ start: start[surplus]!, end: end[surplus]! }))
}

const MEMBER = KIND_CODE.Member
const PATH = KIND_CODE.Path
const NAMED: ReadonlySet<number> = new Set([
  KIND_CODE.KeywordArgument,
  KIND_CODE.Pair,
  KIND_CODE.JsxAttribute,
])
const SAYS_WHICH: ReadonlySet<number> = new Set([ROLE_CODE.name, ROLE_CODE.key, ROLE_CODE.label])
const ARGUMENT = ROLE_CODE.argument
