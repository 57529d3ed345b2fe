// Whether control can get past a statement, and how else it may leave.

import { KIND_CODE as K, ROLE_CODE as R } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { childRow } from './targets.ts'

/** Control may reach what comes next. */
export const NORMAL = 1
export const JUMPS = 2 // break or continue
export const RETURNS = 4
export const THROWS = 8
const KNOWN = 128

/** Managers that are there to catch something: `suppress(…)`, `pytest.raises(…)`, `self.assertRaises(…)`, `ExitStack()`. */
const SWALLOWING =
  /suppress|raise|ignor|swallow|catch|silen|tolerat|expect|handl|guard|except|error|exitstack|subtest|cancel|timeout|fail_after|move_on/i

/** Macros after which nothing runs. */
const DIVERGING = new Set(['panic', 'unreachable', 'todo', 'unimplemented'])

/**
 * Answers for one tree, each computed once. Unsure means `NORMAL`: code is called unreachable only for certain.
 * A call that never returns, such as `process.exit()`, counts as returning.
 */
export class Flow {
  readonly #tree: SyntaxTree
  readonly #known: Uint8Array
  constructor(tree: SyntaxTree) {
    this.#tree = tree
    this.#known = new Uint8Array(tree.rows)
  }

  /** Bit set of the ways in which control leaves the statement at `row`. */
  exits(row: number): number {
    const known = this.#known[row]!
    if (known & KNOWN) return known & ~KNOWN
    const exits = this.#compute(row)
    this.#known[row] = exits | KNOWN
    return exits
  }

  #compute(row: number): number {
    const { kind, types, symbol } = this.#tree
    switch (kind[row]) {
      case K.Return:
        return RETURNS
      case K.Throw:
        return THROWS
      case K.Break:
      case K.Continue:
        return JUMPS
      case K.Block:
        return this.#isLeft(row) ? this.#sequence(row) | NORMAL : this.#sequence(row)
      case K.ExpressionStatement:
      case K.Parenthesized:
      case K.UnsafeBlock:
        return this.#only(row)
      case K.Labeled:
        return this.#only(row) | NORMAL
      case K.MacroCall: {
        const callee = childRow(this.#tree, row, 'callee')
        return callee !== -1 && DIVERGING.has(this.#tree.names[this.#tree.name[callee]!]!) ? THROWS : NORMAL
      }
      case K.If:
      case K.ElseIf:
        return this.#if(row)
      case K.Loop:
        return (this.#child(row, 'body') & (RETURNS | THROWS)) | (this.#breaks(row) ? NORMAL : 0)
      case K.While:
        return this.#while(row)
      case K.DoWhile: {
        const body = this.#child(row, 'body')
        return (body & (RETURNS | THROWS)) | (body & (NORMAL | JUMPS) ? NORMAL : 0)
      }
      case K.For: {
        const body = this.#child(row, 'body') & (RETURNS | THROWS)
        return (
          body |
          (childRow(this.#tree, row, 'condition') !== -1 && !this.#isEmpty(row)
            ? NORMAL
            : this.#breaks(row)
              ? NORMAL
              : 0)
        )
      }
      case K.ForEach: {
        const body = this.#child(row, 'body') & (RETURNS | THROWS)
        const otherwise = this.#child(row, 'alternative')
        return body | otherwise | (this.#breaks(row) ? NORMAL : 0)
      }
      case K.Try:
        return this.#try(row)
      case K.With: {
        // A context manager may swallow what its body throws, or what throws on the way to where its body leaves.
        const body = this.#child(row, 'body')
        return body & THROWS || this.#maySwallow(row) ? body | NORMAL : body
      }
      case K.Switch:
        return types[symbol[row]!] === 'switch_statement' ? this.#switch(row) : this.#match(row)
      default:
        return NORMAL
    }
  }

  #sequence(row: number): number {
    const { after, kind } = this.#tree
    let exits = 0
    const last = after[row]!
    for (let child = row + 1; child < last; child = after[child]!) {
      if (kind[child] === K.Comment) continue
      const here = this.exits(child)
      exits |= here & ~NORMAL
      if (!(here & NORMAL) && !this.#isOptional(row, child)) return exits
    }
    return exits | NORMAL
  }

  /** Rust's `#[cfg(…)]` before a statement: it may not be compiled at all. */
  #isOptional(block: number, statement: number): boolean {
    const { grammar, after, kind, text, start, end } = this.#tree
    if (grammar !== 'rust') return false
    let optional = false
    for (let child = block + 1; child < statement; child = after[child]!) {
      if (kind[child] === K.Decorator)
        optional ||= /^#\s*\[\s*cfg\b/.test(text.slice(start[child], end[child]))
      else if (kind[child] !== K.Comment) optional = false
    }
    return optional
  }

  /** Rust's `'a: { … break 'a; … }`. */
  #isLeft(row: number): boolean {
    const { kind, types, symbol, after, text, start, end } = this.#tree
    const label = row + 1
    if (label >= after[row]! || types[symbol[label]!] !== 'label') return false
    const name = text.slice(start[label], end[label])
    for (let it = after[label]!; it < after[row]!; it++) {
      if (kind[it] === K.TokenTree && this.#mentionsBreak(it)) return true
      if (kind[it] !== K.Break) continue
      const target = childRow(this.#tree, it, 'label')
      if (target !== -1 && text.slice(start[target], end[target]) === name) return true
    }
    return false
  }

  /** What a macro is given may hold statements of the function around it. */
  #mentionsBreak(tokens: number): boolean {
    const { text, start, end } = this.#tree
    return /\bbreak\b/.test(text.slice(start[tokens], end[tokens]))
  }

  /** The manager is not one of those that are known to let every error pass. */
  #maySwallow(row: number): boolean {
    const { kind, after, text, start, end } = this.#tree
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (kind[child] === K.WithItem && SWALLOWING.test(text.slice(start[child], end[child]))) return true
    }
    return false
  }

  #only(row: number): number {
    const { after, kind } = this.#tree
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (kind[child] !== K.Comment && kind[child] !== K.PropertyName) return this.exits(child)
    }
    return NORMAL
  }

  #child(row: number, role: 'body' | 'alternative' | 'consequence'): number {
    const child = childRow(this.#tree, row, role)
    return child === -1 ? NORMAL : this.exits(child)
  }

  #if(row: number): number {
    const { after, role } = this.#tree
    let exits = this.#child(row, 'consequence')
    let hasElse = false
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (role[child] !== R.alternative) continue
      if (this.#tree.kind[child] !== K.ElseIf) {
        exits |= this.exits(child)
        hasElse = true
      } else exits |= this.#child(child, 'consequence')
    }
    return hasElse ? exits : exits | NORMAL
  }

  #while(row: number): number {
    const body = this.#child(row, 'body') & (RETURNS | THROWS)
    const condition = childRow(this.#tree, row, 'condition')
    if (condition !== -1 && this.#isTrue(condition)) return body | (this.#breaks(row) ? NORMAL : 0)
    return body | this.#child(row, 'alternative') | (this.#breaks(row) ? NORMAL : 0)
  }

  #try(row: number): number {
    const { after, role, kind } = this.#tree
    let exits = this.#child(row, 'body')
    if (exits & NORMAL) {
      const otherwise = childRow(this.#tree, row, 'alternative')
      if (otherwise !== -1) exits = (exits & ~NORMAL) | this.exits(otherwise)
    }
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (kind[child] === K.Catch) exits |= this.#child(child, 'body')
    }
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (role[child] !== R.finalizer) continue
      const last = this.#child(child, 'body')
      // What leaves in `finally` replaces every other way of leaving.
      if (!(last & NORMAL)) return last
      exits |= last & ~NORMAL
    }
    return exits
  }

  #switch(row: number): number {
    const { after, kind, role } = this.#tree
    let exits = 0
    let hasDefault = false
    let falls = NORMAL
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (kind[child] !== K.Case && kind[child] !== K.DefaultCase) continue
      hasDefault ||= kind[child] === K.DefaultCase
      falls = NORMAL
      for (let statement = child + 1; statement < after[child]! && falls; statement = after[statement]!) {
        if (role[statement] !== R.statement) continue
        const here = this.exits(statement)
        exits |= here & (RETURNS | THROWS)
        if (!(here & NORMAL)) falls = 0
      }
    }
    return exits | (falls || !hasDefault || this.#breaks(row) ? NORMAL : 0)
  }

  /** Python's and Rust's: no fall-through. Rust's is exhaustive, Python's when a case takes everything. */
  #match(row: number): number {
    const { after, kind, grammar } = this.#tree
    let exits = 0
    let exhaustive = grammar === 'rust'
    for (let child = row + 1; child < after[row]!; child = after[child]!) {
      if (kind[child] !== K.Case) continue
      const body = childRow(this.#tree, child, 'body')
      exits |= body === -1 ? NORMAL : this.exits(body)
      if (grammar === 'python' && childRow(this.#tree, child, 'guard') === -1) {
        const pattern = childRow(this.#tree, child, 'pattern')
        exhaustive ||= pattern !== -1 && this.#takesEverything(pattern)
      }
    }
    return exhaustive ? exits : exits | NORMAL
  }

  #takesEverything(pattern: number): boolean {
    const text = this.#tree.text.slice(this.#tree.start[pattern], this.#tree.end[pattern])
    return /^[A-Za-z_]\w*$/.test(text)
  }

  #isTrue(condition: number): boolean {
    const { kind, text, start, end } = this.#tree
    if (kind[condition] === K.Parenthesized) return this.#isTrue(condition + 1)
    const source = text.slice(start[condition], end[condition])
    return (
      (kind[condition] === K.Boolean && /^true$/i.test(source)) ||
      (kind[condition] === K.Number && source === '1')
    )
  }

  /** `for (;;)`: the condition is there, and empty. */
  #isEmpty(row: number): boolean {
    const condition = childRow(this.#tree, row, 'condition')
    return condition !== -1 && this.#tree.kind[condition] === K.EmptyStatement
  }

  /** A `break` in here leaves this loop or switch; one with a label might. */
  #breaks(row: number): boolean {
    const { kind, after, types, symbol } = this.#tree
    const last = after[row]!
    for (let it = row + 1; it < last; ) {
      const what = kind[it]
      if (what === K.Break) {
        if (nested(this.#tree, it, row) === false || childRow(this.#tree, it, 'label') !== -1) return true
      }
      if (what === K.TokenTree && this.#mentionsBreak(it)) return true
      it = what === K.Function || what === K.Class ? after[it]! : it + 1
    }
    return false

    /** Whether something between the break and `row` catches it. */
    function nested(tree: SyntaxTree, from: number, to: number): boolean {
      let child = from
      for (let it = tree.parent[from]!; it !== to; child = it, it = tree.parent[it]!) {
        const what = tree.kind[it]
        // Python's `else` of a loop stands outside it.
        if (tree.role[child] === R.alternative && (what === K.While || what === K.ForEach)) continue
        if (what === K.While || what === K.For || what === K.ForEach || what === K.DoWhile || what === K.Loop)
          return true
        if (what === K.Switch && types[symbol[it]!] === 'switch_statement') return true
      }
      return false
    }
  }
}
