// Calls that ask a server for something, in JavaScript and TypeScript: `fetch`, axios, ky, jQuery, Angular's client, and functions
// of the project that may turn out to wrap one of them.

import { calleeOf, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import { referenceOf } from '../reference.ts'
import { textsIn } from '../text.ts'
import { addExchange } from './exchange.ts'
import { type Asked, askedBy } from './request-calls.ts'
import { addClient, addDefaults, clientOf } from './request-clients.ts'
import { addForward, argumentOf, MOST_ARGUMENTS } from './request-forwards.ts'
import { guessed } from './request-guesses.ts'
import { addWrapper } from './request-wrappers.ts'
import { addWrittenMethod } from './written-method.ts'

export function extractRequestsJavaScript(file: SourceFile, facts: FactWriter): void {
  if (!/['"`]|\bfetch\b/.test(file.tree.text)) return
  for (const call of file.root.descendants('Call', 'New')) {
    addClient(file, call, facts)
    const asked = askedBy(file, call) ?? guessed(file, call)
    if (asked) {
      const keys = addRequest(file, call, asked, facts)
      addWrittenMethod(file, call, keys, facts)
      addExchange(file, call, keys, asked.isSure !== false, facts)
    } else if (call.kind === 'Call') {
      const key = addForward(file, call, facts)
      if (key) {
        addWrittenMethod(file, call, [key], facts)
        addExchange(file, call, [key], false, facts)
      }
    }
  }
  addDefaults(file, facts)
}

/** One for each URL that it may stand for: two where a condition chooses. */
function addRequest(
  file: SourceFile,
  call: SyntaxNode,
  { url, method, isSure = true }: Asked,
  facts: FactWriter,
): CallKey[] {
  const callee = isSure ? undefined : calleeOf(call)
  const reference = callee && referenceOf(file, callee)
  const given = positional(call).slice(0, MOST_ARGUMENTS)
  const through = reference && { callee: reference, arguments: given.map(it => argumentOf(file, it)) }
  const client = clientOf(file, call)
  return textsIn(file, url).map(text => {
    const index = facts.add(
      'request',
      { url: text, method, client, isSure, ...(through && { through }) },
      url,
    )
    const key: CallKey = { kind: 'request', index }
    addWrapper(file, call, url, text, method, through, key, facts)
    return key
  })
}
