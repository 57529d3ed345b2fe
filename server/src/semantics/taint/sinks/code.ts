// Calls that run a text as code.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

const RUNNERS =
  /^((builtins\.)?(eval|exec|compile)|importlib\.import_module|__import__|Function|(window\.|globalThis\.)?(eval|setTimeout|setInterval)|require|vm\.(runInNewContext|runInThisContext|runInContext|Script|compileFunction))$/

/** What looks for a module runs only code that is there already: nothing to report but what a stranger chooses. */
const LOADERS = /^(importlib\.import_module|__import__|require)$/

/** `eval` and not `model.eval`; a name that the file gives to something else has no full name. */
function isBuiltIn(file: SourceFile, node: SyntaxNode, name: string): boolean {
  if (name === 'eval' || name === 'exec' || name === 'compile')
    return name === 'eval' || file.language === 'python'
  return node.kind !== 'New' || /^(Function|vm\.Script)$/.test(name)
}

export interface RunText {
  readonly code: SyntaxNode
  /** Only code that is there already can be loaded. */
  readonly isLoader: boolean
}

/** The text that a call runs as code, or that says which code it loads. */
export function codeRun(file: SourceFile, call: SyntaxNode): RunText | undefined {
  const name = calledName(file, call)
  if (!RUNNERS.test(name) || !isBuiltIn(file, call, name)) return undefined
  const code = name === 'Function' ? call.children('argument').at(-1) : argument(call, 0)
  if (!code || code.kind === 'Function' || file.constant(code)) return undefined
  return { code, isLoader: LOADERS.test(name) }
}
