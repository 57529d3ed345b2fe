// What the calls that ask a server send, and what is read of the answers, in JavaScript and TypeScript.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey, SentFieldRow } from '../../rows/exchanges.ts'
import { answerOf } from './exchange-answers.ts'
import { mannerOf } from './exchange-clients.ts'
import { argumentsAt, bodyOf, queryOf } from './exchange-sent.ts'
import type { WrittenField } from './exchange-values.ts'
import { MOST_ARGUMENTS } from './request-forwards.ts'

/** `keys`: the rows that the call was read as. */
export function addExchange(
  file: SourceFile,
  call: SyntaxNode,
  keys: readonly CallKey[],
  isSure: boolean,
  facts: FactWriter,
): void {
  const [key] = keys
  if (!key) return
  const manner = key.kind === 'request' ? mannerOf(file, call, isSure) : undefined
  const body = manner && bodyOf(file, call, manner)
  const query = manner && queryOf(file, call, manner)
  // Only a function of the project knows what it does with what it is given.
  const given = isSure ? undefined : argumentsAt(file, call, MOST_ARGUMENTS)
  const { reads, returned, expected, seesFailure } = answerOf(file, call)
  for (const of of keys) {
    facts.add(
      'exchange',
      {
        of,
        body: body?.sent ?? { kind: 'unknown' },
        query: query?.sent ?? { kind: 'unknown' },
        ...(given && { given: given.types }),
        ...(given && given.handed.length > 0 && { handed: given.handed }),
        ...(manner?.answer && { answer: manner.answer }),
        ...(returned && { returned }),
        ...(expected && { expected }),
        seesFailure,
        ...(manner?.isLenient && { isLenient: true }),
      },
      call,
    )
    const add = (where: SentFieldRow['in'], { path, type, at }: WrittenField) =>
      facts.add('sentField', { of, in: where, path, type }, at)
    for (const it of body?.fields ?? []) add('body', it)
    for (const it of query?.fields ?? []) add('query', it)
    for (const [argument, own] of given?.fields.entries() ?? []) for (const it of own) add(argument, it)
    for (const { at, ...read } of reads) facts.add('readField', { of, ...read }, at)
  }
}
