// Variables of a function: whose they are, where they change, and whether somebody else may touch them.

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** The function that a variable belongs to; undefined for what belongs to a module or a class. */
export function homeOf(binding: Binding): SyntaxNode | undefined {
  const { scope } = binding
  if (scope.kind === 'Class') return undefined
  return scope.kind === 'Function' ? scope : scope.function
}

/** Runs when `outer` runs: no function between the two begins below `outer`. */
export function runsWith(node: SyntaxNode, outer: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.row === outer.row) return true
    if (it.kind === 'Function') return false
  }
  return false
}

/** Some occurrence lies in a function inside the one that the variable belongs to: it may run at any time. */
export function isCaptured(binding: Binding, home: SyntaxNode | undefined): boolean {
  for (const it of binding.occurrences()) if (it.function?.row !== home?.row) return true
  return false
}

/** The variable is given a value somewhere in here, functions inside included. */
export function isWrittenIn(binding: Binding, node: SyntaxNode): boolean {
  for (const it of binding.writes()) if (node.contains(it)) return true
  return false
}

/** `locals()`, `eval` and `exec` reach variables by name. */
export function readsByName(file: SourceFile, node: SyntaxNode): boolean {
  if (file.language === 'rust') return false
  return node.mentions(...(file.language === 'python' ? PYTHON_READERS : SCRIPT_READERS))
}

const PYTHON_READERS = ['locals', 'globals', 'vars', 'eval', 'exec']
const SCRIPT_READERS = ['eval']

/** The first name of `a.b[c].d`. */
export function rootOf(node: SyntaxNode): SyntaxNode | undefined {
  let it: SyntaxNode | undefined = node.unwrapped
  while (it?.is('Member', 'Index')) it = it.child('object')?.unwrapped
  return it?.is('Name', 'This') ? it : undefined
}

/** A name, or a chain of properties that starts at one: reading it twice gives the same thing unless somebody changes it. */
export function isPath(node: SyntaxNode): boolean {
  let it: SyntaxNode | undefined = node
  while (it?.kind === 'Member') it = it.child('object')
  return it?.is('Name', 'This') ?? false
}
