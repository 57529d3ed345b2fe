// What a Python function reads of the request that it is given, or that is there for everybody: `request.json["name"]`,
// `request.args.get("page")`, `data = request.data` and what is read of that.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType, Field, ParameterRow } from '../../rows/shapes.ts'
import { type ParsedArgument, parsedArguments } from './parsed-arguments.ts'
import { typeIn } from './types.ts'

const UNKNOWN: DataType = { kind: 'unknown' }

export interface ReadRequest {
  /** An open object of the fields that are read; undefined where the body is not touched, or nobody knows what is read. */
  readonly body: DataType | undefined
  readonly parameters: readonly { readonly row: Omit<ParameterRow, 'handler'>; readonly at: SyntaxNode }[]
}

export function readOf(file: SourceFile, fn: SyntaxNode): ReadRequest {
  const fields = new Map<string, Field>()
  const parameters = new Map<string, ReadRequest['parameters'][number]>()
  const add = ({ in: place, name, isOptional, type, at }: ParsedArgument) => {
    if (place === 'body') {
      const known = fields.get(name)
      const mayMiss = isOptional && known?.isOptional !== false
      fields.set(name, { name, isOptional: mayMiss, type: known?.type ?? type })
      return
    }
    const key = `${place} ${name}`
    if (!parameters.has(key)) parameters.set(key, { row: { in: place, name, isOptional, type }, at })
  }
  for (const { node, of } of partsOf(fn)) {
    for (const it of readsOf(file, node))
      add({ ...it, in: of, isOptional: it.isOptional || isGuarded(it.at) })
  }
  for (const it of parsedArguments(file, fn)) add(it)
  const body: DataType | undefined =
    fields.size > 0 ? { kind: 'object', fields: [...fields.values()], isOpen: true } : undefined
  return { body, parameters: [...parameters.values()] }
}

/** By the name of the member. */
const PARTS: ReadonlyMap<string, ParameterRow['in'] | 'body'> = new Map([
  ['json', 'body'],
  ['data', 'body'],
  ['args', 'query'],
  ['GET', 'query'],
  ['query_params', 'query'],
  ['form', 'form'],
  ['POST', 'form'],
  ['files', 'form'],
  ['FILES', 'form'],
  ['cookies', 'cookie'],
  ['COOKIES', 'cookie'],
])

/** The expressions that are the body, the query, … of the request. */
function* partsOf(
  fn: SyntaxNode,
): Generator<{ readonly node: SyntaxNode; readonly of: ParameterRow['in'] | 'body' }> {
  for (const name of fn.named('request', 'any')) {
    const request = name.kind === 'PropertyName' ? name.parent : name
    if (!request || (request !== name && !/^self\.request$/.test(request.text))) continue
    const member = request.parent
    if (member?.kind !== 'Member' || member.child('object')?.row !== request.row) continue
    const part = member.child('property')?.name ?? ''
    if (part === 'get_json' && member.parent?.kind === 'Call') yield { node: member.parent, of: 'body' }
    else if (part === 'body' && isLoaded(member)) yield { node: member.parent!, of: 'body' }
    else if (PARTS.has(part)) yield { node: member, of: PARTS.get(part)! }
  }
}

/** `json.loads(request.body)` */
function isLoaded(member: SyntaxNode): boolean {
  return member.parent?.kind === 'Call' && calleeName(member.parent) === 'loads'
}

interface Read {
  readonly name: string
  readonly isOptional: boolean
  readonly type: DataType
  readonly at: SyntaxNode
}

/** What is read of a dictionary, and of a variable that it is given to. */
function* readsOf(file: SourceFile, dictionary: SyntaxNode, depth = 0): Generator<Read> {
  let node = dictionary
  // `request.get_json() or {}`
  while (node.parent?.is('Logical', 'Parenthesized', 'Await')) node = node.parent
  const { parent } = node
  if (!parent) return
  if (parent.kind === 'Index' && node.role === 'object') {
    const name = textOf(file, parent.child('index'))
    const isRead = parent.role !== 'target' && parent.parent?.kind !== 'Delete'
    if (name !== undefined && isRead)
      yield { name, isOptional: false, type: UNKNOWN, at: parent.child('index')! }
  } else if (parent.kind === 'Member' && parent.parent?.kind === 'Call') {
    yield* readByCall(file, parent.parent)
  } else if (parent.kind === 'Comparison' && /^(not )?in$/.test(parent.operator) && node.role === 'right') {
    const name = textOf(file, parent.child('left'))
    if (name !== undefined) yield { name, isOptional: true, type: UNKNOWN, at: parent.child('left')! }
  } else if (parent.kind === 'Assignment' && node.role === 'value' && depth < 2) {
    const target = parent.child('target')
    const binding = target?.kind === 'Name' ? file.binding(target) : undefined
    if (!binding || binding.isModuleLevel) return
    for (const it of binding.reads())
      if (it.start > parent.start && it.function?.row === parent.function?.row)
        yield* readsOf(file, it, depth + 1)
  }
}

/** `data.get("page", 1, type=int)`, `data.pop("page")`, `args.getlist("tags")` */
function* readByCall(file: SourceFile, call: SyntaxNode): Generator<Read> {
  const method = calleeName(call)
  const [first, second] = positional(call)
  const name = textOf(file, first)
  if (!first || name === undefined || !/^(get|pop|getlist|setdefault)$/.test(method)) return
  const given = call
    .children('argument')
    .find(it => it.kind === 'KeywordArgument' && it.child('label')?.text === 'type')
  const of = given ? typeIn(file, given.child('value')) : UNKNOWN
  const type: DataType = method === 'getlist' ? { kind: 'list', of } : of
  yield { name, isOptional: method !== 'pop' || second !== undefined, type, at: first }
}

/** Its absence is caught, or asked for before. */
function isGuarded(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.kind === 'Function') return false
    if (it.is('If', 'Conditional', 'Try', 'Logical', 'ForEach', 'While', 'ElseIf', 'Comprehension', 'Case'))
      return true
  }
  return false
}

function textOf(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  const constant = node && file.constant(node)
  return constant?.kind === 'string' && constant.value !== '' ? constant.value : undefined
}
