// The edits that fixes are made of. All offsets are those of the text before the fix.

import type { SyntaxNode } from '../syntax/node.ts'
import type { TextEdit } from '../text/document.ts'

export function replace(node: SyntaxNode, newText: string): TextEdit {
  return { start: node.start, end: node.end, newText }
}

export function insertBefore(node: SyntaxNode, newText: string): TextEdit {
  return { start: node.start, end: node.start, newText }
}

export function insertAfter(node: SyntaxNode, newText: string): TextEdit {
  return { start: node.end, end: node.end, newText }
}

/** From the end of one node to the start of another, both kept. */
export function between(left: SyntaxNode, right: SyntaxNode, newText: string): TextEdit {
  return { start: left.end, end: right.start, newText }
}

/** Deletes a statement, or several in a row, with its line when it has the line to itself. */
export function removeStatement(node: Pick<SyntaxNode, 'tree' | 'start' | 'end'>): TextEdit {
  const { text } = node.tree
  let { start, end } = node
  if (text[end] === ';') end++
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = endOfLine(text, end)
  const alone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === ''
  if (!alone) {
    // `a; b`: take the blank behind along, so that none is left doubled.
    while (text[end] === ' ') end++
    return { start, end, newText: '' }
  }
  start = lineStart
  end = lineEnd < text.length ? lineEnd + 1 : lineEnd
  return { start, end, newText: '' }
}

/** Deletes an element of a comma-separated list, with the comma that goes with it. */
export function removeElement(node: SyntaxNode): TextEdit {
  const { text } = node.tree
  const { next, previous } = node
  if (next && next.role === node.role) return { start: node.start, end: next.start, newText: '' }
  let { start, end } = node
  if (previous && previous.role === node.role) start = previous.end
  else {
    const comma = /^\s*,/.exec(text.slice(end))
    if (comma) end += comma[0].length
  }
  return { start, end, newText: '' }
}

/** The blanks at the beginning of the line that a node starts on. */
export function indentation(node: SyntaxNode): string {
  const { text } = node.tree
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1
  return /^[ \t]*/.exec(text.slice(lineStart, node.start))![0]
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? text.length : newline
}
