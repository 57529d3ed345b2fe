// What Flask's views take and give, as far as they read it out of the request and write it down.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { handlerName } from './fastapi-handlers.ts'
import { readOf } from './request-data.ts'
import { answeredBy } from './responses.ts'

/** A view function, or a method of a view class. */
export function addFlaskHandler(file: SourceFile, fn: SyntaxNode, facts: FactWriter): void {
  const name = handlerName(fn)
  const { body, parameters } = readOf(file, fn)
  const { response, statuses } = answeredBy(file, fn)
  // The request is there for everybody, so whoever is called may read more of it.
  facts.add('handler', { name, isWhole: false, body, response, statuses }, fn.child('name') ?? fn)
  for (const { row, at } of parameters) facts.add('parameter', { handler: name, ...row }, at)
}
