// Rust's attributes, which stand before what they speak of.

import type { SyntaxNode } from '../../syntax/node.ts'

/** `#[cfg(…)]` before it: on some machines it is not there at all, and neither is what belongs to it. */
export function isConditional(node: SyntaxNode): boolean {
  return hasAttribute(node, /^#\s*\[\s*cfg\b/)
}

export function hasAttribute(node: SyntaxNode, wanted: RegExp): boolean {
  for (let it = node.previous; it?.kind === 'Decorator'; it = it.previous)
    if (wanted.test(it.text)) return true
  return false
}
