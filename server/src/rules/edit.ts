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

/**
 * Deletes a statement of a block. Python keeps a `pass` where it was the only one; where a single statement stands without
 * a block, as in `if (a) b = b`, nothing can be deleted, for the next one would take its place.
 */
export function deleteStatement(statement: SyntaxNode): readonly TextEdit[] {
  const { parent } = statement
  if (!parent?.is('Block', 'Module', 'Case', 'DefaultCase')) return []
  const isAlone = parent.children().length === 1
  if (statement.tree.grammar === 'python' && parent.kind === 'Block' && isAlone)
    return [replace(statement, 'pass')]
  return [removeStatement(statement)]
}

/**
 * Deletes a statement, or several in a row, with its line when it has the line to itself, and with what is said behind it
 * on that line. No doubled blank lines stay behind.
 */
export function removeStatement(node: Pick<SyntaxNode, 'tree' | 'start' | 'end'>): TextEdit {
  const { text, grammar } = node.tree
  let { start, end } = node
  // In code without semicolons, one at the beginning of the next line keeps that line apart from what is before it.
  const ownLine = /\n\s*;$/.exec(text.slice(start, end))
  if (ownLine) end -= ownLine[0].length
  else if (text[end] === ';') end++
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = endOfLine(text, end)
  const behind = text.slice(end, lineEnd).trim()
  const comment = grammar === 'python' ? /^#/ : /^(\/\/|\/\*((?!\*\/).)*\*\/$)/
  const alone = text.slice(lineStart, start).trim() === '' && (behind === '' || comment.test(behind))
  if (!alone) {
    // `a; b`: take the blank behind along, so that none is left doubled.
    while (text[end] === ' ') end++
    return { start, end, newText: '' }
  }
  return withBlankLines(text, lineStart, lineEnd < text.length ? lineEnd + 1 : lineEnd)
}

/** Blank lines on both sides of what is deleted become those of one side, and none where a block begins or ends. */
function withBlankLines(text: string, start: number, end: number): TextEdit {
  let above = start
  let below = end
  for (let line = lineBefore(text, above); above > 0 && isBlank(text, line); line = lineBefore(text, above))
    above = line
  while (below < text.length && isBlank(text, below)) below = endOfLine(text, below) + 1
  const opener = text.slice(lineBefore(text, above), above)
  const opens = above === 0 || (/[:{]\s*$/.test(opener) && !/^\s*(#|\/[/*])/.test(opener))
  const closes = below >= text.length || /^[ \t]*[}\])]/.test(text.slice(below, endOfLine(text, below)))
  if (closes) return { start: above, end, newText: '' }
  if (opens || below - end < start - above) return { start, end: Math.min(below, text.length), newText: '' }
  return below === end ? { start, end, newText: '' } : { start: above, end, newText: '' }
}

function lineBefore(text: string, lineStart: number): number {
  return text.lastIndexOf('\n', lineStart - 2) + 1
}

function isBlank(text: string, lineStart: number): boolean {
  return text.slice(lineStart, endOfLine(text, lineStart)).trim() === ''
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
