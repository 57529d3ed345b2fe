// The arguments of a Rust macro. They are tokens, not a tree, so only simple ones can be read.

import type { SyntaxNode } from '../syntax/node.ts'

export interface MacroArgument {
  /** For `name = value`. */
  readonly name: string
  /** The tokens of the value that have a row: names, literals, operators, groups. */
  readonly nodes: readonly SyntaxNode[]
  /** The punctuation before each of them: '.', '::', ''. */
  readonly gaps: readonly string[]
}

export function macroArguments(call: SyntaxNode): MacroArgument[] {
  const tokens = call.child('argument')
  if (tokens?.kind !== 'TokenTree') return []
  const { text, start } = tokens
  const all: { name: string; nodes: SyntaxNode[]; gaps: string[] }[] = []
  let current: { name: string; nodes: SyntaxNode[]; gaps: string[] } | undefined
  let end = start + 1
  for (const node of tokens.children()) {
    const gap = text.slice(end - start, node.start - start).replace(/\s|\/\*.*?\*\/|\/\/.*/g, '')
    end = node.end
    if (!current || gap.includes(',')) {
      current = { name: '', nodes: [], gaps: [] }
      all.push(current)
    } else if (gap === '=' && current.nodes.length === 1 && current.nodes[0]!.kind === 'Name') {
      current.name = current.nodes[0]!.name
      current.nodes = []
      current.gaps = []
    }
    current.nodes.push(node)
    current.gaps.push(gap.replace(/^.*,/, ''))
  }
  return all
}
