// From a tree to its scopes, with the binder of its language.

import type { Kind } from '../syntax/kinds.ts'
import { KINDS } from '../syntax/kinds.ts'
import type { Grammar } from '../syntax/language.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { goBinders } from './binders/go.ts'
import { javaBinders } from './binders/java.ts'
import { javascriptBinders } from './binders/javascript.ts'
import { pythonBinders } from './binders/python.ts'
import { rustBinders } from './binders/rust.ts'
import { type Binder, type Binders, ScopeBuilder } from './scope-builder.ts'
import { SCOPE_MODULE, type Scopes } from './scopes.ts'

/** By kind code: most kinds bind nothing, and a lookup tells so faster than a call. */
type BinderTable = readonly (Binder | undefined)[]

const BINDERS: Readonly<Record<Grammar, BinderTable>> = {
  python: table(pythonBinders),
  javascript: table(javascriptBinders),
  typescript: table(javascriptBinders),
  tsx: table(javascriptBinders),
  rust: table(rustBinders),
  go: table(goBinders),
  java: table(javaBinders),
  // Data binds no names.
  json: table({}),
  yaml: table({}),
  hcl: table({}),
  html: table({}),
  dockerfile: table({}),
}

/** Reads every scope and every name of a tree. Never fails; broken code binds what can be seen. */
export function resolveNames(tree: SyntaxTree): Scopes {
  const builder = new ScopeBuilder(tree)
  const binders = BINDERS[tree.grammar]
  const { kind, after, rows } = tree
  builder.open(0, SCOPE_MODULE, 1)
  for (let row = 0; row < rows; row++) {
    const code = kind[row]!
    const bind = binders[code]
    if (bind === undefined) continue
    builder.closeBefore(row)
    bind(builder, row, after[row]!, code)
  }
  return builder.resolve()
}

function table(binders: Binders): BinderTable {
  return KINDS.map((kind: Kind) => binders[kind])
}
