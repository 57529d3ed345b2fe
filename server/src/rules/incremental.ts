// Runs rules over a file that is being edited: over all of it the first time, afterwards only over what an edit changed.
//
// The tree is cut into cells: subtrees of at most CELL_ROWS rows, and every single node above those. Where a cell's content
// and the kinds of nodes around it are the same as before, the findings of a rule in it hold as long as everything else
// that this rule looked at is the same; `looks.ts` writes down what that was. Only rules for which it is not are run again.
// Rules never see cells.

import type { Finding } from '@codeant/shared/finding.ts'
import { areOfEqualOrigin } from '../semantics/provenance.ts'
import { type Semantics, SourceFile } from '../semantics/source-file.ts'
import { KIND_CODE } from '../syntax/kinds.ts'
import type { Kept, SyntaxTree } from '../syntax/tree.ts'
import { sortFindings } from './engine.ts'
import { type Look, LookReader } from './looks.ts'
import type { AnyRule } from './rule.ts'
import type { RuleSet } from './rule-set.ts'
import { Run } from './run.ts'
import { Then } from './then.ts'

/** Larger cells waste work on a keystroke, smaller ones waste bookkeeping; 100 to 400 measured alike. */
const CELL_ROWS = 200

/** What one file gave, with what is needed to take it over into the next version of the file. */
export interface Checked {
  readonly findings: readonly Finding[]
  readonly semantics: Semantics
  /** Cells with findings or with looks, by row. The others need nothing to be taken over. */
  readonly cells: readonly Cell[]
}

interface Cell {
  readonly row: number
  /** Where the cell's node started when its findings were made. */
  readonly start: number
  /** Runs on one row only, though it may read the whole subtree. */
  readonly single: boolean
  readonly findings: readonly Finding[]
  /** What each rule looked at outside the cell. */
  readonly looks: readonly Look[]
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
  const reader = new LookReader(tree)
  const file = new SourceFile(path, language, semantics, reader)
  const run = new Run(rules.dispatch(file), file)
  reader.run = run
  // Rules may ask where the file comes from, which no look writes down.
  const then =
    previous &&
    previous.kept.from === previous.checked.semantics.tree &&
    areOfEqualOrigin(previous.kept.from.text, tree.text)
      ? new Then(previous.checked.semantics, semantics, previous.kept)
      : undefined
  const known = previous?.checked.cells ?? []
  const cells: Cell[] = []

  const evaluate = (row: number, single: boolean): void => {
    reader.begin(row, tree.after[row]!)
    run.rows(row, single ? row + 1 : tree.after[row]!)
    const findings = run.take()
    const looks = reader.end(findings, rules)
    if (findings.length + looks.length > 0)
      cells.push({ row, start: tree.start[row]!, single, findings, looks })
  }

  /** The cell of the old tree is the same at `row`: only what rules saw elsewhere may be different. */
  const takeOver = (cell: Cell, row: number, then: Then): void => {
    const start = tree.start[row]!
    // Most cells are as they were, looks and all: what need not be copied is not.
    let copied: Look[] | undefined
    let again: Set<AnyRule> | undefined
    for (let i = 0; i < cell.looks.length; i++) {
      const look = cell.looks[i]!
      const now = then.moved(look)
      if (now !== look) copied ??= cell.looks.slice(0, i)
      if (now) copied?.push(now)
      else {
        again ??= new Set()
        again.add(look.rule)
      }
    }
    if (!copied && cell.row === row && cell.start === start) {
      cells.push(cell)
      return
    }
    let looks: readonly Look[] = copied ?? cell.looks
    let findings = moveFindings(cell.findings, start - cell.start)
    if (again) {
      const stale = new Set([...again].map(it => it.id))
      reader.begin(row, tree.after[row]!)
      run.rows(row, cell.single ? row + 1 : tree.after[row]!, again)
      const fresh = run.take()
      looks = [...looks, ...reader.end(fresh, rules)]
      findings = [...findings.filter(it => !stale.has(it.rule)), ...fresh]
    }
    if (findings.length + looks.length > 0) cells.push({ row, start, single: cell.single, findings, looks })
  }

  for (let row = 0; row < tree.rows; ) {
    const last = tree.after[row]!
    const was = then?.origin(row)
    if (then && was !== undefined && wasCellBoundary(then.before, was)) {
      const wasLast = was + last - row
      for (let i = firstCell(known, was); i < known.length && known[i]!.row < wasLast; i++)
        takeOver(known[i]!, known[i]!.row + row - was, then)
      row = last
      continue
    }
    const isCell = last - row <= CELL_ROWS
    evaluate(row, !isCell)
    yield undefined
    // What lies in broken code is a guess of the parser's.
    row = isCell || tree.kind[row] === KIND_CODE.Error ? last : row + 1
  }

  const findings: Finding[] = []
  for (const cell of cells) findings.push(...cell.findings)
  return { findings: sortFindings(findings), semantics, cells }
}

/** Its cells were cut below its parent, not around it. */
function wasCellBoundary({ after, parent }: SyntaxTree, row: number): boolean {
  const around = parent[row]!
  return after[around]! - around > CELL_ROWS
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

function moveFindings(findings: readonly Finding[], shift: number): readonly Finding[] {
  if (shift === 0 || findings.length === 0) return findings
  return findings.map(finding => ({
    ...finding,
    start: finding.start + shift,
    end: finding.end + shift,
    ...(finding.related && {
      related: finding.related.map(it => ({ start: it.start + shift, end: it.end + shift })),
    }),
  }))
}
