// A function as a list of what it says: each statement on one line, whatever its layout and comments, with the statements of
// its blocks behind it.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

export interface Statements {
  /** What stands before the body, without the function's name. */
  readonly head: string
  readonly texts: readonly string[]
  /** Offsets from the function's own on, up to the blocks. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Of the function at `row`, whose body is there. `nameStart`: where its name is written. */
export function statementsOf(tree: SyntaxTree, row: number, nameStart: number): Statements {
  const { kind, role, start, end, after, text } = tree
  const texts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  const origin = start[row]!

  /** What a row says; the statements in it are put aside, and come next. */
  const said = (at: number): string => {
    const parts: string[] = []
    const inner: number[] = []
    let from = start[at]!
    const cut = (to: number, next: number) => {
      parts.push(text.slice(from, to))
      from = Math.max(from, next)
    }
    const walk = (parent: number): void => {
      for (let child = parent + 1; child < after[parent]!; child = after[child]!) {
        const code = kind[child]
        if (code === COMMENT || start[child] === nameStart) cut(start[child]!, end[child]!)
        else if (code === BLOCK || role[child] === STATEMENT) {
          cut(start[child]!, end[child]!)
          parts.push(BODY)
          inner.push(child)
        } else if (after[child]! > child + 1) walk(child)
      }
    }
    walk(at)
    cut(end[at]!, end[at]!)
    const own = onOneLine(parts)
    if (at !== row) {
      texts.push(own)
      starts.push(start[at]! - origin)
      ends.push(headEnd(text, start[at]!, inner.length > 0 ? start[inner[0]!]! : end[at]!) - origin)
    }
    for (const it of inner) block(it)
    return own
  }
  const block = (at: number): void => {
    if (kind[at] !== BLOCK) {
      said(at)
      return
    }
    for (let child = at + 1; child < after[at]!; child = after[child]!)
      if (kind[child] !== COMMENT && !isDocstring(tree, child)) said(child)
    texts.push(END)
    starts.push(end[at]! - origin)
    ends.push(end[at]! - origin)
  }
  const head = said(row)
  return { head, texts, starts, ends }
}

function headEnd(text: string, from: number, to: number): number {
  return from + text.slice(from, to).trimEnd().length
}

/** Stands for a block in the statement that it belongs to, and for its end among statements. */
const BODY = '{…}'
export const END = '}'

/** So that layout makes no difference: a space only between words. */
function onOneLine(parts: readonly string[]): string {
  return parts
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/,? ?([)\]}])/g, '$1')
    .replace(/([([]) /g, '$1')
    .replace(/[;,]? ?$/, '')
    .trim()
}

function isDocstring({ kind, after }: SyntaxTree, row: number): boolean {
  return kind[row] === EXPRESSION && after[row] === row + 2 && kind[row + 1] === STRING
}

const COMMENT = KIND_CODE.Comment
const BLOCK = KIND_CODE.Block
const EXPRESSION = KIND_CODE.ExpressionStatement
const STRING = KIND_CODE.String
const STATEMENT = ROLE_CODE.statement
