// What the calls that ask a server send, and what is read of the answers, in Python.

import { calleeName, hasSpread, keywordArgument } from '../../../semantics/calls.ts'
import { parametersOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey, Sent } from '../../rows/exchanges.ts'
import { answerOf } from './exchange-answers.ts'
import { dataAt, type WrittenField } from './exchange-values.ts'

interface Written {
  readonly sent: Sent
  readonly fields: readonly WrittenField[]
}

/** Wrappers take no more that matters to a request. */
const MOST_ARGUMENTS = 4
const NOTHING: Written = { sent: { kind: 'none' }, fields: [] }
const ANYTHING: Written = { sent: { kind: 'unknown' }, fields: [] }

/** `keys`: the rows that the call was read as. */
export function addExchange(
  file: SourceFile,
  call: SyntaxNode,
  keys: readonly CallKey[],
  facts: FactWriter,
): void {
  // Tests ask for what is wrong on purpose.
  if (keys.length === 0 || file.isTest) return
  const isRequest = keys[0]!.kind !== 'forward'
  const isPlain = isRequest && !/^(urlopen|Request|open)$/.test(calleeName(call))
  const body = isPlain ? bodyOf(file, call) : ANYTHING
  const query = isPlain ? queryOf(file, call) : ANYTHING
  const { reads, returned, expected } = answerOf(file, call)
  // Only a function of the project knows what it does with what it is given.
  const given = isRequest ? undefined : argumentsOf(file, call)
  for (const of of keys) {
    facts.add(
      'exchange',
      {
        ...{ of, body: body.sent, query: query.sent },
        ...(given && { given: given.map(it => it.type) }),
        ...(isPlain && { answer: ['json()'] }),
        ...(returned && { returned }),
        ...(expected && { expected }),
        // Every client of Python has its own way to look at it.
        seesFailure: true,
      },
      call,
    )
    for (const { path, type, at } of body.fields) facts.add('sentField', { of, in: 'body', path, type }, at)
    for (const { path, type, at } of query.fields) facts.add('sentField', { of, in: 'query', path, type }, at)
    for (const [argument, own] of given?.entries() ?? [])
      for (const { path, type, at } of own.fields)
        facts.add('sentField', { of, in: argument, path, type }, at)
    for (const { at, ...read } of reads) facts.add('readField', { of, ...read }, at)
  }
}

/** `json={…}`, `data=json.dumps({…})`; forms and files are none of what is compared. */
function bodyOf(file: SourceFile, call: SyntaxNode): Written {
  const json = keywordArgument(call, 'json')
  if (json) return sentAt(file, json)
  const raw = keywordArgument(call, 'data') ?? keywordArgument(call, 'content')
  const dumped = raw && file.value(raw)
  if (dumped?.kind === 'Call' && file.qualifiedName(dumped.child('callee') ?? dumped) === 'json.dumps') {
    const given = dumped.child('argument')
    return given ? sentAt(file, given) : ANYTHING
  }
  return raw || hasSpread(call) || keywordArgument(call, 'files') ? ANYTHING : NOTHING
}

function queryOf(file: SourceFile, call: SyntaxNode): Written {
  const params = keywordArgument(call, 'params')
  if (params) return sentAt(file, params)
  return hasSpread(call) ? ANYTHING : NOTHING
}

/** Undefined where some are given by name: only that function knows which ones those are. */
function argumentsOf(file: SourceFile, call: SyntaxNode) {
  const all = call.children('argument')
  if (all.some(it => it.is('KeywordArgument', 'Spread'))) return undefined
  return all.slice(0, MOST_ARGUMENTS).map(it => {
    const fields: WrittenField[] = []
    return { type: dataAt(file, it, fields), fields }
  })
}

/** What the function around is given, or what is written here. */
function sentAt(file: SourceFile, node: SyntaxNode): Written {
  if (node.unwrapped.kind === 'Null') return NOTHING
  const parameter = parameterAt(file, node)
  if (parameter !== undefined) {
    const type = dataAt(file, node)
    const known = type.kind === 'unknown' ? undefined : type
    return { sent: { kind: 'given', from: [{ parameter, path: [] }], type: known }, fields: [] }
  }
  const fields: WrittenField[] = []
  const type = dataAt(file, node, fields)
  return type.kind === 'unknown' ? ANYTHING : { sent: { kind: 'data', type }, fields }
}

/** Which parameter of the function around a value is, where nothing else is made of it. */
function parameterAt(file: SourceFile, node: SyntaxNode): number | undefined {
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  const fn = binding?.kind === 'parameter' ? binding.declaration.closest('Function') : undefined
  if (!binding || !fn || binding.writeCount > 1) return undefined
  const index = parametersOf(fn).findIndex(it => it.contains(binding.declaration))
  return index === -1 ? undefined : index
}
