// Whether an imported name is needed while the file that imports it is loaded, or only when something in it runs later.

import type { Binding } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

export function isUsedAtOnce(binding: Binding): boolean {
  for (const it of binding.occurrences())
    if (!binding.isDeclaration(it) && it.kind !== 'TypeName' && runsAtOnce(it)) return true
  return false
}

/** Nothing but annotations need it. */
export function isOnlyInTypes(binding: Binding): boolean {
  let isUsed = false
  for (const it of binding.occurrences()) {
    if (binding.isDeclaration(it)) continue
    if (it.kind !== 'TypeName' && !isInType(it)) return false
    isUsed = true
  }
  return isUsed
}

function runsAtOnce(node: SyntaxNode): boolean {
  if (node.parent?.kind === 'ExportName' || isInType(node)) return false
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Signature')) return false
    // A field that is not the class's own gets its value with each instance.
    if (it.kind === 'Field' && it.parent?.kind === 'Class' && !/^\s*static\b/.test(it.text.slice(0, 20)))
      return false
  }
  return true
}

/** In an annotation, an interface, or another place that compilers leave out. */
export function isInType(node: SyntaxNode): boolean {
  for (const it of [node, ...node.ancestors()]) {
    if (it.is('Type', 'TypeAlias', 'Interface', 'TypeArguments') || it.role === 'type') return true
    if (it.is('Block', 'ExpressionStatement', 'Function', 'Class', 'Module')) return false
  }
  return false
}
