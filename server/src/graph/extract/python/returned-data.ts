// What Python code hands back as JSON, where it is written out: dictionaries with known keys, lists, texts, models.

import { calleeName, calleeOf, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { sameType, together } from '../../data-types.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { typeIn } from './types.ts'

const UNKNOWN: DataType = { kind: 'unknown' }
/** Data in data in data. */
const DEPTH = 6

/** What a function gives back on all its ways out together; undefined when one of them is not known, or it is no data. */
export function returnedType(file: SourceFile, fn: SyntaxNode): DataType | undefined {
  const all: DataType[] = []
  for (const it of fn.child('body')?.ownDescendants('Return') ?? []) {
    const value = it.child('value')
    const type = value && dataIn(file, value)
    if (!type || !/^(object|list|shape)$/.test(type.kind)) return undefined
    all.push(type)
  }
  return together(all)
}

/** What an expression is as JSON. */
export function dataIn(file: SourceFile, given: SyntaxNode, depth = 0): DataType {
  const node = given.unwrapped
  if (depth > DEPTH) return UNKNOWN
  switch (node.kind) {
    case 'String':
    case 'Template':
    case 'Concatenation':
      return { kind: 'string' }
    case 'Boolean':
      return { kind: 'boolean' }
    case 'Null':
      return { kind: 'null' }
    case 'Number':
      return { kind: /^[\d_]+$/.test(node.text) ? 'integer' : 'number' }
    case 'Comparison':
    case 'Not':
      return { kind: 'boolean' }
    case 'Dictionary':
      return dictionaryIn(file, node, depth)
    case 'List':
    case 'Tuple':
      return { kind: 'list', of: elementsIn(file, node, depth) }
    case 'Comprehension':
      return comprehensionIn(file, node, depth)
    case 'Name':
      return nameIn(file, node, depth)
    case 'Call':
      return callIn(file, node)
    default:
      return UNKNOWN
  }
}

function dictionaryIn(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const fields = new Map<string, Field>()
  let isOpen = false
  for (const it of node.children('element')) {
    const key = it.kind === 'Pair' ? it.child('key') : undefined
    const value = it.kind === 'Pair' ? it.child('value') : undefined
    const name = key && file.constant(key)
    if (name?.kind === 'string' && value)
      fields.set(name.value, { name: name.value, isOptional: false, type: dataIn(file, value, depth + 1) })
    else isOpen = true
  }
  return { kind: 'object', fields: [...fields.values()], isOpen }
}

function elementsIn(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const types = node.children('element').map(it => dataIn(file, it, depth + 1))
  const [first] = types
  if (!first || types.length > 50) return UNKNOWN
  return types.every(it => sameType(it, first)) ? first : (together(types) ?? UNKNOWN)
}

/** `[{"id": it.id} for it in users]` */
function comprehensionIn(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  if (node.type !== 'list_comprehension')
    return node.type === 'dictionary_comprehension' ? { kind: 'map', of: UNKNOWN } : UNKNOWN
  const body = node.child('body')
  return { kind: 'list', of: body ? dataIn(file, body, depth + 1) : UNKNOWN }
}

/** A name for something that is written once, and to which nothing is added later. */
function nameIn(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const binding = file.binding(node)
  const value = binding?.onlyValue?.unwrapped
  if (!binding || !value) return UNKNOWN
  if (!value.is('Dictionary', 'List', 'Comprehension'))
    return value.is('Call') ? callIn(file, value) : UNKNOWN
  const type = dataIn(file, value, depth + 1)
  const added = new Map<string, Field>()
  for (const it of binding.reads()) {
    const { parent } = it
    if (it.row === node.row || !parent) continue
    // `data["name"] = …`
    const isItem = parent.kind === 'Index' && it.role === 'object'
    const key = isItem ? parent.child('index') : undefined
    const name = key && file.constant(key)
    if (isItem && parent.role === 'target' && name?.kind === 'string' && type.kind === 'object') {
      added.set(name.value, { name: name.value, isOptional: true, type: UNKNOWN })
      continue
    }
    const isTouched =
      (isItem && parent.role === 'target') ||
      (parent.kind === 'Member' && it.role === 'object') ||
      (parent.kind === 'Call' && it.role === 'argument')
    if (!isTouched) continue
    if (type.kind === 'object') return { ...type, isOpen: true }
    return type.kind === 'list' ? { kind: 'list', of: UNKNOWN } : UNKNOWN
  }
  if (type.kind !== 'object' || added.size === 0) return type
  const own = type.fields.map(it => (added.has(it.name) ? { ...it, type: UNKNOWN } : it))
  const more = [...added.values()].filter(it => !type.fields.some(one => one.name === it.name))
  return { ...type, fields: [...own, ...more] }
}

/** Functions that are named after what they do: their data has a shape by their name. */
export const MAKES_DATA = /^(serialize|dump|format|jsonify)_\w+$|_(to|as)_(dict|json)$|_(serializer|payload)$/

const TEXT = new Set(['str', 'isoformat', 'strftime', 'hexdigest'])
const NUMBERS: Readonly<Record<string, 'integer' | 'number' | 'boolean'>> = {
  len: 'integer',
  int: 'integer',
  float: 'number',
  bool: 'boolean',
}

/** `User(id=1)` where that is a class, `len(users)`, `str(id)` */
function callIn(file: SourceFile, call: SyntaxNode): DataType {
  const name = calleeName(call)
  if (TEXT.has(name)) return { kind: 'string' }
  const callee = calleeOf(call)
  if (callee?.kind === 'Name' && file.isFree(callee)) {
    if (name === 'dict' && positional(call).length === 0) return keywordsIn(file, call)
    const kind = NUMBERS[name]
    return kind ? { kind } : UNKNOWN
  }
  if (!callee?.is('Name', 'Member') || !(/^[A-Z]/.test(name) || MAKES_DATA.test(name))) return UNKNOWN
  if (MAKES_DATA.test(name)) {
    const of = referenceOf(file, callee)
    return of ? { kind: 'shape', of } : UNKNOWN
  }
  const type = typeIn(file, callee)
  return type.kind === 'shape' ? type : UNKNOWN
}

/** `dict(id=1)` */
export function keywordsIn(file: SourceFile, call: SyntaxNode): DataType {
  const fields: Field[] = []
  let isOpen = false
  for (const it of call.children('argument')) {
    const name = it.child('label')?.text
    const value = it.kind === 'KeywordArgument' ? it.child('value') : undefined
    if (name && value) fields.push({ name, isOptional: false, type: dataIn(file, value, 1) })
    else isOpen = true
  }
  return { kind: 'object', fields, isOpen }
}
