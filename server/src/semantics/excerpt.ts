// Code of the reader's, short enough to stand in a sentence.

import type { SyntaxNode } from '../syntax/node.ts'

/** On one line, cut at `length`, without the back-quotes that would end the quotation. */
export function excerpt(node: SyntaxNode, length = 40): string {
  const line = node.text.replace(/\s+/g, ' ').replaceAll('`', "'")
  return line.length > length ? line.slice(0, length - 1).trimEnd() + '…' : line
}
