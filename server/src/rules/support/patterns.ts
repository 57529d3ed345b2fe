// The arms of Rust's and Python's `match`.

import type { SyntaxNode } from '../../syntax/node.ts'

/** The condition behind a pattern: `Some(x) if x > 0`. In Rust the tree lists it as a second pattern. */
export function guardOf(arm: SyntaxNode): SyntaxNode | undefined {
  return arm.child('guard') ?? arm.children('pattern')[1]
}

/** `_`, or a name that the value is bound to: nothing gets past it. */
export function takesEverything(pattern: SyntaxNode): boolean {
  const { grammar } = pattern.tree
  if (grammar === 'rust')
    return isWildcard(pattern) || (pattern.kind === 'Name' && /^[a-z_]/.test(pattern.name))
  const parts = pattern.kind === 'Pattern' ? pattern.children() : [pattern]
  const only = parts[0]
  if (!only || parts.length > 1) return false
  if (only.kind === 'AsPattern') {
    const inner = only.child('value')
    return inner !== undefined && takesEverything(inner)
  }
  return isWildcard(only) || (only.kind === 'Path' && only.children().length === 1)
}

function isWildcard(pattern: SyntaxNode): boolean {
  return pattern.kind === 'Keyword' && pattern.type === '_'
}
