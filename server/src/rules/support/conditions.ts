// Conditions taken apart: chains of `and` and `or`, and what is compared with what.

import type { SyntaxNode } from '../../syntax/node.ts'

export type Connective = '&&' | '||' | '??'

/** The operator of a Logical node, spelled one way for every language. */
export function connective(node: SyntaxNode): Connective | undefined {
  if (node.kind !== 'Logical') return undefined
  const { operator } = node
  if (operator === 'and') return '&&'
  if (operator === 'or') return '||'
  return operator as Connective
}

/** `a`, `b` and `c` of `a && b && c`; parentheses around a part of the same chain do not count. */
export function operandsOf(node: SyntaxNode, of: Connective): SyntaxNode[] {
  const it = node.unwrapped
  if (connective(it) !== of) return [it]
  const operands = it.children().filter(child => child.kind !== 'Operator')
  return operands.flatMap(operand => operandsOf(operand, of))
}

export interface Compared {
  readonly left: SyntaxNode
  readonly operator: string
  readonly right: SyntaxNode
}

/** `a < b` and `b < c` of Python's `a < b < c`; the only pair elsewhere. */
export function comparisonsIn(node: SyntaxNode): Compared[] {
  const pairs: Compared[] = []
  let left: SyntaxNode | undefined
  let operator = ''
  for (const it of node.children()) {
    if (it.kind === 'Operator') operator = it.text.replace(/\s+/g, ' ')
    else {
      if (left && operator) pairs.push({ left, operator, right: it })
      left = it
      operator = ''
    }
  }
  return pairs
}

/** The same comparison read from right to left: `<` for `>`. */
const MIRRORED: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

export function mirrored(operator: string): string {
  return MIRRORED[operator] ?? operator
}

/** Only whether it is true matters here: a condition, perhaps as a part of it. */
export function isAskedForTruth(node: SyntaxNode): boolean {
  let it = node
  while (it.parent?.is('Parenthesized', 'Logical')) it = it.parent
  return it.role === 'condition' || it.parent?.kind === 'Not'
}
