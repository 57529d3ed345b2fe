// Calls rules: for every row of a stretch of the tree, the handlers that wait for its kind or for the name it calls.

import type { Finding, FindingData } from '@codeant/shared/finding.ts'
import { bug } from '../base/bug.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import { SyntaxNode } from '../syntax/node.ts'
import { FLAG_ERROR, type SyntaxTree } from '../syntax/tree.ts'
import type { AnyRule, Match, Range } from './rule.ts'
import type { Dispatch, Handler } from './rule-set.ts'

/** Calls the handlers of the rows it is given. */
export class Run {
  readonly #dispatch: Dispatch
  readonly #file: SourceFile
  readonly #found: ((rule: AnyRule, match: Match<FindingData>) => void) | undefined
  readonly #callees: (readonly Handler[] | null | undefined)[][] = []
  #findings: Finding[] = []
  /** Whose turn it is. */
  rule: AnyRule | undefined

  constructor(
    dispatch: Dispatch,
    file: SourceFile,
    found?: (rule: AnyRule, match: Match<FindingData>) => void,
  ) {
    this.#dispatch = dispatch
    this.#file = file
    this.#found = found
  }

  /** The handlers of the rows `from..to`; with `only`, those of these rules. */
  rows(from: number, to: number, only?: ReadonlySet<AnyRule>): void {
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
          for (let i = 0; i < handlers.length; i++)
            if (!only || only.has(handlers[i]!.rule)) this.#call(handlers[i]!, node)
        }
        if (names) {
          const list = this.#byCallee(code, names, row)
          if (list) {
            node ??= new SyntaxNode(reader, row)
            for (let i = 0; i < list.length; i++)
              if (!only || only.has(list[i]!.rule)) this.#call(list[i]!, node)
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
    this.rule = rule
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

export function toFinding(rule: AnyRule, match: Match<FindingData>): Finding {
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
