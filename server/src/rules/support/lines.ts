// How many lines of a subtree hold words, with some nodes cut out: counted in pieces that are remembered while somebody types.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** Says of a node of the kinds asked for what is to be cut out: itself, something in it, or nothing. */
export type Cut = (it: SyntaxNode) => SyntaxNode | undefined

/**
 * Lines with at least a word on them, after cutting away what `cut` says of the nodes of some kinds. `what` names the
 * pair of both. `cut` is asked about nothing above `root`, and about `root` itself never.
 */
export function linesWithout(
  what: string,
  root: SyntaxNode,
  file: SourceFile,
  kinds: readonly Kind[],
  cut: Cut,
): number {
  return total(sumOf({ what: `lines ${what}`, file, kinds, cut }, root))
}

interface Count {
  readonly what: string
  readonly file: SourceFile
  readonly kinds: readonly Kind[]
  readonly cut: Cut
}

/** Nodes with more rows are counted child by child. */
const PIECE_ROWS = 400
const SMALL_ROWS = 32

function sumOf(count: Count, node: SyntaxNode): Sum {
  return node.size > PIECE_ROWS ? sumOfChildren(count, node) : sumOfPiece(count, node)
}

function sumOfChildren(count: Count, node: SyntaxNode): Sum {
  const { file, what, kinds, cut } = count
  let sum = NOTHING
  let from = node.start
  for (const child of node.parts()) {
    // Most parts are small and hold nothing to cut: they are counted with the text around them.
    if (child.size < SMALL_ROWS && !kinds.includes(child.kind) && !child.has(...kinds)) continue
    const { start } = child
    sum = join(sum, sumOfText(file, from, start))
    from = child.end
    const gone = kinds.includes(child.kind) ? cut(child) : undefined
    if (gone?.row === child.row) {
      sum = join(sum, sumOfCut(child))
      from = endOfCut(file, child)
    } else if (gone) {
      sum = join(sum, sumOfText(file, start, gone.start))
      sum = join(sum, join(sumOfCut(gone), sumOfText(file, endOfCut(file, gone), from)))
    } else
      sum = join(
        sum,
        file.remembered(what, child, () => sumOf(count, child)),
      )
  }
  return join(sum, sumOfText(file, from, node.end))
}

function sumOfPiece({ file, kinds, cut }: Count, node: SyntaxNode): Sum {
  let sum = NOTHING
  let from = node.start
  let behind = 0
  for (const it of node.descendants(...kinds)) {
    if (it.row < behind) continue
    const gone = cut(it)
    if (!gone) continue
    behind = gone.row + gone.size
    sum = join(sum, join(sumOfText(file, from, gone.start), sumOfCut(gone)))
    from = endOfCut(file, gone)
  }
  return join(sum, sumOfText(file, from, node.end))
}

/** What is cut away is no word, but the line it begins on may be one of code. */
function sumOfCut(gone: SyntaxNode): Sum {
  return gone.is('Comment', 'ExpressionStatement', 'Case', 'DefaultCase') ? NOTHING : HEAD | TAIL
}

/** A Rust line comment ends behind its newline. */
function endOfCut(file: SourceFile, gone: SyntaxNode): number {
  return file.tree.text[gone.end - 1] === '\n' ? gone.end - 1 : gone.end
}

/**
 * A stretch of text: whether it holds a newline, whether there is a word before the first one and behind the last one
 * (both mean the same where there is none), and above those bits how many lines between hold a word.
 */
type Sum = number
const BREAKS = 1
const HEAD = 2
const TAIL = 4
const LINE = 8
const NOTHING: Sum = 0

function join(one: Sum, two: Sum): Sum {
  if (!(two & BREAKS)) return two & HEAD ? one | TAIL | (one & BREAKS ? 0 : HEAD) : one
  const tail = (two & TAIL) | BREAKS
  if (!(one & BREAKS)) return (two - (two & 7)) | ((one | two) & HEAD) | tail
  const between = (one & TAIL) | (two & HEAD) ? LINE : 0
  return one - (one & 7) + (two - (two & 7)) + between + ((one & HEAD) | tail)
}

function total(sum: Sum): number {
  return sum / LINE - (sum & 7) / LINE + (sum & HEAD ? 1 : 0) + (sum & BREAKS && sum & TAIL ? 1 : 0)
}

function sumOfText(file: SourceFile, from: number, to: number): Sum {
  const { text } = file.tree
  let sum = NOTHING
  let hasWord = false
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code === NEWLINE) {
      sum = sum & BREAKS ? sum + (hasWord ? LINE : 0) : BREAKS | (hasWord ? HEAD : 0)
      hasWord = false
    } else if (isWord(code)) {
      hasWord = true
      while (i + 1 < to && text.charCodeAt(i + 1) !== NEWLINE) i++
    }
  }
  if (!hasWord) return sum
  return sum & BREAKS ? sum | TAIL : HEAD | TAIL
}

const NEWLINE = 10

/** Letters and digits of ASCII, and the underscore. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  )
}
