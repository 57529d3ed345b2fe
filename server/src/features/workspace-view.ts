// A project as features see it: what its files have to do with each other, and the text of each.

import type { Relations } from '../graph/relations.ts'
import { functionsOf, type NamedFunction } from '../semantics/functions.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

export interface WorkspaceView {
  readonly relations: Relations
  /** The text that the places in `relations` speak of; undefined when the file is gone. Paths are from the project's root. */
  text(path: string): string | undefined
  /** Its functions that have a name; none where it cannot be read. */
  functions(path: string): readonly NamedFunction[]
}

/** What `functions` tells of a file with this tree. */
export function namedFunctions(tree: SyntaxTree): readonly NamedFunction[] {
  return [...functionsOf(tree)]
}
