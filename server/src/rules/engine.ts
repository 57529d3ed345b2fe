// Runs rules over a file: over all of it the first time, afterwards only over what an edit changed.
//
// The tree is cut into cells: subtrees of at most CELL_ROWS rows, and every single node above those. A cell's findings
// hold as long as its content, the kinds of nodes around it, and everything else that its rules looked at are the same;
// the reader that rules look through writes down what that was. Rules never see cells.

import type { Finding, FindingData } from '@codeant/shared/finding.ts'
import { bug } from '../base/bug.ts'
import { FileReader, type Semantics, SourceFile, saysGenerated } from '../semantics/source-file.ts'
import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import { FLAG_ERROR, type Kept, NOT_KEPT, SyntaxNode, type SyntaxTree } from '../syntax/tree.ts'
import { Needles } from './needles.ts'
import type { AnyRule, Match, Range, TextFile } from './rule.ts'
import type { Dispatch, Handler, RuleSet } from './rule-set.ts'

/** Larger cells waste work on a keystroke, smaller ones waste bookkeeping; 100 to 400 measured alike. */
const CELL_ROWS = 200

/** What one file gave, with what is needed to take it over into the next version of the file. */
export interface Checked {
  readonly findings: readonly Finding[]
  readonly semantics: Semantics
  /** Cells with findings or with a look outside, by row. The others need nothing to be taken over. */
  readonly cells: readonly Cell[]
  /** For nodes above cells: a digest of the kinds, roles and brokenness of all from the root down to them. */
  readonly contexts: Contexts
}

/** Two columns, sorted by row. */
interface Contexts {
  readonly rows: number[]
  readonly digests: number[]
}

interface Cell {
  readonly row: number
  /** Where the cell's node started when its findings were made. */
  readonly start: number
  /** Runs on one row only, though it may read the whole subtree. */
  readonly single: boolean
  readonly findings: readonly Finding[]
  /** Rows outside the cell whose content was read. */
  readonly rows: readonly number[]
  /** Rows outside the cell whose surroundings were looked at. */
  readonly climbs: readonly number[]
  /** Rows whose binding was asked for. */
  readonly names: readonly number[]
  /** Bindings whose occurrences were listed. */
  readonly lists: readonly number[]
  /** Cannot be taken over, whatever stays the same. */
  readonly volatile: boolean
}

/** All findings of a file that is read once. */
export function checkFile(
  rules: RuleSet,
  path: string,
  language: SourceFile['language'],
  semantics: Semantics,
): Finding[] {
  const reader = new FileReader(semantics.tree)
  const run = new Run(rules.dispatch(language), new SourceFile(path, language, semantics, reader))
  run.rows(0, semantics.tree.rows)
  return sortFindings(run.take())
}

/**
 * All findings of a file that is being edited; what `previous` knows and the edit kept is not computed again. Yields
 * between cells, so that a large file can be checked in slices.
 */
export function* checkLiveFile(
  rules: RuleSet,
  path: string,
  language: SourceFile['language'],
  semantics: Semantics,
  previous?: { readonly checked: Checked; readonly kept: Kept },
): Generator<undefined, Checked> {
  const { tree } = semantics
  const reader = new CellReader(tree)
  const run = new Run(rules.dispatch(language), new SourceFile(path, language, semantics, reader))
  // Rules may ask whether a program wrote the file, which no cell writes down.
  const carry =
    previous &&
    previous.kept.from === previous.checked.semantics.tree &&
    saysGenerated(previous.kept.from.text) === saysGenerated(tree.text)
      ? new Carry(semantics, previous.checked, previous.kept)
      : undefined
  const cells: Cell[] = []
  const contexts: Contexts = { rows: [], digests: [] }

  const evaluate = (row: number, single: boolean) => {
    reader.begin(row, tree.after[row]!)
    run.rows(row, single ? row + 1 : tree.after[row]!)
    const cell = reader.end(row, single, run.take())
    if (
      cell.findings.length > 0 ||
      cell.volatile ||
      cell.rows.length + cell.climbs.length + cell.names.length + cell.lists.length > 0
    )
      cells.push(cell)
  }

  // From cell to cell in source order. `around` holds, for each node above cells that is open, its end and its context.
  const around: number[] = [tree.rows, 0]
  for (let row = 0; row < tree.rows; ) {
    while (row >= around[around.length - 2]!) around.length -= 2
    const context = around[around.length - 1]!
    const last = tree.after[row]!
    if (carry?.isKept(row, context)) {
      carry.takeOver(row, cells, evaluate)
      carry.keepContexts(row, contexts)
      row = last
      continue
    }
    const isCell = last - row <= CELL_ROWS
    evaluate(row, !isCell)
    yield undefined
    if (isCell) {
      row = last
      continue
    }
    const inner = mix(mix(mix(context, tree.symbol[row]!), tree.role[row]!), tree.flags[row]! & FLAG_ERROR)
    contexts.rows.push(row)
    contexts.digests.push(inner)
    if (tree.kind[row] === KIND_CODE.Error) row = last
    else {
      around.push(last, inner)
      row++
    }
  }

  const findings: Finding[] = []
  for (const cell of cells) findings.push(...cell.findings)
  return { findings: sortFindings(findings), semantics, cells, contexts }
}

/** What rules say of a file's bare text. `present` may be handed in by who knows it already. */
export function checkText(
  rules: RuleSet,
  file: TextFile,
  present = Needles.in(file.text, rules.needles(file.language)),
): Finding[] {
  const findings: Finding[] = []
  for (const { rule, needles, check } of rules.textHandlers(file.language)) {
    if (needles && !needles.some(it => present.has(it))) continue
    try {
      for (const match of check(file) ?? []) findings.push(toFinding(rule, match))
    } catch (error) {
      bug('a rule failed', { rule: rule.id, path: file.path, error: String(error) })
    }
  }
  return sortFindings(findings)
}

export function sortFindings(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  )
}

/** The matches of one rule on a file, fixes included: what is asked again when somebody wants a fix. */
export function matchesOf(
  rules: RuleSet,
  rule: AnyRule,
  path: string,
  language: SourceFile['language'],
  semantics: Semantics,
): Match<FindingData>[] {
  const reader = new FileReader(semantics.tree)
  const dispatch = rules.dispatch(language)
  const only: Dispatch = {
    byKind: dispatch.byKind.map(list => list?.filter(it => it.rule === rule)),
    byCallee: dispatch.byCallee.map(
      names =>
        names && new Map([...names].map(([name, list]) => [name, list.filter(it => it.rule === rule)])),
    ),
  }
  const matches: Match<FindingData>[] = []
  const run = new Run(only, new SourceFile(path, language, semantics, reader), (_, match) =>
    matches.push(match),
  )
  run.rows(0, semantics.tree.rows)
  return matches
}

/** The same for a rule that looks at the bare text. */
export function textMatchesOf(rule: AnyRule, file: TextFile): Match<FindingData>[] {
  try {
    return [...(rule.check.Text?.(file) ?? [])]
  } catch (error) {
    bug('a rule failed', { rule: rule.id, path: file.path, error: String(error) })
    return []
  }
}

/** Calls the handlers of the rows it is given. */
class Run {
  readonly #dispatch: Dispatch
  readonly #file: SourceFile
  readonly #found: ((rule: AnyRule, match: Match<FindingData>) => void) | undefined
  readonly #callees: (readonly Handler[] | null | undefined)[][] = []
  #findings: Finding[] = []

  constructor(
    dispatch: Dispatch,
    file: SourceFile,
    found?: (rule: AnyRule, match: Match<FindingData>) => void,
  ) {
    this.#dispatch = dispatch
    this.#file = file
    this.#found = found
  }

  rows(from: number, to: number): void {
    const { tree, reader } = this.#file
    const { kind, flags, after } = tree
    const { byKind, byCallee } = this.#dispatch
    for (let row = from; row < to; ) {
      const code = kind[row]!
      if (code === ERROR) {
        // What lies in broken code is a guess of the parser's.
        row = after[row]!
        continue
      }
      const handlers = byKind[code]
      const names = byCallee[code]
      if ((handlers || names) && !(flags[row]! & FLAG_ERROR)) {
        let node: SyntaxNode | undefined
        if (handlers) {
          node = new SyntaxNode(reader, row)
          for (let i = 0; i < handlers.length; i++) this.#call(handlers[i]!, node)
        }
        if (names) {
          const list = this.#byCallee(code, names, row)
          if (list) {
            node ??= new SyntaxNode(reader, row)
            for (let i = 0; i < list.length; i++) this.#call(list[i]!, node)
          }
        }
      }
      row++
    }
  }

  take(): Finding[] {
    const findings = this.#findings
    this.#findings = []
    return findings
  }

  #call({ rule, check }: Handler, node: SyntaxNode): void {
    try {
      const matches = check(node, this.#file)
      if (!matches) return
      for (const match of matches) {
        if (this.#found) this.#found(rule, match)
        else this.#findings.push(toFinding(rule, match))
      }
    } catch (error) {
      bug('a rule failed', {
        rule: rule.id,
        path: this.#file.path,
        error: String(error),
        stack: (error as Error).stack,
      })
    }
  }

  /** Handlers that wait for the last name of this row's callee. Remembered by name number. */
  #byCallee(
    code: number,
    names: ReadonlyMap<string, readonly Handler[]>,
    row: number,
  ): readonly Handler[] | null {
    const { tree } = this.#file
    const id = calleeName(tree, row)
    this.#callees[code] ??= []
    const known = this.#callees[code]
    let list = known[id]
    if (list === undefined) {
      list = names.get(tree.names[id]!) ?? null
      known[id] = list
    }
    return list
  }
}

const ERROR = KIND_CODE.Error

/** The number of the last name of what is called here: `c` in `a.b::c(…)`. */
function calleeName(tree: SyntaxTree, row: number): number {
  const { role, after, kind, name } = tree
  let callee = row + 1
  const last = after[row]!
  while (callee < last && role[callee] !== ROLE_CODE.callee) callee = after[callee]!
  for (let steps = 0; callee < last && steps < 4; steps++) {
    const what = kind[callee]
    if (what === KIND_CODE.Name || what === KIND_CODE.TypeName || what === KIND_CODE.PropertyName)
      return name[callee]!
    let inner = -1
    const wanted =
      what === KIND_CODE.GenericType
        ? ROLE_CODE.callee
        : what === KIND_CODE.Parenthesized
          ? ROLE_CODE.value
          : ROLE_CODE.property
    for (let child = callee + 1; child < after[callee]!; child = after[child]!)
      if (role[child] === wanted) inner = child
    if (inner === -1) return 0
    callee = inner
  }
  return 0
}

function toFinding(rule: AnyRule, match: Match<FindingData>): Finding {
  const { start, end } = match.at
  const finding: { -readonly [K in keyof Finding]: Finding[K] } = {
    rule: rule.id,
    start,
    end,
    data: match.data,
  }
  if (match.measure !== undefined) finding.measure = match.measure
  if (match.fix) finding.fix = match.fix.safety
  if (match.related) finding.related = match.related.map(({ start, end }: Range) => ({ start, end }))
  return finding
}

/** Writes down what the rules of one cell look at beyond the cell. */
class CellReader extends FileReader {
  #rows: number[] = []
  #climbs: number[] = []
  #names: number[] = []
  #lists: number[] = []
  #overflow = false

  begin(low: number, high: number): void {
    this.low = low
    this.high = high
    this.#rows = []
    this.#climbs = []
    this.#names = []
    this.#lists = []
    this.#overflow = false
  }

  override outside(row: number): void {
    if (this.#rows[this.#rows.length - 1] !== row) this.#add(this.#rows, row)
  }
  override climbed(row: number): void {
    // What is around the cell is around whatever the cell is in, and compared for every cell.
    if (row < this.low && this.tree.after[row]! >= this.high) return
    if (this.#climbs[this.#climbs.length - 1] !== row) this.#add(this.#climbs, row)
  }
  override resolved(row: number): void {
    if (this.#names[this.#names.length - 1] !== row) this.#add(this.#names, row)
  }
  override listed(binding: number): void {
    if (this.#lists[this.#lists.length - 1] !== binding) this.#add(this.#lists, binding)
  }

  end(row: number, single: boolean, findings: Finding[]): Cell {
    const { start: starts, end: ends } = this.tree
    const start = starts[row]!
    const end = ends[row]!
    const leaves = findings.some(
      it =>
        it.start < start || it.end > end || it.related?.some(place => place.start < start || place.end > end),
    )
    return {
      row,
      start,
      single,
      findings,
      rows: this.#rows,
      climbs: this.#climbs,
      names: this.#names,
      lists: this.#lists,
      volatile: leaves || this.#overflow,
    }
  }

  /** Checking a long list of looks would cost more than looking again. */
  #add(list: number[], item: number): void {
    if (list.length >= 2000) this.#overflow = true
    else list.push(item)
  }
}

/** Decides what of the last run still holds after an edit, and moves it. */
class Carry {
  readonly #semantics: Semantics
  readonly #before: Semantics
  readonly #checked: Checked
  readonly #origin: Uint32Array
  #moved: Int32Array | undefined

  constructor(semantics: Semantics, checked: Checked, kept: Kept) {
    this.#semantics = semantics
    this.#before = checked.semantics
    this.#checked = checked
    this.#origin = kept.origin
  }

  /** The subtree at `row` stood in the old tree, below nodes of the same kinds and roles. */
  isKept(row: number, context: number): boolean {
    const was = this.#origin[row]!
    if (was === NOT_KEPT || row === 0) return false
    const { rows, digests } = this.#checked.contexts
    const at = firstAtOrAfter(rows, this.#before.tree.parent[was]!)
    return rows[at] === this.#before.tree.parent[was]! && digests[at] === context
  }

  takeOver(row: number, cells: Cell[], evaluate: (row: number, single: boolean) => void): void {
    const was = this.#origin[row]!
    const last = this.#before.tree.after[was]!
    const { cells: old } = this.#checked
    for (let i = firstCell(old, was); i < old.length && old[i]!.row < last; i++) {
      const cell = old[i]!
      const now = cell.row + row - was
      if (this.#holds(cell)) cells.push(this.#move(cell, now))
      else evaluate(now, cell.single)
    }
  }

  keepContexts(row: number, contexts: Contexts): void {
    const was = this.#origin[row]!
    const last = this.#before.tree.after[was]!
    if (last - was <= CELL_ROWS) return
    const { rows, digests } = this.#checked.contexts
    for (let i = firstAtOrAfter(rows, was); i < rows.length && rows[i]! < last; i++) {
      contexts.rows.push(rows[i]! + row - was)
      contexts.digests.push(digests[i]!)
    }
  }

  #holds(cell: Cell): boolean {
    if (cell.volatile) return false
    for (const row of cell.rows) if (this.#nowAt(row) === -1) return false
    for (const row of cell.climbs) if (!this.#sameSurroundings(row)) return false
    for (const row of cell.names) if (!this.#sameBinding(row)) return false
    for (const binding of cell.lists) if (!this.#sameOccurrences(binding)) return false
    return true
  }

  #move(cell: Cell, row: number): Cell {
    const start = this.#semantics.tree.start[row]!
    const shift = start - cell.start
    return {
      row,
      start,
      single: cell.single,
      volatile: false,
      findings: shift === 0 ? cell.findings : cell.findings.map(finding => moved(finding, shift)),
      rows: cell.rows.map(it => this.#nowAt(it)),
      climbs: cell.climbs.map(it => this.#nowAt(it)),
      names: cell.names.map(it => this.#nowAt(it)),
      lists: cell.lists.map(it => this.#bindingNow(it)),
    }
  }

  /** Where a row of the old tree is now, or -1 when its content was not kept. */
  #nowAt(row: number): number {
    if (!this.#moved) {
      const origin = this.#origin
      this.#moved = new Int32Array(this.#before.tree.rows).fill(-1)
      for (let now = 0; now < origin.length; now++)
        if (origin[now] !== NOT_KEPT) this.#moved[origin[now]!] = now
    }
    return this.#moved[row]!
  }

  /** The row stands below nodes of the same kinds and roles as before. */
  #sameSurroundings(row: number): boolean {
    const a = this.#before.tree
    const b = this.#semantics.tree
    let before = row
    let after = this.#nowAt(row)
    if (after === -1) return false
    while (before !== 0 && after !== 0) {
      if (a.role[before] !== b.role[after]) return false
      before = a.parent[before]!
      after = b.parent[after]!
      if (a.symbol[before] !== b.symbol[after] || a.kind[before] !== b.kind[after]) return false
    }
    return before === after
  }

  #sameBinding(row: number): boolean {
    const now = this.#nowAt(row)
    if (now === -1) return false
    const before = this.#before.scopes.bindingOf[row]!
    const after = this.#semantics.scopes.bindingOf[now]!
    return before < 0 ? after < 0 : after >= 0 && this.#sameDeclaration(before, after)
  }

  #sameDeclaration(before: number, after: number): boolean {
    const a = this.#before.scopes
    const b = this.#semantics.scopes
    return (
      a.bindingKind[before] === b.bindingKind[after] &&
      a.scopeKind[a.bindingScope[before]!] === b.scopeKind[b.bindingScope[after]!] &&
      this.#nowAt(a.bindingRow[before]!) === b.bindingRow[after]
    )
  }

  #sameOccurrences(binding: number): boolean {
    const now = this.#bindingNow(binding)
    if (now < 0 || !this.#sameDeclaration(binding, now)) return false
    const a = this.#before.scopes
    const b = this.#semantics.scopes
    let after = b.firstOccurrence[now]!
    for (let before = a.firstOccurrence[binding]!; before !== -1; before = a.nextOccurrence[before]!) {
      if (after === -1 || this.#nowAt(before) !== after || a.access[before] !== b.access[after]) return false
      after = b.nextOccurrence[after]!
    }
    return after === -1 && sameImplicitReads(a.implicitReads, binding, b.implicitReads, now)
  }

  #bindingNow(binding: number): number {
    const row = this.#nowAt(this.#before.scopes.bindingRow[binding]!)
    return row === -1 ? -1 : this.#semantics.scopes.bindingOf[row]!
  }
}

function sameImplicitReads(
  a: readonly number[],
  before: number,
  b: readonly number[],
  after: number,
): boolean {
  const count = (list: readonly number[], binding: number) =>
    list.filter((it, i) => i % 2 === 0 && it === binding).length
  return count(a, before) === count(b, after)
}

function firstCell(cells: readonly Cell[], row: number): number {
  let low = 0
  let high = cells.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (cells[middle]!.row < row) low = middle + 1
    else high = middle
  }
  return low
}

/** Where `row`, or the first larger one, stands in a sorted list. */
function firstAtOrAfter(rows: readonly number[], row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}

function moved(finding: Finding, shift: number): Finding {
  return {
    ...finding,
    start: finding.start + shift,
    end: finding.end + shift,
    ...(finding.related && {
      related: finding.related.map(it => ({ start: it.start + shift, end: it.end + shift })),
    }),
  }
}

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193) ^ (hash >>> 13)
}
