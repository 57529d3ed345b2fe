// A pattern against a node: child by child, passing over what its strictness says does not count.

import { ERROR_SYMBOL } from '../../syntax/concrete.ts'
import { type Bindings, rowOf, rowsOf, withRow, withRows } from './bindings.ts'
import type { Metavariable } from './metavariable.ts'
import type { Pattern, PatternNode, Strictness } from './pattern.ts'
import type { TreeFile } from './tree-file.ts'

/** Undefined when it does not match; else what is known then. */
export function matchPattern(
  file: TreeFile,
  { root, rootSymbol, strictness }: Pattern,
  row: number,
  bindings: Bindings,
): Bindings | undefined {
  if (rootSymbol !== undefined && file.tree.symbol[row] !== rootSymbol) return undefined
  const match = new Match(file, strictness, bindings)
  // A comment is passed over inside of a pattern; a hole that is the whole pattern may be one.
  const fits =
    root.what === 'hole' && strictness === 'smart'
      ? match.bind(root.metavariable, row)
      : match.node(root, row) === BOTH
  return fits ? match.bindings : undefined
}

/** Both say the same: the same text where one of them is a word, the same parts otherwise. */
export function sameNode(file: TreeFile, one: number, other: number): boolean {
  if (one === other) return true
  if (file.hasNoNamedChild(one) || file.hasNoNamedChild(other)) return file.text(one) === file.text(other)
  if (file.tree.symbol[one] !== file.tree.symbol[other]) return false
  const parts = file.children(one)
  const others = file.children(other)
  return parts.length === others.length && parts.every((it, i) => sameNode(file, it, others[i]!))
}

export const BOTH = 0
export const NEITHER = 1
const SKIP_BOTH = 2
const SKIP_GOAL = 3
const SKIP_CANDIDATE = 4
export type Outcome = 0 | 1 | 2 | 3 | 4

export class Match {
  readonly #file: TreeFile
  readonly #strictness: Strictness
  bindings: Bindings

  constructor(file: TreeFile, strictness: Strictness, bindings: Bindings) {
    this.#file = file
    this.#strictness = strictness
    this.bindings = bindings
  }

  node(goal: PatternNode, row: number): Outcome {
    switch (goal.what) {
      case 'leaf':
        return this.#leaf(goal, row)
      case 'hole':
        if (this.#skipsComments() && this.#file.isExtra(row)) return SKIP_CANDIDATE
        return this.bind(goal.metavariable, row) ? BOTH : NEITHER
      case 'node': {
        const { symbol } = this.#file.tree
        if (this.#strictness !== 'template' && !sameKind(goal.symbol, symbol[row]!)) return NEITHER
        return this.#children(goal.children, this.#file.children(row)) ? BOTH : NEITHER
      }
    }
  }

  bind(metavariable: Metavariable, row: number): boolean {
    if (metavariable.what === 'many') return this.#bindMany(metavariable.name, [row], 0)
    if (metavariable.named && !this.#file.isNamed(row)) return false
    if (metavariable.what === 'any') return true
    const known = rowOf(this.bindings, metavariable.name)
    if (known !== undefined) return sameNode(this.#file, known, row)
    this.bindings = withRow(this.bindings, metavariable.name, row)
    return true
  }

  #leaf(goal: PatternNode & { readonly what: 'leaf' }, row: number): Outcome {
    const file = this.#file
    const fits = sameKind(goal.symbol, file.tree.symbol[row]!)
    if (fits && (!goal.named || goal.text === file.text(row))) return BOTH
    if (this.#skipsComments() && file.isExtra(row)) return SKIP_CANDIDATE
    const passable = !file.isNamed(row)
    switch (this.#strictness) {
      case 'cst':
        return NEITHER
      case 'smart':
        return passable ? SKIP_CANDIDATE : NEITHER
      case 'template':
        return goal.text === file.text(row) ? BOTH : passable ? SKIP_CANDIDATE : NEITHER
      case 'signature':
        if (fits) return BOTH
    }
    if (goal.named) return passable ? SKIP_CANDIDATE : NEITHER
    return passable ? SKIP_BOTH : SKIP_GOAL
  }

  #children(goals: readonly PatternNode[], rows: readonly number[]): boolean {
    if (rows.length === 0) return false
    let goal = 0
    let at = 0
    for (;;) {
      const current = goals[goal]
      if (!current) return true
      if (isMany(current)) {
        const { name } = current.metavariable
        goal++
        // Tokens behind it, such as a last comma, may be missing where the siblings end.
        let tokens = 0
        while (goal < goals.length && isToken(goals[goal]!)) {
          goal++
          tokens++
        }
        if (goal === goals.length) return this.#bindMany(name, rows.slice(at), tokens)
        const matched: number[] = []
        if (isMany(goals[goal]!)) {
          matched.push(rows[at]!)
          at++
          if (at >= rows.length || !this.#bindMany(name, matched, tokens)) return false
          continue
        }
        while (!this.#wouldMatch(goals[goal]!, rows[at]!)) {
          matched.push(rows[at]!)
          at++
          if (at >= rows.length) return false
        }
        if (!this.#bindMany(name, matched, tokens)) return false
      }
      // One goal and one sibling, past what does not count.
      let isMatched = false
      while (!isMatched && goal < goals.length) {
        if (at >= rows.length) {
          if (!goals.slice(goal).every(it => this.#maySkipGoal(it))) return false
          return true
        }
        switch (this.node(goals[goal]!, rows[at]!)) {
          case BOTH:
            isMatched = true
            break
          case SKIP_GOAL:
            goal++
            break
          case SKIP_BOTH:
            goal++
            at++
            break
          case SKIP_CANDIDATE:
            at++
            break
          case NEITHER:
            return false
        }
      }
      if (isMatched) {
        goal++
        at++
      }
      if (goal >= goals.length) {
        for (; at < rows.length; at++) if (!this.#maySkipBehind(rows[at]!)) return false
        return true
      }
      if (at >= rows.length) return false
    }
  }

  /** Without remembering what it would bind: it is asked again when it is its turn. */
  #wouldMatch(goal: PatternNode, row: number): boolean {
    const { bindings } = this
    const outcome = this.node(goal, row)
    this.bindings = bindings
    return outcome === BOTH
  }

  #bindMany(name: string | undefined, rows: readonly number[], tokens: number): boolean {
    if (name === undefined) return true
    const bound = rows.slice(0, Math.max(0, rows.length - tokens))
    const known = rowsOf(this.bindings, name)
    if (!known) {
      this.bindings = withRows(this.bindings, name, bound)
      return true
    }
    const file = this.#file
    const named = (all: readonly number[]) => all.filter(it => file.isNamed(it))
    const some = named(known)
    const others = named(bound)
    return some.length === others.length && some.every((it, i) => sameNode(file, it, others[i]!))
  }

  #skipsComments(): boolean {
    return this.#strictness !== 'cst' && this.#strictness !== 'ast'
  }

  #maySkipBehind(row: number): boolean {
    const file = this.#file
    switch (this.#strictness) {
      case 'cst':
        return false
      case 'smart':
        return true
      case 'ast':
        return !file.isNamed(row)
      case 'template':
        return file.isExtra(row)
      case 'relaxed':
      case 'signature':
        return !file.isNamed(row) || file.isExtra(row)
    }
  }

  #maySkipGoal(goal: PatternNode): boolean {
    const strictness = this.#strictness
    if (strictness === 'cst' || goal.what === 'node') return false
    if (isMany(goal)) return true
    if (strictness === 'smart' || strictness === 'template') return false
    return goal.what === 'leaf' ? !goal.named : goal.metavariable.what !== 'many' && !goal.metavariable.named
  }
}

/** What cannot be read stands for anything. */
function sameKind(goal: number, candidate: number): boolean {
  return goal === candidate || goal === ERROR_SYMBOL
}

function isMany(
  node: PatternNode,
): node is PatternNode & { readonly what: 'hole'; readonly metavariable: Metavariable & { what: 'many' } } {
  return node.what === 'hole' && node.metavariable.what === 'many'
}

function isToken(node: PatternNode): boolean {
  return node.what === 'leaf' && !node.named
}
