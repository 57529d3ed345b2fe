// Values as JavaScript writes them, as data that is answered: what is known of `{ name, age: 3 }`.

import { calleeName, calleeOf, keyText } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { typeAt } from './data-types.ts'
import { BOOLEAN, INTEGER, NULL, NUMBER, STRING, UNKNOWN, unionOf } from './structure.ts'

/** Objects within objects, and names that lead to names. */
const DEPTH = 6

export function dataAt(file: SourceFile, node: SyntaxNode, depth = 0): DataType {
  const it = node.unwrapped
  if (depth > DEPTH) return UNKNOWN
  switch (it.kind) {
    case 'String': {
      const known = file.constant(it)
      // What is told is which of a few words it is, not a sentence for somebody to read.
      const isWord = known?.kind === 'string' && /^[\w-]{1,40}$/.test(known.value)
      return isWord ? { kind: 'values', values: [known.value] } : STRING
    }
    case 'Template':
      return STRING
    case 'Number':
      return /^\d+$/.test(it.text) ? INTEGER : NUMBER
    case 'Boolean':
    case 'Not':
    case 'Comparison':
      return BOOLEAN
    case 'Null':
      return NULL
    case 'Binary':
      if (/^[-*/%]$/.test(it.operator)) return NUMBER
      return it.children().some(part => part.unwrapped.is('String', 'Template')) ? STRING : UNKNOWN
    case 'Conditional':
      return unionOf(
        [it.child('consequence'), it.child('alternative')].map(side =>
          side ? dataAt(file, side, depth + 1) : UNKNOWN,
        ),
      )
    case 'List':
      return { kind: 'list', of: unionOf(it.children('element').map(part => dataAt(file, part, depth + 1))) }
    case 'Dictionary':
      return objectAt(file, it, depth)
    case 'Cast': {
      const type = it.child('type')
      const value = it.child('value')
      const known = value ? dataAt(file, value, depth + 1) : UNKNOWN
      return known.kind === 'unknown' && type ? typeAt(file, type) : known
    }
    case 'Await':
    case 'NonNull': {
      const inner = it.child('value')
      return inner ? dataAt(file, inner, depth + 1) : UNKNOWN
    }
    case 'Name':
      return namedAt(file, it, depth)
    case 'Call':
      return calledAt(file, it)
    case 'New':
      return calleeName(it) === 'Date' ? STRING : UNKNOWN
    default:
      return UNKNOWN
  }
}

function objectAt(file: SourceFile, object: SyntaxNode, depth: number): DataType {
  const fields = new Map<string, Field>()
  let isOpen = false
  for (const it of object.children('element')) {
    const key = it.kind === 'Name' ? it : it.child('key')
    const value = it.kind === 'Name' ? it : it.child('value')
    if (it.kind === 'Spread' && value) {
      const spread = spreadAt(file, value, depth)
      for (const field of spread?.fields ?? []) fields.set(field.name, field)
      isOpen ||= spread?.isOpen ?? true
    } else if (!key || !value || key.kind === 'Index') isOpen = true
    else {
      const name = keyText(key)
      fields.set(name, { name, isOptional: mayBeUndefined(value), type: dataAt(file, value, depth + 1) })
    }
  }
  return { kind: 'object', fields: [...fields.values()], isOpen }
}

/** `...rest`, and `...(isAdmin && { role })`, whose fields may be missing. */
function spreadAt(file: SourceFile, given: SyntaxNode, depth: number) {
  const node = given.unwrapped
  const sides =
    node.kind === 'Logical' && node.operator === '&&'
      ? [node.child('right')]
      : node.kind === 'Conditional'
        ? [node.child('consequence'), node.child('alternative')]
        : undefined
  const types = (sides ?? [node]).map(it => (it ? dataAt(file, it, depth + 1) : UNKNOWN))
  const fields: Field[] = []
  for (const it of types) {
    if (it.kind !== 'object' || it.isOpen) return undefined
    fields.push(...it.fields.map(field => (sides ? { ...field, isOptional: true } : field)))
  }
  return { fields, isOpen: false }
}

function mayBeUndefined(value: SyntaxNode): boolean {
  return /\?\.|\bundefined\b/.test(value.text)
}

function namedAt(file: SourceFile, name: SyntaxNode, depth: number): DataType {
  const binding = file.binding(name)
  const { parent } = binding?.declaration ?? {}
  const annotation = parent?.is('Parameter', 'Declarator') ? parent.child('type') : undefined
  if (annotation && binding?.declaration.role === 'target') return typeAt(file, annotation)
  const value = binding?.onlyValue
  // What fields are added to an object afterwards, nobody has looked at.
  if (!binding || !value || value.row === name.row || value.unwrapped.is('Dictionary', 'List')) return UNKNOWN
  return dataAt(file, value, depth + 1)
}

function calledAt(file: SourceFile, call: SyntaxNode): DataType {
  const name = calleeName(call)
  const callee = calleeOf(call)
  if (callee?.kind === 'Name' && file.isFree(callee)) {
    if (name === 'String' || name === 'encodeURIComponent') return STRING
    if (name === 'Number' || name === 'parseFloat') return NUMBER
    if (name === 'parseInt') return INTEGER
    if (name === 'Boolean') return BOOLEAN
  }
  if (callee?.text === 'JSON.stringify') return STRING
  return callee?.kind === 'Member' && GIVES_TEXT.test(name) ? STRING : UNKNOWN
}

const GIVES_TEXT = /^(?:toISOString|trim|toString|toLowerCase|toUpperCase|toFixed|toJSON|join)$/
