// Code that only runs in tests: whole files, and what Rust keeps beside the code that it tests.

import type { SyntaxNode } from '../syntax/node.ts'
import type { SourceFile } from './source-file.ts'

/** In a test file, or in what Rust compiles for tests only. */
export function isTestCode(node: SyntaxNode, file: SourceFile): boolean {
  if (file.isTest) return true
  if (file.language !== 'rust') return false
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Namespace') && hasTestAttribute(it)) return true
  }
  return false
}

function hasTestAttribute(item: SyntaxNode): boolean {
  for (let it = item.previous; it?.kind === 'Decorator'; it = it.previous)
    if (/\btest\b/.test(it.text)) return true
  return false
}
