// Names that stand in text, and what they would mean there.

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** What a name would be bound to if it stood at `node`. Reads the whole file: ask when there is a reason to. */
export function visible(file: SourceFile, node: SyntaxNode, name: string): Binding | undefined {
  let nearest: Binding | undefined
  let size = Number.POSITIVE_INFINITY
  for (const binding of file.bindings()) {
    if (binding.name !== name) continue
    const { scope } = binding
    if (!scope.contains(node) || scope.size >= size) continue
    // A class body is no scope to the methods in it.
    if (file.language === 'python' && scope.kind === 'Class') continue
    nearest = binding
    size = scope.size
  }
  return nearest
}

/** Something that holds a value, and not a function, a class or a module. */
export function isVariable(binding: Binding | undefined): boolean {
  return binding !== undefined && /^(variable|constant|parameter|loop|catch)$/.test(binding.kind)
}
