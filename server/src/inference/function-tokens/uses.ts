// What happens to the value of a variable where it is read.

import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K, ROLE_CODE as R } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'

/** How a place uses the value that stands there; a bit each. */
export const USES = [
  'called',
  'object',
  'indexed',
  'index',
  'arithmetic',
  'ordered',
  'condition',
  'iterated',
  'awaited',
] as const

/** The bit of `USES` for what happens to the value at `row`, or 0. */
export function useAt(tree: SyntaxTree, row: number): number {
  const { kind, role, parent } = tree
  let it = row
  while (kind[parent[it]!] === K.Parenthesized || kind[parent[it]!] === K.ExpressionStatement)
    it = parent[it]!
  const above = kind[parent[it]!]!
  switch (role[it]) {
    case R.callee:
      return bit('called')
    case R.object:
      return above === K.Index ? bit('indexed') : bit('object')
    case R.index:
      return bit('index')
    case R.iterable:
      return bit('iterated')
    case R.condition:
      return bit('condition')
  }
  switch (above) {
    case K.Binary:
    case K.AugmentedAssignment:
    case K.Unary:
      return bit('arithmetic')
    case K.Not:
    case K.Logical:
      return bit('condition')
    case K.Await:
      return bit('awaited')
    case K.Comparison: {
      const operator = childRow(tree, parent[it]!, 'operator')
      const first = operator === -1 ? '' : tree.text[tree.start[operator]!]
      return first === '<' || first === '>' ? bit('ordered') : 0
    }
  }
  return 0
}

/** A bit for the property that is read from the value at `row`, or 0. */
export function propertyAt(tree: SyntaxTree, row: number): number {
  const above = tree.parent[row]!
  if (tree.role[row] !== R.object || tree.kind[above] !== K.Member) return 0
  const property = childRow(tree, above, 'property')
  if (property === -1) return 0
  let hash = 7
  for (const letter of tree.text.slice(tree.start[property], tree.end[property]))
    hash = (hash * 31 + letter.charCodeAt(0)) | 0
  return 1 << (hash & 31)
}

function bit(name: (typeof USES)[number]): number {
  return 1 << USES.indexOf(name)
}
