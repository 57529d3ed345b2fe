// Calls of functions of the project that may turn out to make requests of what they are given.

import { calleeName, calleeOf, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import type { Argument, ForwardedCall } from '../../rows/requests.ts'
import { referenceOf } from '../reference.ts'
import { textIn } from '../text.ts'
import { NEVER } from './request-clients.ts'
import { literal, textOf } from './request-options.ts'
import { addWrapper } from './request-wrappers.ts'

/** A function of this or another file is called with something that looks like a path: it may be a wrapper. */
export function addForward(file: SourceFile, call: SyntaxNode, facts: FactWriter): CallKey | undefined {
  const callee = calleeOf(call)
  if (!callee?.is('Name', 'Member')) return undefined
  const given = positional(call).slice(0, MOST_ARGUMENTS)
  const asks = ASKS.test(calleeName(call))
  if (!given.some(it => mayBePath(it, asks))) return undefined
  const reference = referenceOf(file, callee)
  if (!reference || NEVER.test(reference.module)) return undefined
  const all = given.map(it => argumentOf(file, it))
  const at = given.findIndex((_, i) => isPath(all[i]!))
  if (at === -1) return undefined
  const row: ForwardedCall = { callee: reference, arguments: all }
  const index = facts.add('forward', row, given[at]!)
  const shown = all[at]!
  const text = shown.kind === 'text' ? shown.parts : shown.kind === 'options' ? (shown.url ?? []) : []
  const key: CallKey = { kind: 'forward', index }
  addWrapper(file, call, given[at]!, text, 'GET', row, key, facts)
  return key
}

/** What comes later is no path and no options. */
export const MOST_ARGUMENTS = 3

/** Names of functions that may ask somebody: what they are given is looked at, whatever it is. */
const ASKS =
  /^_?(?:get|post|put|patch|del|delete|fetch|request|req|api|call|query|mutate|send|load|download|upload|http|use|axios|ajax|client|invoke|execute|json)/i

/** Cheap: most calls are given nothing of the kind. */
function mayBePath(node: SyntaxNode, asks: boolean): boolean {
  const it = node.unwrapped
  if (it.is('String', 'Template', 'Binary')) return it.text.includes('/')
  return asks && it.is('Name', 'Member', 'Call', 'Dictionary', 'Conditional')
}

export function argumentOf(file: SourceFile, node: SyntaxNode): Argument {
  const it = node.unwrapped
  const options = it.is('Dictionary', 'Name') ? literal(file, it) : undefined
  if (options) {
    const method = property(options, 'method') ?? property(options, 'type')
    const url = property(options, 'url') ?? property(options, 'path') ?? property(options, 'endpoint')
    return {
      kind: 'options',
      method: method ? (textOf(file, method)?.toUpperCase() ?? '*') : hasSpread(options) ? '*' : undefined,
      url: url && textIn(file, url),
    }
  }
  if (!it.is('String', 'Template', 'Name', 'Member', 'Call', 'Binary')) return { kind: 'other' }
  return { kind: 'text', parts: textIn(file, it) }
}

/** What is spread may say anything. */
function hasSpread(options: SyntaxNode): boolean {
  return options.children('element').some(it => it.kind === 'Spread')
}

/** Begins like a path, or with what another file or a caller has to tell. */
function isPath(argument: Argument): boolean {
  const parts =
    argument.kind === 'text' ? argument.parts : argument.kind === 'options' ? argument.url : undefined
  const [first, second] = parts ?? []
  if (first === undefined) return false
  if (typeof first === 'string') return /^(\/|https?:\/\/|[\w-]+\/)/.test(first) && !/[\s<>]/.test(first)
  if ('parameter' in first) return argument.kind === 'text'
  if ('hole' in first) return typeof second === 'string' && second.startsWith('/')
  return true
}
