// Which functions of a file are not as they were, paired with what they have become.

import { KIND_CODE } from '../../../server/src/syntax/kinds.ts'
import type { SyntaxTree } from '../../../server/src/syntax/tree.ts'
import { flatTokens, sameToken, tokenAt } from '../flat-tokens.ts'
import type { Side, Span } from './side.ts'

/** Both versions, from where they begin to differ to where they are the same again. */
export function sidesOf(before: SyntaxTree, after: SyntaxTree): readonly [one: Side, two: Side] {
  const { head, tail } = equalEnds(before, after)
  return [sideOf(before, head, tail), sideOf(after, head, tail)]
}

/** How long the texts are equal at their beginnings and at their ends, functions that reach into the middle left out. */
function equalEnds(before: SyntaxTree, after: SyntaxTree): { readonly head: number; readonly tail: number } {
  const a = before.text
  const b = after.text
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  // The first and the last differing token may have an equal part.
  head = a.lastIndexOf('\n', head - 1) + 1
  const line = a.indexOf('\n', a.length - tail)
  tail = line === -1 ? 0 : Math.min(tail, a.length - line)
  for (const tree of [before, after]) {
    for (const row of outermostFunctions(tree, head, tree.text.length - tail)) {
      head = Math.min(head, tree.start[row]!)
      tail = Math.min(tail, tree.text.length - tree.end[row]!)
    }
  }
  return { head, tail }
}

function sideOf(tree: SyntaxTree, head: number, tail: number): Side {
  const from = head
  const to = tree.text.length - tail
  const tokens = flatTokens(tree, from, to)
  const functions = outermostFunctions(tree, from, to).map(row => ({
    row,
    from: tokenAt(tokens, tree.start[row]!),
    to: tokenAt(tokens, tree.end[row]!),
  }))
  return { tree, tokens, functions }
}

/** The rows of the functions that are in no other's body and have something in `from..to`. */
function outermostFunctions(tree: SyntaxTree, from: number, to: number): number[] {
  const found: number[] = []
  for (let row = 0; row < tree.rows; row++) {
    if (tree.end[row]! <= from) {
      row = tree.after[row]! - 1
      continue
    }
    if (tree.start[row]! >= to) break
    if (tree.kind[row] !== FUNCTION) continue
    found.push(row)
    row = tree.after[row]! - 1
  }
  return found
}

/** Which functions are not as they were. */
export function differing(
  one: Side,
  two: Side,
): { readonly pairs: [Span, Span][]; readonly isOnlyOne: boolean } {
  const left = new Map<string, Span[]>()
  for (const it of two.functions) {
    const said = saidBy(two, it)
    const equal = left.get(said)
    if (equal) equal.push(it)
    else left.set(said, [it])
  }
  const gone: Span[] = []
  for (const it of one.functions) {
    const said = saidBy(one, it)
    const equal = left.get(said)
    if (!equal) gone.push(it)
    else if (equal.length > 1) equal.shift()
    else left.delete(said)
  }
  const come = [...left.values()].flat()
  if (gone.length > MOST_FUNCTIONS || come.length > MOST_FUNCTIONS) return { pairs: [], isOnlyOne: false }
  return { pairs: paired(one, gone, two, come), isOnlyOne: gone.length === 1 && come.length === 1 }
}

/** An edit of more functions is a rewrite, whatever each of them seems to say. */
const MOST_FUNCTIONS = 12

/** Pairs functions of the same name in the same class, in their order when there are as many on both sides. */
function paired(one: Side, gone: readonly Span[], two: Side, come: readonly Span[]): [Span, Span][] {
  const pairs: [Span, Span][] = []
  const byName = new Map<string, Span[]>()
  for (const it of come) {
    const name = nameOf(two, it)
    byName.set(name, [...(byName.get(name) ?? []), it])
  }
  const groups = new Map<string, Span[]>()
  for (const it of gone) {
    const name = nameOf(one, it)
    groups.set(name, [...(groups.get(name) ?? []), it])
  }
  for (const [name, those] of groups) {
    const these = byName.get(name) ?? []
    if (these.length === those.length) pairs.push(...those.map((it, i): [Span, Span] => [it, these[i]!]))
  }
  return pairs
}

/** The words before the parameters, behind those of the class around. */
function nameOf({ tree, tokens }: Side, { row, from, to }: Span): string {
  let name = ''
  for (let i = from; i < to && i < from + 6 && !tokens.text[i]!.startsWith('('); i++)
    name += ` ${tokens.text[i]}`
  for (let it = tree.parent[row]!; it !== 0; it = tree.parent[it]!)
    if (HOLDS_METHODS.has(tree.kind[it]!)) return `${headOf(tree, it)}.${name}`
  return name
}

function headOf(tree: SyntaxTree, row: number): string {
  const head = tree.text.slice(tree.start[row]!, tree.start[row]! + 80)
  return head.split(/[{:(\n]/)[0]!
}

function saidBy({ tokens }: Side, { from, to }: Span): string {
  let said = ''
  const base = tokens.depth[from] ?? 0
  let depth = base
  for (let i = from; i < to; i++) {
    if (tokens.depth[i] !== depth) {
      depth = tokens.depth[i]!
      said += `\n${depth - base}`
    }
    said += ` ${tokens.text[i]}`
  }
  return said
}

/** All tokens before and behind the function are as they were. */
export function sameOutside(one: Side, was: Span, two: Side, is: Span): boolean {
  const a = one.tokens
  const b = two.tokens
  if (was.from !== is.from || a.count - was.to !== b.count - is.to) return false
  for (let i = 0; i < was.from; i++) if (!sameToken(a, i, b, i)) return false
  for (let i = was.to; i < a.count; i++) if (!sameToken(a, i, b, i + is.to - was.to)) return false
  return true
}

const FUNCTION = KIND_CODE.Function
const HOLDS_METHODS = new Set(
  (['Class', 'Implementation', 'Interface', 'Namespace'] as const).map(it => KIND_CODE[it]),
)
