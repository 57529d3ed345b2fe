// Values as Python writes them, as data that is sent: what is known of `{"name": name, "age": 3}`, whatever it is called between.

import { calleeName, keyText, positional } from '../../../semantics/calls.ts'
import { writesBefore } from '../../../semantics/definitions.ts'
import { type Binding, type SourceFile, valueGivenTo } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { sameType } from '../../data-types.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { typeIn } from './types.ts'

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
      return known?.kind === 'string' && /^[\w-]{1,40}$/.test(known.value)
        ? { kind: 'values', values: [known.value] }
        : STRING
    }
    case 'Template':
      return STRING
    case 'Number':
      return { kind: /^[\d_]+$/.test(it.text) ? 'integer' : 'number' }
    case 'Boolean':
    case 'Not':
    case 'Comparison':
      return BOOLEAN
    case 'Null':
      return { kind: 'null' }
    case 'List':
      return { kind: 'list', of: elementsAt(file, it, fields, path, depth) }
    case 'Comprehension':
      return it.type === 'list_comprehension' ? { kind: 'list', of: UNKNOWN } : UNKNOWN
    case 'Dictionary':
      return objectAt(file, it, fields, path, depth)
    case 'Name':
      return namedAt(file, it, fields, path, depth)
    case 'Call':
      return calledAt(file, it, fields, path, depth)
    default:
      return UNKNOWN
  }
}

function elementsAt(
  file: SourceFile,
  list: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const types = list
    .children('element')
    .map(it => (it.kind === 'Spread' ? UNKNOWN : dataAt(file, it, fields, [...path, '[]'], depth + 1)))
  const [first] = types
  return first && types.every(it => sameType(it, first)) ? first : UNKNOWN
}

type Part = readonly [name: string, value: SyntaxNode, at: SyntaxNode]

function objectAt(
  file: SourceFile,
  object: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const parts: (Part | SyntaxNode)[] = object.children('element').map(it => {
    const [key, value] = [it.child('key'), it.child('value')]
    return it.kind === 'Pair' && key?.kind === 'String' && value && file.constant(key)
      ? [keyText(key), value, key]
      : it
  })
  return madeOf(file, parts, fields, path, depth)
}

/** Anything else than a part is spread into it, or is a key that nobody knows. */
function madeOf(
  file: SourceFile,
  parts: readonly (Part | SyntaxNode)[],
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const found = new Map<string, Field>()
  let isOpen = false
  for (const it of parts) {
    if (!('kind' in it)) {
      const [name, value, at] = it
      const type = dataAt(file, value, fields, [...path, name], depth + 1)
      found.set(name, { name, isOptional: false, type })
      fields.push({ path: [...path, name], type, at })
      continue
    }
    const before = fields.length
    const value = it.kind === 'Spread' ? it.child('value') : undefined
    const spread = value ? dataAt(file, value, fields, path, depth + 1) : UNKNOWN
    if (spread.kind === 'object') {
      for (const field of spread.fields) found.set(field.name, field)
      isOpen ||= spread.isOpen
    } else {
      fields.length = before
      isOpen = true
    }
  }
  return { kind: 'object', fields: [...found.values()], isOpen }
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
  if (binding.kind === 'parameter') {
    const { parent } = binding.declaration
    const type = parent?.kind === 'Parameter' ? parent.child('type') : undefined
    return binding.writeCount <= 1 && type ? typeIn(file, type) : UNKNOWN
  }
  const [write, ...more] = writesBefore(binding, name)
  const value = write && more.length === 0 ? valueGivenTo(write) : undefined
  if (!write || !value || value.row === name.row) return UNKNOWN
  const known = dataAt(file, value, fields, path, depth + 1)
  return known.kind === 'object' ? grown(file, known, { binding, write, name }, fields, path, depth) : known
}

/** A dictionary to which keys are added after it was made: `params["page"] = 2`. */
function grown(
  file: SourceFile,
  object: DataType & { readonly kind: 'object' },
  { binding, write, name: use }: { binding: Binding; write: SyntaxNode; name: SyntaxNode },
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const all = new Map(object.fields.map(it => [it.name, it]))
  let { isOpen } = object
  for (const it of binding.reads()) {
    if (it.row === use.row || it.row < write.row) continue
    const { parent } = it
    const key = parent?.kind === 'Index' && it.role === 'object' ? parent.child('index') : undefined
    const value =
      parent?.role === 'target' && parent.parent?.kind === 'Assignment'
        ? parent.parent.child('value')
        : undefined
    if (key && !value) isOpen ||= parent?.parent?.is('Delete', 'AugmentedAssignment') === true
    else if (key?.kind === 'String' && value && it.row < use.row) {
      const name = keyText(key)
      const type = dataAt(file, value, fields, [...path, name], depth + 1)
      const known = all.get(name)
      all.set(name, { name, isOptional: known?.isOptional ?? true, type: known ? UNKNOWN : type })
      if (!known) fields.push({ path: [...path, name], type, at: key })
    } else if (key && it.row < use.row) isOpen = true
    // Whoever else gets it may add to it, and so do its methods.
    else if (parent?.kind === 'Member' && it.role === 'object')
      isOpen ||= !READS_ONLY.test(parent.child('property')?.name ?? '')
    else if (parent?.is('Call', 'Assignment', 'Return')) isOpen ||= !isHarmless(parent)
  }
  return { kind: 'object', fields: [...all.values()], isOpen }
}

const READS_ONLY = /^(get|items|keys|values|copy)$/

function isHarmless(call: SyntaxNode): boolean {
  return (
    call.kind === 'Call' && /^(print|len|dumps|debug|info|warning|error|exception)$/.test(calleeName(call))
  )
}

function calledAt(
  file: SourceFile,
  call: SyntaxNode,
  fields: WrittenField[],
  path: readonly string[],
  depth: number,
): DataType {
  const name = calleeName(call)
  const callee = call.child('callee')
  if (callee?.kind === 'Name' && file.isFree(callee)) {
    if (name === 'str') return STRING
    if (name === 'int' || name === 'len') return { kind: 'integer' }
    if (name === 'float') return { kind: 'number' }
    if (name === 'bool') return BOOLEAN
    // `dict(name=name)`
    if (name === 'dict' && positional(call).length === 0)
      return madeOf(
        file,
        call.children('argument').map((it): Part | SyntaxNode => {
          const [label, value] = [it.child('label'), it.child('value')]
          return label && value ? [label.text, value, label] : it
        }),
        fields,
        path,
        depth,
      )
  }
  return callee?.kind === 'Member' && GIVES_TEXT.test(name) ? STRING : UNKNOWN
}

const GIVES_TEXT = /^(isoformat|strftime|strip|lower|upper|hex|hexdigest|join|format)$/
