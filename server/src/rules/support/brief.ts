// Code quoted in a sentence.

import type { SyntaxNode } from '../../syntax/tree.ts'

/** Longer quotations make a message unreadable in a list of problems. */
const LONGEST = 48

/** The text of a node on one line, cut when it is long; it may stand between backquotes. */
export function brief(node: SyntaxNode): string {
  const text = node.text.replace(/\s+/g, ' ').replaceAll('`', "'")
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
