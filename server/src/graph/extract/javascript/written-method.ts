// Where a call of a server writes its method: `'PUT'` among its options, `put` in `axios.put`.

import { calleeName, calleeOf, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import { METHODS } from './request-calls.ts'
import { literal } from './request-options.ts'

export function addWrittenMethod(
  file: SourceFile,
  call: SyntaxNode,
  keys: readonly CallKey[],
  facts: FactWriter,
): void {
  const at = optionOf(file, call) ?? nameOf(call)
  if (at) for (const of of keys) facts.add('writtenMethod', { of }, at)
}

/** Options that are kept elsewhere may be those of other calls, too. */
function optionOf(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  for (const it of positional(call)) {
    const options = it.unwrapped.kind === 'Dictionary' ? literal(file, it) : undefined
    const said = options && property(options, 'method')
    if (said?.kind === 'String') return said
  }
  return undefined
}

function nameOf(call: SyntaxNode): SyntaxNode | undefined {
  return METHODS[calleeName(call)] === undefined ? undefined : calleeOf(call)?.child('property')
}
