// Calls that run a text as code.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, receiver } from '../../calls.ts'
import { calledName, fullName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

const RUNNERS =
  /^((builtins\.)?(eval|exec|compile)|importlib\.import_module|__import__|Function|(window\.|globalThis\.)?(eval|setTimeout|setInterval)|require|vm\.(runInNewContext|runInThisContext|runInContext|Script|compileFunction))$/

/** Calls of which another argument than the first is run, or that are methods of what a package gives. */
const AT: ReadonlyMap<string, number> = new Map([
  ['_xxsubinterpreters.run_string', 1],
  ['_testcapi.run_in_subinterp', 0],
  ['test.support.run_in_subinterp', 0],
  ['mathjs.eval', 0],
  ['vm2.VMScript', 0],
])

/** Their objects run a text: `new VM().run(text)`, `InteractiveConsole().runsource(text)`. */
const MACHINES = /^(vm2\.(VM|NodeVM)|sandbox|code\.Interactive(Console|Interpreter))$/

/** The last names of calls that run a text, besides those of the language itself. */
export const RUNNER_CALLEES: readonly string[] =
  'run_string run_in_subinterp VMScript run runsource runcode run_in_executor'.split(' ')

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
  const other = otherCode(file, call, name)
  if (other) return file.constant(other) ? undefined : { code: other, isLoader: false }
  if (!RUNNERS.test(name) || !isBuiltIn(file, call, name)) return undefined
  const code = name === 'Function' ? call.children('argument').at(-1) : argument(call, 0)
  if (!code || code.kind === 'Function' || file.constant(code)) return undefined
  return { code, isLoader: LOADERS.test(name) }
}

function otherCode(file: SourceFile, call: SyntaxNode, name: string): SyntaxNode | undefined {
  const index = AT.get(name)
  if (index !== undefined) return argument(call, index)
  const method = calleeName(call)
  if (method === 'run_in_executor')
    return /^(builtins\.)?(eval|exec)$/.test(fullName(file, argument(call, 1)))
      ? argument(call, 2)
      : undefined
  if (!/^(run|runsource|runcode)$/.test(method)) return undefined
  const object = receiver(call)
  const made = object && file.value(object)
  return made?.is('Call', 'New') && MACHINES.test(calledName(file, made)) ? argument(call, 0) : undefined
}
