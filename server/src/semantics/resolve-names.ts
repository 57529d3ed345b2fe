// From a tree to its scopes, with the binder of its language.

import type { Grammar } from '../syntax/language.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { bindJavaScript } from './binders/javascript.ts'
import { bindPython } from './binders/python.ts'
import { bindRust } from './binders/rust.ts'
import { ScopeBuilder } from './scope-builder.ts'
import { SCOPE_MODULE, type Scopes } from './scopes.ts'

/** Called for every row in order: opens scopes, declares names. `after` is the row behind the subtree. */
type Binder = (builder: ScopeBuilder, row: number, kind: number, after: number) => void

const BINDERS: Readonly<Record<Grammar, Binder>> = {
  python: bindPython,
  javascript: bindJavaScript,
  typescript: bindJavaScript,
  tsx: bindJavaScript,
  rust: bindRust,
}

/** Reads every scope and every name of a tree. Never fails; broken code binds what can be seen. */
export function resolveNames(tree: SyntaxTree): Scopes {
  const builder = new ScopeBuilder(tree)
  const binder = BINDERS[tree.grammar]
  const { kind, after, rows } = tree
  builder.open(0, SCOPE_MODULE, 1)
  for (let row = 0; row < rows; row++) {
    builder.closeBefore(row)
    binder(builder, row, kind[row]!, after[row]!)
  }
  return builder.resolve()
}
