// Arguments that flask-restful's parsers take out of a request: `parser.add_argument("name", required=True, location="json")`.

import { calleeName, isTrue, keywordArgument, positional, receiver } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType, ParameterRow } from '../../rows/shapes.ts'
import { textIn } from './shape-fields.ts'
import { typeIn } from './types.ts'

export interface ParsedArgument {
  readonly in: ParameterRow['in'] | 'body'
  readonly name: string
  readonly isOptional: boolean
  readonly type: DataType
  readonly at: SyntaxNode
}

/** Those of the parsers that a function uses. */
export function* parsedArguments(file: SourceFile, fn: SyntaxNode): Generator<ParsedArgument> {
  if (!file.tree.text.includes('add_argument(')) return
  for (const call of fn.descendants('Call')) {
    const parser = calleeName(call) === 'parse_args' ? receiver(call)?.unwrapped : undefined
    const binding = parser?.kind === 'Name' ? file.binding(parser) : undefined
    if (binding) yield* argumentsOf(file, binding)
  }
}

function* argumentsOf(file: SourceFile, parser: Binding): Generator<ParsedArgument> {
  for (const it of parser.reads()) {
    const call = it.parent?.kind === 'Member' ? it.parent.parent : undefined
    if (call?.kind !== 'Call' || calleeName(call) !== 'add_argument') continue
    const [at] = positional(call)
    const name = textIn(file, at)
    const place = placeOf(file, keywordArgument(call, 'location'))
    if (!at || name === undefined || !place) continue
    const of = typeIn(file, keywordArgument(call, 'type'))
    const type: DataType = keywordArgument(call, 'action') ? { kind: 'list', of } : of
    yield { in: place, name, isOptional: !isTrue(file, keywordArgument(call, 'required')), type, at }
  }
}

const PLACES: Readonly<Record<string, ParsedArgument['in']>> = {
  json: 'body',
  args: 'query',
  form: 'form',
  files: 'form',
  headers: 'header',
  cookies: 'cookie',
}

/** Without a place it may be in several. */
function placeOf(file: SourceFile, node: SyntaxNode | undefined): ParsedArgument['in'] | undefined {
  const text = textIn(file, node)
  return text === undefined ? undefined : PLACES[text]
}
