// Values as JavaScript writes them, as data that is sent: what is known of `{ name, age: 3 }`, whatever it is called in between.

import { calleeName, calleeOf, keyText, positional } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { typeAt } from './data-types.ts'

/** Objects within objects, and names that lead to names. */
const DEPTH = 6

/** A part of an object that is written out, with the place of its name. */
export interface WrittenField {
  readonly path: readonly string[]
  readonly type: DataType
  readonly at: SyntaxNode
}

const UNKNOWN: DataType = { kind: 'unknown' }
const STRING: DataType = { kind: 'string' }
const NUMBER: DataType = { kind: 'number' }
const BOOLEAN: DataType = { kind: 'boolean' }

/** What a value is as JSON. Every field that is written out is added to `fields`. */
export function dataAt(
  file: SourceFile,
  node: SyntaxNode,
  fields: WrittenField[] = [],
  path: readonly string[] = [],
  depth = 0,
): DataType {
  const it = node.unwrapped
  if (depth > DEPTH) return UNKNOWN
  switch (it.kind) {
    case 'String': {
      const known = file.constant(it)
      // What is told is which of a few words it is, not what somebody is called.
      return known?.kind === 'string' && WORD.test(known.value)
        ? { kind: 'values', values: [known.value] }
        : STRING
    }
    case 'Template':
      return STRING
    case 'Number':
      return { kind: /^\d+$/.test(it.text) ? 'integer' : 'number' }
    case 'Boolean':
    case 'Not':
    case 'Comparison':
      return BOOLEAN
    case 'Null':
      return { kind: 'null' }
    case 'Binary':
      return /^[-*/%]$/.test(it.operator) ? NUMBER : hasText(it) ? STRING : UNKNOWN
    case 'List': {
      const element = dataOfElements(file, it, fields, path, depth)
      return { kind: 'list', of: element }
    }
    case 'Dictionary':
      return objectAt(file, it, fields, path, depth)
    case 'Cast':
      return castAt(file, it, fields, path, depth)
    case 'NonNull': {
      const inner = it.child('value')
      return inner ? dataAt(file, inner, fields, path, depth + 1) : UNKNOWN
    }
    case 'Name':
      return namedAt(file, it, fields, path, depth)
    case 'Call':
      return calledAt(file, it)
    default:
      return UNKNOWN
  }
}

const WORD = /^[\w-]{1,40}$/

/** `JSON.stringify(x)`: x. Inside of a body that is a text, as a whole body it is the body. */
export function withoutStringify(node: SyntaxNode): SyntaxNode {
  const it = node.unwrapped
  const isStringify = it.kind === 'Call' && calleeOf(it)?.text === 'JSON.stringify'
  const [given] = isStringify ? positional(it) : []
  return given ? given.unwrapped : it
}

function dataOfElements(
  file: SourceFile,
  list: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const elements = list.children('element')
  const types = elements.map(it => dataAt(file, it, fields, [...path, '[]'], depth + 1))
  const [first] = types
  return first && types.every(it => JSON.stringify(it) === JSON.stringify(first)) ? first : UNKNOWN
}

function objectAt(
  file: SourceFile,
  object: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const found = new Map<string, Field>()
  let isOpen = false
  const add = (name: string, value: SyntaxNode, at: SyntaxNode) => {
    const own = [...path, name]
    const type = dataAt(file, value, fields, own, depth + 1)
    // Nothing is sent of what is undefined.
    if (value.unwrapped.kind !== 'Undefined') found.set(name, { name, isOptional: false, type })
    fields.push({ path: own, type, at })
  }
  for (const it of object.children('element')) {
    const key = it.child('key')
    const value = it.child('value')
    if (it.kind === 'Name') add(it.name, it, it)
    else if (it.kind === 'Pair' && key && value && key.is('PropertyName', 'String', 'Number'))
      add(keyText(key), value, key)
    else if (it.kind === 'Spread' && value) {
      const before = fields.length
      const spread = dataAt(file, value, fields, path, depth + 1)
      if (spread.kind === 'object') {
        for (const field of spread.fields) found.set(field.name, field)
        isOpen ||= spread.isOpen
      } else {
        fields.length = before
        isOpen = true
      }
    } else isOpen = true
  }
  return { kind: 'object', fields: [...found.values()], isOpen }
}

/** `value as User`; `as any` says nothing, and `as const` nothing new. */
function castAt(
  file: SourceFile,
  cast: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const value = cast.child('value')
  const inner = value ? dataAt(file, value, fields, path, depth + 1) : UNKNOWN
  const type = cast.child('type')
  return inner.kind === 'unknown' && type ? typeAt(file, type) : inner
}

function namedAt(
  file: SourceFile,
  name: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const binding = file.binding(name)
  if (!binding) return UNKNOWN
  const annotation = annotationOf(binding)
  const value = binding.onlyValue
  if (value && value.row !== name.row) {
    const known = dataAt(file, value, fields, path, depth + 1)
    if (known.kind === 'object' && value.unwrapped.kind === 'Dictionary')
      return grown(file, known, binding, name, fields, path, depth)
    if (known.kind !== 'unknown' && !binding.declaration.text.includes('.')) return known
  }
  return annotation ? typeAt(file, annotation) : UNKNOWN
}

/** The type that a variable or a parameter is declared with. */
export function annotationOf(binding: Binding): SyntaxNode | undefined {
  const { declaration } = binding
  const { parent } = declaration
  if (!parent?.is('Parameter', 'Declarator') || declaration.role !== 'target') return undefined
  return parent.child('type')
}

/** An object to which fields are added after it was made: `params.page = 2`. */
function grown(
  file: SourceFile,
  object: DataType & { readonly kind: 'object' },
  binding: Binding,
  use: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const all = new Map(object.fields.map(it => [it.name, it]))
  let { isOpen } = object
  for (const it of binding.reads()) {
    if (it.row === use.row) continue
    const { parent } = it
    const isObject = it.role === 'object'
    if (parent?.kind === 'Member' && isObject) {
      const holder = parent.parent
      const isWritten = holder?.is('Assignment', 'AugmentedAssignment') && parent.role === 'target'
      if (holder?.kind === 'Delete' || (holder?.kind === 'Unary' && holder.text.startsWith('delete')))
        isOpen = true
      const property = parent.child('property')
      const value = holder?.child('value')
      if (!isWritten || !property || !value) continue
      const type = dataAt(file, value, fields, [...path, property.name], depth + 1)
      const known = all.get(property.name)
      all.set(property.name, {
        name: property.name,
        isOptional: known?.isOptional ?? true,
        type: known ? UNKNOWN : type,
      })
      if (!known) fields.push({ path: [...path, property.name], type, at: property })
    } else if (parent?.is('Index', 'Spread', 'Unary', 'Assignment')) {
      isOpen ||= parent.kind !== 'Spread'
    } else if (parent?.is('Call', 'New') && it.role === 'argument' && !READS_ONLY.test(calleeName(parent)))
      // Whoever else gets it may add to it.
      isOpen = true
  }
  return { kind: 'object', fields: [...all.values()], isOpen }
}

const READS_ONLY =
  /^(stringify|log|debug|info|warn|error|keys|values|entries|get|post|put|patch|delete|fetch)$/

function calledAt(file: SourceFile, call: SyntaxNode): DataType {
  const name = calleeName(call)
  const callee = calleeOf(call)
  if (callee?.kind === 'Name' && file.isFree(callee)) {
    if (name === 'String' || name === 'encodeURIComponent') return STRING
    if (name === 'Number' || name === 'parseFloat') return NUMBER
    if (name === 'parseInt') return { kind: 'integer' }
    if (name === 'Boolean') return BOOLEAN
  }
  if (callee?.text === 'JSON.stringify') return STRING
  return callee?.kind === 'Member' && GIVES_TEXT.test(name) ? STRING : UNKNOWN
}

const GIVES_TEXT = /^(toISOString|trim|toString|toLowerCase|toUpperCase|toFixed|toJSON)$/

function hasText(node: SyntaxNode): boolean {
  return node.operator === '+' && node.children().some(it => it.unwrapped.is('String', 'Template'))
}
