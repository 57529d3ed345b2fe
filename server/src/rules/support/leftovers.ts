// What would be left without a use when some code goes.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** An import or a variable of a function is read in here and nowhere else: it would be the next thing to be unused. */
export function isLastUse(file: SourceFile, parts: readonly SyntaxNode[]): boolean {
  const inParts = (node: SyntaxNode) => parts.some(it => it.contains(node))
  for (const part of parts) {
    for (const name of [part, ...part.descendants('Name')]) {
      const binding = name.kind === 'Name' ? file.binding(name) : undefined
      if (!binding || !/^(import|variable|constant)$/.test(binding.kind)) continue
      if ((binding.isModuleLevel && binding.kind !== 'import') || inParts(binding.declaration)) continue
      const reads = [...binding.reads()]
      if (reads.length > 0 && reads.every(inParts)) return true
    }
  }
  return false
}
