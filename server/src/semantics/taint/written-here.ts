// Values that the file itself spells out, however they come to where they are used: by branches that are known, by what was
// put into a list or a dictionary, by the path of a route that is always the same.

import type { SyntaxNode } from '../../syntax/node.ts'
import { calleeName, receiver } from '../calls.ts'
import { definitionOf, writesBefore } from '../definitions.ts'
import { chosenSides, isNeverRun } from '../known.ts'
import type { SourceFile } from '../source-file.ts'
import { valuesAt } from './contents.ts'
import { isRoutePath } from './sources.ts'

/** Deeper than anything that people write on purpose. */
const DEPTH = 8

/** What gives the same for the same, and nothing else. */
const PLAIN =
  /^(split|rsplit|strip|lstrip|rstrip|lower|upper|encode|decode|replace|join|format|b64encode|b64decode)$/

/** All that an expression can stand for is written out in this file. */
export function isWrittenHere(file: SourceFile, node: SyntaxNode, depth = 0): boolean {
  const it = node.unwrapped
  if (file.constant(it)) return true
  if (depth > DEPTH) return false
  const all = (parts: readonly (SyntaxNode | undefined)[]) =>
    parts.every(part => part !== undefined && part.row !== it.row && isWrittenHere(file, part, depth + 1))
  switch (it.kind) {
    case 'Conditional':
      return all(chosenSides(file, it))
    case 'Name': {
      const binding = file.binding(it)
      if (binding?.kind !== 'variable' && binding?.kind !== 'constant') return false
      const writes = writesBefore(binding, it).filter(write => !isNeverRun(file, write))
      return writes.length > 0 && all(writes.map(writtenBy))
    }
    case 'Index':
    case 'Call': {
      const held = valuesAt(file, it)
      if (held) return all(held)
      const object = it.kind === 'Index' ? it.child('object') : receiver(it)
      if (it.kind === 'Index') return all([object, it.child('index')])
      if (!PLAIN.test(calleeName(it)) || !object) return false
      const given = it.children('argument')
      return object.kind === 'Name' && file.binding(object)?.kind === 'import'
        ? all(given)
        : all([object, ...given])
    }
    case 'Member':
      return isRoutePath(file, it)
    default:
      return false
  }
}

function writtenBy(write: SyntaxNode): SyntaxNode | undefined {
  const definition = definitionOf(write)
  // What a text begins with was written before, and is asked about as well.
  if (!definition || definition.kind === 'parameter' || definition.path.length > 0) return undefined
  return definition.value
}
