// What React's hooks give.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** `setOpen` of `const [open, setOpen] = useState(false)`. */
export function isStateSetter(file: SourceFile, name: SyntaxNode | undefined): boolean {
  return statePair(file, name)?.index === 1
}

/** `open` of the same. */
export function isStateValue(file: SourceFile, name: SyntaxNode | undefined): boolean {
  return statePair(file, name)?.index === 0
}

/** The names that one call of `useState` gives: the value, and what sets it. */
export function statePair(
  file: SourceFile,
  name: SyntaxNode | undefined,
): { readonly index: number; readonly pattern: SyntaxNode; readonly call: SyntaxNode } | undefined {
  if (name?.kind !== 'Name') return undefined
  const declaration = file.binding(name)?.declaration
  const pattern = declaration?.parent
  const call = pattern?.kind === 'ListPattern' ? pattern.parent?.child('value')?.unwrapped : undefined
  if (!declaration || !pattern || call?.kind !== 'Call' || calleeName(call) !== 'useState') return undefined
  const index = pattern.children('element').findIndex(it => it.row === declaration.row)
  return { index, pattern, call }
}

/** A function that React runs to draw something, or one of its hooks: named with a capital, or `use…`. */
export function isComponentOrHook(fn: SyntaxNode): boolean {
  return /^([A-Z]|use[A-Z])/.test(nameOfFunction(fn))
}

export function nameOfFunction(fn: SyntaxNode): string {
  const own = fn.child('name')?.name
  if (own) return own
  let it = fn
  // `memo(() => …)`, `forwardRef(function (…) { … })`
  while (
    it.role === 'argument' &&
    it.parent?.kind === 'Call' &&
    /^(React\.)?(memo|forwardRef|observer)$/.test(it.parent.child('callee')?.text ?? '')
  )
    it = it.parent
  return it.role === 'value' && it.parent?.kind === 'Declarator'
    ? (it.parent.child('target')?.name ?? '')
    : ''
}
