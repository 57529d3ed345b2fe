// Taking the statements of a body out of the statement around them.

import type { SyntaxNode } from '../../syntax/node.ts'
import { indentation } from '../edit.ts'
import { statementsOf } from './branches.ts'

const DECLARES = [
  'Declaration',
  'Declarator',
  'Function',
  'Class',
  'Import',
  'TypeAlias',
  'Struct',
  'Enum',
] as const

/** What may stand in the place of `statement` to do only what `body` does; undefined when that takes a person. */
export function textInPlaceOf(statement: SyntaxNode, body: SyntaxNode): string | undefined {
  const statements = statementsOf(body)
  const [first] = statements
  const last = statements.at(-1)
  if (!first || !last) return undefined
  const { grammar, text } = statement.tree
  if (grammar !== 'python' && body.kind === 'Block') {
    if (statements.length > 1 || first.is(...DECLARES)) return body.text
    const isStatement = statement.parent?.kind === 'ExpressionStatement'
    return first.kind !== 'ExpressionStatement' && isStatement ? `${first.text};` : first.text
  }
  const source = text.slice(first.start, last.end)
  if (!source.includes('\n')) return source
  // Text that spans lines would change with its indentation.
  if (statements.some(hasTextOverLines)) return undefined
  const from = indentation(first)
  const to = indentation(statement)
  return source
    .split('\n')
    .map((line, i) => (i > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n')
}

function hasTextOverLines(node: SyntaxNode): boolean {
  for (const it of node.descendants('String', 'Template')) if (it.text.includes('\n')) return true
  return false
}
