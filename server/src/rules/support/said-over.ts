// What a text says of itself: the docstring of a function or of a file, and the comments above it.

import type { SyntaxNode } from '../../syntax/node.ts'

/** Of a function, or of the whole file, which speaks in its first lines. */
export function saidOver(node: SyntaxNode): string {
  const said = node.kind === 'Module' ? opening(node) : commentsAbove(node)
  const first = (node.child('body') ?? node).firstChild
  if (first && isDocstring(first)) said.push(first.text)
  return said.join('\n')
}

export function isDocstring(statement: SyntaxNode): boolean {
  return statement.kind === 'ExpressionStatement' && statement.child('value')?.kind === 'String'
}

function opening(module: SyntaxNode): string[] {
  const said: string[] = []
  for (const it of module.parts()) {
    if (it.kind !== 'Comment') break
    said.push(it.text)
  }
  return said
}

function commentsAbove(node: SyntaxNode): string[] {
  let statement = node
  while (statement.parent && !statement.parent.is('Block', 'Module', 'Class')) statement = statement.parent
  let said: string[] = []
  for (const it of statement.parent?.parts() ?? []) {
    if (it.row >= statement.row) break
    if (it.kind === 'Comment') said.push(it.text)
    else said = []
  }
  return said
}
