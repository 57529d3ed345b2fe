// What views of Flask and Django hand back as JSON, where all is well.

import { argument, calleeName, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { together } from '../../data-types.ts'
import type { DataType } from '../../rows/shapes.ts'
import { raisedStatuses, statusIn } from './http-statuses.ts'
import { dataIn, keywordsIn } from './returned-data.ts'

export interface Answered {
  readonly response: DataType | undefined
  readonly statuses: readonly number[]
}

/** What one way out gives; `type` is unknown where nobody can tell, undefined where there is no body. */
interface Answer {
  readonly type: DataType | undefined
  readonly status: number | undefined
}

const UNKNOWN: DataType = { kind: 'unknown' }

/** `dataOf` knows what only one framework has: a serializer's data. */
export function answeredBy(
  file: SourceFile,
  fn: SyntaxNode,
  dataOf: (node: SyntaxNode) => DataType | undefined = () => undefined,
): Answered {
  const all: Answer[] = []
  for (const it of fn.child('body')?.ownDescendants('Return') ?? []) {
    const value = it.child('value')
    all.push(value ? answerIn(file, value, dataOf) : { type: undefined, status: 200 })
  }
  const statuses = [...all.flatMap(it => it.status ?? []), ...raisedStatuses(file, fn)]
  const good = all.filter(it => it.status === undefined || it.status < 300)
  const types = good.flatMap(it => it.type ?? [])
  const isKnown = types.every(it => /^(object|list|shape)$/.test(it.kind))
  return { response: isKnown ? together(types) : undefined, statuses: [...new Set(statuses)] }
}

function answerIn(
  file: SourceFile,
  given: SyntaxNode,
  dataOf: (node: SyntaxNode) => DataType | undefined,
  depth = 0,
): Answer {
  const node = given.unwrapped
  const inner = (it: SyntaxNode | undefined) => (it ? (dataOf(it) ?? dataIn(file, it)) : undefined)
  if (depth > 4) return { type: UNKNOWN, status: undefined }
  if (node.kind === 'Tuple') {
    const [body, status] = node.children('element')
    const own = body ? answerIn(file, body, dataOf, depth + 1) : { type: undefined, status: undefined }
    return { type: own.type, status: (status && statusIn(file, status)) ?? own.status }
  }
  if (node.kind === 'Name') {
    const value = file.value(node)
    if (value.kind === 'Call' && isResponse(calleeName(value)))
      return answerIn(file, value, dataOf, depth + 1)
  }
  if (node.kind !== 'Call') return { type: inner(node), status: 200 }
  const name = calleeName(node)
  const status = keywordArgument(node, 'status') ?? keywordArgument(node, 'status_code')
  const code = status ? statusIn(file, status) : undefined
  switch (name) {
    case 'jsonify': {
      const [first, ...more] = positional(node)
      if (!first) return { type: keywordsIn(file, node), status: 200 }
      return { type: more.length > 0 ? { kind: 'list', of: UNKNOWN } : inner(first), status: 200 }
    }
    case 'make_response': {
      const [first, second] = positional(node)
      const own = first ? answerIn(file, first, dataOf, depth + 1) : { type: UNKNOWN, status: undefined }
      return { type: own.type, status: (second && statusIn(file, second)) ?? own.status }
    }
    case 'JsonResponse':
    case 'JSONResponse':
    case 'Response': {
      const content = argument(node, 0, 'content') ?? keywordArgument(node, 'data')
      const second = positional(node)[1]
      const said = code ?? (second && statusIn(file, second)) ?? (status ? undefined : 200)
      return { type: inner(content), status: said }
    }
    case 'HttpResponseBadRequest':
      return { type: UNKNOWN, status: 400 }
    case 'HttpResponseForbidden':
      return { type: UNKNOWN, status: 403 }
    case 'HttpResponseNotFound':
      return { type: UNKNOWN, status: 404 }
    default:
      return { type: inner(node), status: code }
  }
}

function isResponse(name: string): boolean {
  return /^(jsonify|make_response|\w*Response)$/.test(name)
}
