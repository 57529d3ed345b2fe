// What Django's views take and give: functions of a request, methods of view classes, and what the REST framework's classes
// do by themselves with a serializer.

import { calleeName, isTrue, keywordArgument } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { DataType } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { assignmentsIn, lineage, methodsOf } from './classes.ts'
import { answers, isViewClass } from './django-classes.ts'
import { handlerName } from './fastapi-handlers.ts'
import { readOf } from './request-data.ts'
import { answeredBy } from './responses.ts'

export function addDjangoHandlers(file: SourceFile, facts: FactWriter): void {
  if (file.isTest || !/\brequest\b|serializer_class/.test(file.tree.text)) return
  for (const it of file.root.children('statement')) {
    const definition = it.kind === 'Decorated' ? it.child('definition') : it
    if (definition?.kind === 'Function' && takesRequest(definition))
      addFunction(file, definition, undefined, facts)
    if (definition?.kind === 'Class' && isViewClass(definition)) addClass(file, definition, facts)
  }
}

function takesRequest(fn: SyntaxNode): boolean {
  const all = fn.child('parameters')?.children('parameter') ?? []
  const [first] = all.filter(it => !/^(self|cls)$/.test(it.text))
  return /^_?request\b/.test(first?.text ?? '')
}

function addClass(file: SourceFile, made: SyntaxNode, facts: FactWriter): void {
  const serializer = serializerOf(file, made)
  const own = new Set<string>()
  for (const { name, fn } of methodsOf(made)) {
    if (!takesRequest(fn)) continue
    own.add(name)
    addFunction(file, fn, serializer, facts)
  }
  const name = made.child('name')
  if (!serializer || !name) return
  const { actions, functions } = answers(file, made)
  for (const action of actions)
    if (!own.has(action) && !functions.has(action)) addAction(file, made, name, action, serializer, facts)
}

/** `serializer_class = UserSerializer`, where nothing chooses another one. */
function serializerOf(file: SourceFile, made: SyntaxNode): DataType | undefined {
  for (const it of lineage(file, made)) {
    if ([...methodsOf(it)].some(one => one.name === 'get_serializer_class')) return undefined
    const value = settingOf(it, 'serializer_class')
    if (value) return shapeOf(file, value)
  }
  return undefined
}

function settingOf(made: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const it of assignmentsIn(made))
    if (it.child('target')?.name === name) return it.child('value')?.unwrapped
  return undefined
}

function shapeOf(file: SourceFile, node: SyntaxNode): DataType | undefined {
  const of = node.is('Name', 'Member') ? referenceOf(file, node) : undefined
  return of ? { kind: 'shape', of } : undefined
}

/** What the REST framework does when a viewset says nothing else. */
function addAction(
  file: SourceFile,
  made: SyntaxNode,
  at: SyntaxNode,
  action: string,
  serializer: DataType,
  facts: FactWriter,
): void {
  const isPlain = lineage(file, made).some(it => settingOf(it, 'pagination_class')?.kind === 'Null')
  const listed: DataType | undefined = isPlain ? { kind: 'list', of: serializer } : undefined
  const given = action === 'list' ? listed : action === 'destroy' ? undefined : serializer
  const taken = /^(create|update)$/.test(action) ? serializer : NONE
  facts.add(
    'handler',
    {
      ...{ name: `${at.name}.${action}`, isWhole: false, response: given },
      // Each field may be left out of what changes only some.
      body: action === 'partial_update' ? undefined : taken,
      statuses: [action === 'create' ? 201 : action === 'destroy' ? 204 : 200],
    },
    at,
  )
}

const NONE = { kind: 'none' } as const

function addFunction(
  file: SourceFile,
  fn: SyntaxNode,
  serializer: DataType | undefined,
  facts: FactWriter,
): void {
  const name = handlerName(fn)
  const { body, parameters } = readOf(file, fn)
  const taken = body ?? validated(file, fn, serializer)
  const { response, statuses } = answeredBy(file, fn, it => dataOf(file, it, serializer))
  facts.add('handler', { name, isWhole: false, body: taken, response, statuses }, fn.child('name') ?? fn)
  for (const { row, at } of parameters) facts.add('parameter', { handler: name, ...row }, at)
}

/** `serializer = UserSerializer(data=request.data)`, when all fields have to be there. */
function validated(file: SourceFile, fn: SyntaxNode, own: DataType | undefined): DataType | undefined {
  const all: DataType[] = []
  for (const call of fn.descendants('Call')) {
    const data = keywordArgument(call, 'data')
    if (!data || !/^(self\.)?request\.data$/.test(data.text) || keywordArgument(call, 'partial')) continue
    const type = serializerIn(file, call, own)
    if (!type) return undefined
    all.push(isTrue(file, keywordArgument(call, 'many')) ? { kind: 'list', of: type } : type)
  }
  return all.length === 1 ? all[0] : undefined
}

function serializerIn(file: SourceFile, call: SyntaxNode, own: DataType | undefined): DataType | undefined {
  const name = calleeName(call)
  if (name === 'get_serializer') return own
  const callee = call.child('callee')
  return /Serializer$/.test(name) && callee ? shapeOf(file, callee) : undefined
}

/** `serializer.data`, `UserSerializer(users, many=True).data` */
function dataOf(file: SourceFile, given: SyntaxNode, own: DataType | undefined): DataType | undefined {
  const node = given.unwrapped
  if (node.kind !== 'Member' || node.child('property')?.name !== 'data') return undefined
  const object = node.child('object')?.unwrapped
  const made = object && file.value(object)
  const call = made?.kind === 'Call' ? made : undefined
  const type = call && serializerIn(file, call, own)
  if (!call || !type) return undefined
  const many = keywordArgument(call, 'many')
  if (many && !isTrue(file, many)) return { kind: 'unknown' }
  return many ? { kind: 'list', of: type } : type
}
