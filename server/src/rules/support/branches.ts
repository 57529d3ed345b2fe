// If-chains in one shape: Python lists its elifs, the others nest an if in the else.

import type { SyntaxNode } from '../../syntax/node.ts'

export interface Branch {
  /** Absent for the last `else`. */
  readonly condition?: SyntaxNode
  readonly body: SyntaxNode
}

/** All branches of an if, from its first condition to its `else`. */
export function branchesOf(statement: SyntaxNode): Branch[] {
  const branches: Branch[] = []
  let it: SyntaxNode | undefined = statement
  while (it) {
    const condition = it.child('condition')
    const body = it.child('consequence')
    if (condition && body) branches.push({ condition, body })
    let next: SyntaxNode | undefined
    for (const alternative of it.children('alternative')) {
      if (alternative.kind === 'ElseIf') {
        const inner = alternative.child('condition')
        const then = alternative.child('consequence')
        if (inner && then) branches.push({ condition: inner, body: then })
      } else if (alternative.kind === 'If') next = alternative
      else branches.push({ body: alternative })
    }
    it = next
  }
  return branches
}

/** The `if` is not itself an `else if` of another. */
export function isChainStart(statement: SyntaxNode): boolean {
  return !(statement.role === 'alternative' && statement.parent?.kind === 'If')
}

/** The statements of a body, braces or none. */
export function statementsOf(body: SyntaxNode): SyntaxNode[] {
  return body.kind === 'Block' ? body.children().filter(it => it.kind !== 'EmptyStatement') : [body]
}

/** A body in which nothing happens: no statement, or only `pass`, `...` and a docstring. Comments do not count. */
export function isEmptyBody(body: SyntaxNode): boolean {
  return statementsOf(body).every(
    it =>
      it.kind === 'Pass' ||
      it.kind === 'EmptyStatement' ||
      (it.kind === 'ExpressionStatement' && it.child('value')?.kind === 'Ellipsis'),
  )
}

/** Somebody explained themselves in here. */
export function hasComment(node: SyntaxNode): boolean {
  return node.has('Comment')
}
