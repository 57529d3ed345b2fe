// What kind of value a name holds where it is read, by the values that it may have been given before.

import { definitionOf, writesBefore } from '../../semantics/definitions.ts'
import { type Guess, guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { knownType } from './known-type.ts'

/** Like `knownType`, also for a name that is given several values, when all that may be there are of one kind. */
export function typeHere(file: SourceFile, node: SyntaxNode): Guess | undefined {
  const known = knownType(file, node)
  const it = node.unwrapped
  const binding = known === undefined && it.kind === 'Name' ? file.binding(it) : undefined
  if (!binding || binding.kind === 'parameter') return known
  let common: Guess | undefined
  for (const write of writesBefore(binding, it)) {
    const definition = definitionOf(write)
    if (definition?.kind !== 'value' || !definition.value || definition.path.length > 0) return undefined
    const guess = guessType(file, definition.value)
    if (!guess || (common && guess !== common)) return undefined
    common = guess
  }
  return common
}
