// The code around a finding: what an endpoint is shown of a file, and where its answer goes.

import type { Finding } from '@codeant/shared/finding.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'

/** Whole lines of a text. */
export interface Excerpt {
  readonly start: number
  readonly end: number
}

/** A function of three hundred lines; of longer ones, what is around the finding says enough. */
const MOST_CHARACTERS = 12_000
/** Above and below a finding that stands in no function. */
const LINES_AROUND = 20

/** The innermost function around a finding, or the lines around it. */
export function excerptAround(text: string, tree: SyntaxTree | undefined, { start, end }: Finding): Excerpt {
  const around = tree && innermost(tree, start, end)
  const whole = around && wholeLines(text, around.start, around.end)
  return whole && whole.end - whole.start <= MOST_CHARACTERS ? whole : linesAround(text, start, end)
}

function innermost(tree: SyntaxTree, start: number, end: number): Excerpt | undefined {
  let named: Excerpt | undefined
  let any: Excerpt | undefined
  for (let row = 1; row < tree.rows; row++) {
    if (tree.kind[row] !== KIND_CODE.Function || tree.start[row]! > start || end > tree.end[row]!) continue
    // Those inside come later.
    any = { start: tree.start[row]!, end: tree.end[row]! }
    // A callback says little by itself.
    if (childRow(tree, row, 'name') !== -1) named = any
  }
  return named ?? any
}

function linesAround(text: string, start: number, end: number): Excerpt {
  let from = start
  let to = Math.min(end, start + MOST_CHARACTERS)
  for (let i = 0; i <= LINES_AROUND && from > 0; i++) from = text.lastIndexOf('\n', from - 1)
  for (let i = 0; i <= LINES_AROUND && to !== -1 && to < text.length; i++) to = text.indexOf('\n', to + 1)
  return wholeLines(text, Math.max(0, from + 1), to === -1 ? text.length : to)
}

function wholeLines(text: string, start: number, end: number): Excerpt {
  const newline = end > start && text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end)
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: newline === -1 ? text.length : newline + 1 }
}
