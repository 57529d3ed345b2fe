// A block of settings: its words and labels in order; what stands in it in any order, among other things.

import { ROLE_CODE } from '../syntax/kinds.ts'
import type { Matcher, Next } from './match.ts'
import type { Bindings, Tree } from './pattern.ts'

export function matchSection(
  matcher: Matcher,
  pattern: Tree,
  row: number,
  bindings: Bindings | undefined,
  next: Next,
): boolean {
  const { code } = matcher
  const { role } = code.tree
  const heads = code.children(row).filter(it => role[it] !== STATEMENT)
  const wantedHeads = pattern.children.filter(it => it.role !== STATEMENT)
  const wanted = pattern.children.filter(it => it.role === STATEMENT)
  return matcher.list(wantedHeads, 0, heads, 0, bindings, it => {
    const own = code.statements(row)
    if (matcher.unordered(wanted, own, it, next, true)) return true
    // An ellipsis reaches into the blocks in a block.
    if (!wanted.some(at => at.what === 'gap')) return false
    const all = code.flattened(own)
    return all.length > own.length && matcher.unordered(wanted, all, it, next, true)
  })
}

const STATEMENT = ROLE_CODE.statement
