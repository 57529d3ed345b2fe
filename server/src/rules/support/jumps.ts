// Where control goes from a statement: out of a loop, or on to its next round.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { LOOPS } from './loops.ts'

/** What a `break`, `continue`, `return` or `throw` leaves lies around `scope`, not inside it. */
export function jumpsOutOf(scope: SyntaxNode, jump: SyntaxNode): boolean {
  if (jump.kind === 'Return') return true
  const label = jump.is('Break', 'Continue') ? labelOf(jump) : ''
  let child = jump
  for (const it of jump.ancestors()) {
    if (it.row === scope.row) return true
    if (jump.kind === 'Throw') {
      if (it.kind === 'Try' && child.role === 'body' && it.child('handler')) return false
    } else if (label === '') {
      if (it.is(...LOOPS)) return false
      if (jump.kind === 'Break' && it.type === 'switch_statement') return false
    } else if ((it.kind === 'Labeled' || it.is(...LOOPS)) && labelOf(it) === label) return false
    child = it
  }
  return true
}

function labelOf(node: SyntaxNode): string {
  return node.child('label')?.text.replace(/^'/, '') ?? ''
}

/** Once this statement has run, the loop around it surely ends before its next round. */
export function endsLoop(file: SourceFile, statement: SyntaxNode, loop: SyntaxNode): boolean {
  let child = statement
  for (const it of statement.ancestors()) {
    if (it.row === loop.row) return false
    if (it.kind === 'Block' || it.is('Case', 'DefaultCase')) {
      for (let after = child.next; after; after = after.next) if (leaves(file, after, loop)) return true
    }
    child = it
  }
  return false
}

function leaves(file: SourceFile, statement: SyntaxNode, loop: SyntaxNode): boolean {
  if (file.completes(statement)) return false
  if (statement.kind === 'Continue') return !continues(loop, statement)
  for (const it of statement.ownDescendants('Continue')) if (continues(loop, it)) return false
  return true
}

/** This `continue` begins the next round of `loop`. */
function continues(loop: SyntaxNode, jump: SyntaxNode): boolean {
  const label = labelOf(jump)
  if (label !== '') {
    const labeled = loop.parent?.kind === 'Labeled' ? loop.parent : loop
    return labelOf(labeled) === label
  }
  return jump.closest(...LOOPS)?.row === loop.row
}
