// Schemas of zod, as far as they can be read where they stand.

import { calleeName, calleeOf, keyText, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { bothLimits } from '../../limits.ts'
import type { DataType, Limits } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { limitsAt, type Measure } from './limits.ts'
import {
  ANYTHING,
  BOOLEAN,
  closed,
  type FoundField,
  INTEGER,
  merged,
  NULL,
  NUMBER,
  objectOf,
  omitted,
  picked,
  STRING,
  type Structure,
  UNKNOWN,
  unionOf,
  withOptional,
} from './structure.ts'

/** What a schema takes; what it makes of that is somebody else's business. */
export interface Schema {
  readonly type: DataType
  /** Who sends may leave it out. */
  readonly isOptional: boolean
  /** Who reads finds it all the same. */
  readonly isAlwaysGiven?: true
  readonly structure: Structure | undefined
  /** What `min` and `max` are said of, where they may be said. */
  readonly measure?: Measure
  readonly limits?: Limits
}

/** Schemas of schemas, and names that lead to names. */
const DEPTH = 12

/** Undefined for what is no schema. */
export function schemaAt(file: SourceFile, given: SyntaxNode, depth = 0): Schema | undefined {
  const node = given.unwrapped
  if (depth > DEPTH) return undefined
  if (node.kind === 'Name') return namedSchema(file, node, depth)
  if (node.kind === 'Member') return memberSchema(file, node, depth)
  if (node.kind !== 'Call') return undefined
  const callee = calleeOf(node)
  const object = callee?.kind === 'Member' ? callee.child('object')?.unwrapped : undefined
  if (!object) return undefined
  const name = calleeName(node)
  if (isLibrary(file, object)) return made(file, name, node, depth + 1)
  // `z.coerce.number()`, `z.iso.date()`
  const inner = object.kind === 'Member' ? object.child('object') : undefined
  if (inner && isLibrary(file, inner))
    return object.child('property')?.name === 'iso' ? simple(STRING) : coerced(name)
  const of = schemaAt(file, object, depth + 1)
  return of && changed(file, of, name, node, depth + 1)
}

/** The fields of a schema that this file holds; of another file's, that one as a base. */
export function mayHoldSchemas(file: SourceFile): boolean {
  return file.tree.names.includes('z') || file.tree.names.includes('zod')
}

function isLibrary(file: SourceFile, node: SyntaxNode): boolean {
  if (node.kind !== 'Name') return false
  const from = file.importedName(node)
  return from !== undefined && (/^zod\b|\bzod(?:\.z)?$/.test(from) || node.name === 'z')
}

function simple(type: DataType, isOptional = false): Schema {
  return { type, isOptional, structure: undefined }
}

function measured(type: DataType, measure: Measure): Schema {
  return { type, isOptional: false, structure: undefined, measure }
}

/** Anything may be made a number of; what it is then is known. */
function coerced(name: string): Schema {
  if (name === 'number') return measured(UNKNOWN, 'value')
  return name === 'string' ? measured(UNKNOWN, 'length') : simple(UNKNOWN)
}

function ofStructure(structure: Structure): Schema {
  return { type: objectOf(structure), isOptional: false, structure }
}

function namedSchema(file: SourceFile, node: SyntaxNode, depth: number): Schema | undefined {
  const binding = file.binding(node)
  if (!binding) return undefined
  const reference = referenceOf(file, node)
  if (reference?.module) {
    const structure: Structure = { ...closed([]), bases: [reference] }
    return { type: { kind: 'shape', of: reference }, isOptional: false, structure }
  }
  const value = binding.onlyValue
  const schema = value && schemaAt(file, value, depth + 1)
  // It has a name by which others know it too.
  return schema && reference ? { ...schema, type: { kind: 'shape', of: reference } } : schema
}

/** `user.shape.name`, and a schema that an object of this file holds. */
function memberSchema(file: SourceFile, node: SyntaxNode, depth: number): Schema | undefined {
  const name = node.child('property')?.name ?? ''
  const object = node.child('object')?.unwrapped
  if (!object) return undefined
  if (object.kind === 'Member' && object.child('property')?.name === 'shape') {
    const of = object.child('object')
    const field = of && schemaAt(file, of, depth + 1)?.structure?.fields.find(it => it.name === name)
    return field && simple(field.type, field.isOptional)
  }
  const value = property(file.value(object), name)
  return value && schemaAt(file, value, depth + 1)
}

const TEXTS = new Set(
  'string email url uuid guid cuid cuid2 ulid nanoid base64 base64url ip ipv4 ipv6 cidr datetime date time jwt emoji httpUrl hostname e164 hex templateLiteral'.split(
    ' ',
  ),
)
const INTEGERS = new Set(['int', 'int32', 'uint32'])
const NUMBERS = new Set(['number', 'float32', 'float64', 'nan'])

/** `z.string()`, `z.object({ … })`. */
function made(file: SourceFile, name: string, call: SyntaxNode, depth: number): Schema {
  const [first, second] = positional(call)
  const inner = (node: SyntaxNode | undefined) => (node && schemaAt(file, node, depth)?.type) ?? UNKNOWN
  // A text that is read as a date.
  if (name === 'date') return simple(UNKNOWN)
  if (TEXTS.has(name)) return measured(STRING, 'length')
  if (NUMBERS.has(name)) return measured(NUMBER, 'value')
  if (INTEGERS.has(name)) return measured(INTEGER, 'value')
  switch (name) {
    case 'boolean':
      return simple(BOOLEAN)
    case 'null':
      return simple(NULL)
    case 'undefined':
    case 'void':
      return simple(UNKNOWN, true)
    case 'any':
    case 'unknown':
      return simple(UNKNOWN, true)
    case 'object':
    case 'strictObject':
    case 'looseObject':
      return ofStructure({
        ...structureIn(file, first, depth),
        ...(name === 'strictObject' && { isStrict: true }),
        ...(name === 'looseObject' && { isOpen: true }),
      })
    case 'array':
      return measured({ kind: 'list', of: inner(first) }, 'length')
    case 'record':
      return simple({ kind: 'map', of: inner(second ?? first) })
    case 'literal':
    case 'enum':
    case 'nativeEnum':
      return simple(valuesIn(file, first))
    case 'union':
      return simple(unionOf(listed(file, first).map(inner)))
    case 'discriminatedUnion':
      return simple(unionOf(listed(file, second).map(inner)))
    case 'intersection': {
      const parts = [first, second].map(it => it && schemaAt(file, it, depth)?.structure)
      return ofStructure(merged(parts.map(it => it ?? ANYTHING)))
    }
    case 'optional':
    case 'nullable':
    case 'nullish': {
      const of = (first && schemaAt(file, first, depth)) ?? simple(UNKNOWN)
      return changed(file, of, name, call, depth)
    }
    default:
      return simple(UNKNOWN)
  }
}

/** `.optional()`, `.extend({ … })`; what only checks limits the values. */
function changed(file: SourceFile, of: Schema, name: string, call: SyntaxNode, depth: number): Schema {
  const [first] = positional(call)
  const structure = of.structure ?? ANYTHING
  switch (name) {
    case 'optional':
      return { ...of, isOptional: true }
    case 'default':
    case 'prefault':
    case 'catch':
      return { ...of, isOptional: true, isAlwaysGiven: true }
    case 'nullable':
      return { ...of, type: unionOf([of.type, NULL]) }
    case 'nullish':
      return { ...of, type: unionOf([of.type, NULL]), isOptional: true }
    case 'array':
      return measured({ kind: 'list', of: of.type }, 'length')
    case 'int':
      return { ...of, type: of.type.kind === 'number' ? INTEGER : of.type }
    case 'or': {
      const other = first && schemaAt(file, first, depth)
      return simple(unionOf([of.type, other?.type ?? UNKNOWN]), of.isOptional)
    }
    case 'and':
    case 'merge':
      return ofStructure(merged([structure, (first && schemaAt(file, first, depth)?.structure) ?? ANYTHING]))
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'setKey':
      return ofStructure(merged([structure, structureIn(file, first, depth)]))
    case 'partial':
    case 'deepPartial':
      return ofStructure(first ? partially(structure, keysIn(file, first)) : withOptional(structure, true))
    case 'required':
      return ofStructure(first ? ANYTHING : withOptional(structure, false))
    case 'pick':
    case 'omit': {
      const keys = keysIn(file, first)
      if (!keys) return ofStructure(ANYTHING)
      return ofStructure(name === 'pick' ? picked(structure, keys) : omitted(structure, keys))
    }
    case 'strict':
      return ofStructure({ ...structure, isStrict: true })
    case 'passthrough':
    case 'loose':
    case 'catchall':
    case 'nonstrict':
      return ofStructure({ ...structure, isOpen: true })
    case 'transform':
    case 'pipe':
    case 'preprocess':
    case 'overwrite':
      return { ...of, type: of.structure ? of.type : UNKNOWN }
    case 'keyof':
    case 'unwrap':
    case 'element':
      return simple(UNKNOWN)
    default: {
      const limits = bothLimits(of.limits, limitsAt(file, name, call, of.measure, of.type.kind === 'integer'))
      return limits ? { ...of, limits } : of
    }
  }
}

function partially(structure: Structure, keys: readonly string[] | undefined): Structure {
  if (!keys || structure.bases.length > 0) return ANYTHING
  const { fields } = structure
  return {
    ...structure,
    fields: fields.map(it => (keys.includes(it.name) ? { ...it, isOptional: true } : it)),
  }
}

function structureIn(file: SourceFile, given: SyntaxNode | undefined, depth: number): Structure {
  const object = given && file.value(given)
  // `.extend(other.shape)`
  if (object?.kind === 'Member' && object.child('property')?.name === 'shape') {
    const of = object.child('object')
    return (of && schemaAt(file, of, depth)?.structure) ?? ANYTHING
  }
  if (object?.kind !== 'Dictionary') return ANYTHING
  const parts: Structure[] = []
  let fields: FoundField[] = []
  for (const it of object.children('element')) {
    const key = it.kind === 'Pair' ? it.child('key') : it.kind === 'Name' ? it : undefined
    const value = it.kind === 'Pair' ? it.child('value') : it
    if (!key || !value || key.kind === 'Index') {
      parts.push(closed(fields), it.kind === 'Spread' ? spread(file, it, depth) : ANYTHING)
      fields = []
      continue
    }
    const schema = schemaAt(file, value, depth + 1)
    const { type, isOptional, isAlwaysGiven, limits } = schema ?? simple(UNKNOWN)
    fields.push({
      ...{ name: keyText(key), isOptional, type, at: key },
      ...(isAlwaysGiven && { isAlwaysGiven }),
      ...(limits && { limits }),
    })
  }
  return merged([...parts, closed(fields)])
}

/** `...base.shape`, `...paging` */
function spread(file: SourceFile, node: SyntaxNode, depth: number): Structure {
  const value = node.child('value')
  const reference = value?.kind === 'Name' ? referenceOf(file, value) : undefined
  if (reference?.module) return { ...closed([]), bases: [reference] }
  return value ? structureIn(file, value, depth + 1) : ANYTHING
}

/** Parts of schemas that are shared: `export const paging = { page: z.number(), … }`. */
export function partsOfSchema(file: SourceFile, object: SyntaxNode): Structure | undefined {
  const first = object
    .children('element')
    .find(it => it.kind === 'Pair')
    ?.child('value')
  return first && schemaAt(file, first) ? structureIn(file, object, 0) : undefined
}

/** `{ name: true }` */
function keysIn(file: SourceFile, given: SyntaxNode | undefined): string[] | undefined {
  const object = given && file.value(given)
  if (object?.kind !== 'Dictionary') return undefined
  const pairs = object.children('element')
  return pairs.every(it => it.kind === 'Pair') ? pairs.map(it => keyText(it.child('key'))) : undefined
}

function listed(file: SourceFile, given: SyntaxNode | undefined): SyntaxNode[] {
  const list = given && file.value(given)
  return list?.kind === 'List' ? list.children('element') : []
}

function valuesIn(file: SourceFile, given: SyntaxNode | undefined): DataType {
  if (!given) return UNKNOWN
  const value = file.value(given)
  const list = value.kind === 'Cast' ? value.child('value')?.unwrapped : value
  const written = list?.kind === 'List' ? list.children('element') : [given]
  const values = written.flatMap(it => {
    const known = file.constant(it)
    return known?.kind === 'string' || known?.kind === 'number' ? [known.value] : []
  })
  if (values.length === written.length) return { kind: 'values', values }
  const reference = given.is('Name', 'Member') ? referenceOf(file, given) : undefined
  return reference ? { kind: 'shape', of: reference } : UNKNOWN
}
