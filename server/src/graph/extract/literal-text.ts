// The text of a literal as long as it is in the code, so that places in it are places there.

import type { SyntaxNode } from '../../syntax/node.ts'

/** Without quotes, which are blanks; `hole` for each character of what code puts in. Undefined for what is no literal. */
export function literalText(node: SyntaxNode, hole: string): string | undefined {
  if (node.kind === 'String') return blankQuotes(node.text)
  return node.kind === 'Template' ? templateText(node, hole) : undefined
}

function templateText(node: SyntaxNode, hole: string): string {
  let { text } = node
  for (const it of node.children()) {
    if (it.kind !== 'Interpolation') continue
    const [start, end] = [it.start - node.start, it.end - node.start]
    text = text.slice(0, start) + hole.repeat(end - start) + text.slice(end)
  }
  return blankQuotes(text)
}

/** Without the quotes around, and without prefixes. */
function blankQuotes(text: string): string {
  const open = /^[A-Za-z]*#*("""|'''|"|'|`)/.exec(text)?.[0] ?? ''
  const close = /("""|'''|"|'|`)#*$/.exec(text)?.[0] ?? ''
  if (open.length + close.length > text.length) return text
  return (
    ' '.repeat(open.length) + text.slice(open.length, text.length - close.length) + ' '.repeat(close.length)
  )
}
