// What handlers of NestJS take and give: their parameters say it by decorators, their types by themselves.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { DataType, Field, HandlerRow, ParameterRow } from '../../rows/shapes.ts'
import { mayBeMissing, typeAt } from './data-types.ts'
import { STRING, UNKNOWN } from './structure.ts'

/** `name`: what the route says answers it. `decorators`: the calls before the method. */
export function addNestHandler(
  file: SourceFile,
  name: string,
  method: SyntaxNode,
  decorators: readonly SyntaxNode[],
  facts: FactWriter,
): void {
  const taken = new Taken(file, name, facts)
  for (const it of method.child('parameters')?.children('parameter') ?? []) taken.read(it)
  const given = method.child('returnType')
  const response = given && responseAt(file, given)
  const row: HandlerRow = {
    ...{ name, isWhole: taken.isWhole, body: taken.body, statuses: statusesIn(file, decorators) },
    response: response?.kind === 'unknown' || taken.answersItself ? undefined : response,
    ...(taken.queries.length > 0 && { queries: taken.queries }),
  }
  facts.add('handler', row, method.child('name') ?? method)
}

/** What the parameters of one handler take out of a request. */
class Taken {
  readonly #file: SourceFile
  readonly #handler: string
  readonly #facts: FactWriter
  readonly #fields: Field[] = []
  #whole: DataType | undefined
  readonly queries: DataType[] = []
  isWhole = true
  /** It is given what to answer with: `@Res() response`. */
  answersItself = false
  #isUnknown = false

  constructor(file: SourceFile, handler: string, facts: FactWriter) {
    this.#file = file
    this.#handler = handler
    this.#facts = facts
  }

  get body(): HandlerRow['body'] {
    if (this.#whole) return this.#whole.kind === 'unknown' ? undefined : this.#whole
    if (this.#fields.length > 0) return { kind: 'object', fields: this.#fields, isOpen: true }
    return this.#isUnknown ? undefined : { kind: 'none' }
  }

  read(parameter: SyntaxNode): void {
    const call = parameter
      .children('decorator')
      .flatMap(it => it.child('value') ?? [])
      .find(it => it.kind === 'Call')
    const annotation = parameter.child('type')
    const type = annotation ? typeAt(this.#file, annotation) : UNKNOWN
    const [first] = call ? positional(call) : []
    const key = first && this.#file.constant(first)
    const name = key?.kind === 'string' ? key.value : undefined
    // Only a pipe that reads a value minds that there is none.
    const isOptional =
      !/\bParse\w+Pipe\b/.test(call?.text ?? '') ||
      parameter.type === 'optional_parameter' ||
      parameter.child('value') !== undefined ||
      (annotation !== undefined && mayBeMissing(annotation)) ||
      /Default\w*Pipe|optional:\s*true/.test(call?.text ?? '')
    switch (call && calleeName(call)) {
      case 'Body':
        if (name === undefined) this.#whole = type
        else this.#fields.push({ name, isOptional, type })
        return
      case 'Query':
        if (name !== undefined) return this.#parameter('query', name, isOptional, type, first!)
        if (type.kind === 'unknown') this.isWhole = false
        else this.queries.push(type)
        return
      case 'Param':
        if (name !== undefined) this.#parameter('path', name, false, type, first!)
        return
      case 'Headers':
        if (name !== undefined) this.#parameter('header', name, true, STRING, first!)
        return
      case 'Res':
      case 'Response':
      case 'Next':
        this.answersItself = !/passthrough:\s*true/.test(call!.text)
        return
      case 'Req':
      case 'Request':
      case 'UploadedFile':
      case 'UploadedFiles':
        this.#isUnknown = true
        this.isWhole = false
    }
  }

  #parameter(
    where: ParameterRow['in'],
    name: string,
    isOptional: boolean,
    type: DataType,
    at: SyntaxNode,
  ): void {
    const handler = this.#handler
    // What stands in a URL is a text; that a number is made of it is the business of a pipe.
    this.#facts.add('parameter', { handler, in: where, name, isOptional, type }, at)
  }
}

/** What is in `Promise<T>` and `Observable<T>`. */
function responseAt(file: SourceFile, annotation: SyntaxNode): DataType {
  const inner = annotation.firstChild
  const isStream = inner?.kind === 'GenericType' && inner.child('name')?.text === 'Observable'
  const held = isStream
    ? inner
        .child('typeArguments')
        ?.children()
        .find(it => it.kind !== 'Operator')
    : undefined
  return typeAt(file, held ?? annotation)
}

function statusesIn(file: SourceFile, decorators: readonly SyntaxNode[]): number[] {
  const [code] = decorators.flatMap(it => (calleeName(it) === 'HttpCode' ? positional(it) : []))
  const known = code && file.constant(code)
  return known?.kind === 'number' ? [known.value] : []
}
