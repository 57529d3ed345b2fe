// Types as TypeScript writes them, as a reader of JSON sees what they describe.

import { keyText, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { withArguments } from '../../type-arguments.ts'
import { referenceOf } from '../reference.ts'
import { classStructure } from './class-structures.ts'
import { constantKeys, constantValues } from './enumerations.ts'
import {
  ANYTHING,
  BOOLEAN,
  closed,
  type FoundField,
  merged,
  NULL,
  objectOf,
  omitted,
  picked,
  STRING,
  type Structure,
  UNKNOWN,
  unionOf,
  withOptional,
} from './structure.ts'
import {
  alternatives,
  bare,
  constantAt,
  declarationsNamed,
  inferredFrom,
  isGeneric,
  isModuleLevel,
  isNothing,
  isOfProject,
  isTypeParameter,
  localDeclarations,
  operands,
  PREDEFINED,
  typeArguments,
  typeParameter,
  valueIn,
} from './type-nodes.ts'
import { schemaAt } from './zod.ts'

/** What a type stands for on the wire. `given`: the type itself, or the annotation around it. */
export function typeAt(file: SourceFile, given: SyntaxNode, depth = 0): DataType {
  const it = bare(given)
  if (depth > DEPTH) return UNKNOWN
  switch (it.type) {
    case 'predefined_type':
      return PREDEFINED.get(it.text) ?? UNKNOWN
    case 'literal_type':
      return literalType(file, it)
    case 'template_literal_type':
      return STRING
    case 'union_type':
      return unionOf(
        alternatives(it).flatMap(part => (isNothing(part) ? [] : [typeAt(file, part, depth + 1)])),
      )
    case 'array_type':
      return { kind: 'list', of: inside(file, it.firstChild, depth) }
    case 'tuple_type':
      return { kind: 'list', of: UNKNOWN }
    case 'readonly_type':
      return inside(file, it.children().at(-1), depth)
    case 'lookup_type':
      return lookedUp(file, it, depth)
    case 'index_type_query':
      return keysOf(file, it, depth)
    case 'type_identifier':
    case 'identifier':
      return namedType(file, it, depth)
    case 'generic_type':
      return genericType(file, it, depth)
    case 'nested_type_identifier':
      return shapeNamed(file, it)
    default: {
      const only = it.type === 'object_type' ? it.children() : []
      if (only.length === 1 && only[0]!.type === 'index_signature')
        return { kind: 'map', of: inside(file, only[0]!.child('type'), depth) }
      const value = it.type === 'intersection_type' ? valueIn(it) : undefined
      if (value) return typeAt(file, value, depth + 1)
      const structure = structureAt(file, it, depth)
      return structure ? objectOf(structure) : UNKNOWN
    }
  }
}

/** The type allows that nothing is there at all. */
export function mayBeMissing(given: SyntaxNode): boolean {
  return alternatives(bare(given)).some(isNothing)
}

/** The object that a type describes, with what it is made of as bases; undefined when it is none, or nobody can tell. */
export function structureAt(file: SourceFile, given: SyntaxNode, depth = 0): Structure | undefined {
  const it = bare(given)
  if (depth > DEPTH) return undefined
  switch (it.type) {
    case 'object_type':
      return membersOf(file, it.children(), depth)
    case 'intersection_type':
      if (valueIn(it)) return undefined
      return merged(operands(it).map(part => partAt(file, part, depth)))
    case 'readonly_type': {
      const inner = it.children().at(-1)
      return inner && structureAt(file, inner, depth + 1)
    }
    case 'generic_type':
      return genericStructure(file, it, depth)
    default:
      return undefined
  }
}

/** What an interface or a class declares; undefined for everything else. */
export function declaredStructure(
  file: SourceFile,
  declaration: SyntaxNode,
  depth = 0,
): Structure | undefined {
  if (declaration.kind === 'Class') {
    const read = { type: (node: SyntaxNode) => typeAt(file, node, depth + 1), mayBeMissing }
    const above = declaration.child('superclass')
    const own = classStructure(file, declaration, read)
    return above ? merged([superclassAt(file, above, depth), own]) : own
  }
  if (declaration.kind !== 'Interface') return undefined
  const above = declaration.children().find(it => it.type === 'extends_type_clause')
  const bases = above?.children('type').map(it => partAt(file, it, depth)) ?? []
  return merged([...bases, membersOf(file, declaration.children('member'), depth)])
}

/** Types within types, and names that lead to names. */
const DEPTH = 12

const DATES = /^(?:Date|Dayjs|Moment|DateTime)$/
const LISTS = /^(?:Array|ReadonlyArray)$/
/** What they are given is what is there in the end. */
const SAME =
  /^(?:Promise|PromiseLike|Awaited|Readonly|NonNullable|Jsonify|Serialize|SerializeFrom|Simplify|Prettify)$/

function inside(file: SourceFile, node: SyntaxNode | undefined, depth: number): DataType {
  return node ? typeAt(file, node, depth + 1) : UNKNOWN
}

function literalType(file: SourceFile, node: SyntaxNode): DataType {
  const value = node.firstChild
  if (value?.kind === 'Null') return NULL
  if (value?.kind === 'Boolean') return BOOLEAN
  const known = value && file.constant(value)
  return known?.kind === 'string' || known?.kind === 'number'
    ? { kind: 'values', values: [known.value] }
    : UNKNOWN
}

function membersOf(file: SourceFile, members: readonly SyntaxNode[], depth: number): Structure {
  const fields: FoundField[] = []
  let isOpen = false
  for (const it of members) {
    if (it.type === 'index_signature') isOpen = true
    if (it.kind !== 'Field') continue
    const at = it.child('name')
    const annotation = it.child('type')
    // A key that is computed.
    if (!at || at.kind === 'Index') isOpen = true
    else {
      const isMarked = it.children().some(part => part.type === '?')
      const isOptional = isMarked || (annotation !== undefined && mayBeMissing(annotation))
      fields.push({ name: keyText(at), isOptional, type: inside(file, annotation, depth), at })
    }
  }
  return { ...closed(fields), isOpen }
}

function namedType(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  if (DATES.test(node.name) && !isOfProject(file, node)) return STRING
  const declared = localDeclarations(file, node)
  const [first] = declared
  if (first === undefined || isModuleLevel(file, node)) return shapeNamed(file, node)
  if (first.kind === 'TypeAlias') return inside(file, first.child('value'), depth)
  return objectOf(flattened(file, structuresOf(file, declared, depth), depth))
}

function shapeNamed(file: SourceFile, node: SyntaxNode, given: readonly DataType[] = []): DataType {
  if (isTypeParameter(file, node)) {
    const parameter = typeParameter(file, node)
    return parameter === undefined ? UNKNOWN : { kind: 'unknown', parameter }
  }
  const of = referenceOf(file, node)
  if (!of) return UNKNOWN
  const saysSomething = given.some(it => it.kind !== 'unknown' || it.parameter !== undefined)
  return saysSomething ? { kind: 'shape', of, with: given } : { kind: 'shape', of }
}

function genericType(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const name = node.child('name')
  const [first, second] = typeArguments(node)
  if (!name) return UNKNOWN
  if (LISTS.test(name.text)) return { kind: 'list', of: inside(file, first, depth) }
  if (SAME.test(name.text)) return inside(file, first, depth)
  if (name.text === 'Record' && first && second && !literals(file, first))
    return { kind: 'map', of: inside(file, second, depth) }
  const structure = genericStructure(file, node, depth)
  if (structure) return objectOf(structure)
  const schema = inferredFrom(node)
  if (!schema) {
    const given = typeArguments(node).map(it => typeAt(file, it, depth + 1))
    return shapeNamed(file, name, given)
  }
  const named = referenceOf(file, schema)
  return named ? { kind: 'shape', of: named } : (schemaAt(file, schema)?.type ?? UNKNOWN)
}

/** `Partial<User>`, `Omit<User, 'id'>`, `Record<'a' | 'b', number>`; undefined for everything else. */
function genericStructure(file: SourceFile, node: SyntaxNode, depth: number): Structure | undefined {
  const name = node.child('name')?.text ?? ''
  const [first, second] = typeArguments(node)
  if (!first) return undefined
  switch (name) {
    case 'Partial':
      return withOptional(flatAt(file, first, depth), true)
    case 'Required':
      return withOptional(flatAt(file, first, depth), false)
    case 'Pick':
    case 'Omit': {
      const names = second && literals(file, second)
      if (!names) return ANYTHING
      const whole = flatAt(file, first, depth)
      return name === 'Pick' ? picked(whole, names) : omitted(whole, names)
    }
    case 'Record': {
      const names = literals(file, first)
      const type = inside(file, second, depth)
      return names && closed(names.map(it => ({ name: it, isOptional: false, type, at: first })))
    }
    default:
      return SAME.test(name) ? structureAt(file, first, depth + 1) : undefined
  }
}

function literals(file: SourceFile, node: SyntaxNode): string[] | undefined {
  const type = typeAt(file, node)
  return type.kind === 'values' ? type.values.map(String) : undefined
}

/** A part of an intersection, or what an interface extends: by its name where it has one. */
function partAt(file: SourceFile, given: SyntaxNode, depth: number): Structure {
  const it = bare(given)
  const structure = structureAt(file, it, depth + 1)
  if (structure) return structure
  const type = typeAt(file, it, depth + 1)
  return type.kind === 'shape' ? { ...closed([]), bases: [type.of] } : flatAt(file, it, depth)
}

/** An object with all that this file knows of it, bases and all. */
function flatAt(file: SourceFile, given: SyntaxNode, depth: number): Structure {
  const it = bare(given)
  if (depth > DEPTH) return ANYTHING
  const schema = it.type === 'generic_type' ? inferredFrom(it) : undefined
  if (schema) return flattened(file, schemaAt(file, schema)?.structure ?? ANYTHING, depth)
  const structure =
    structureAt(file, it, depth + 1) ??
    structuresOf(file, localDeclarations(file, it.child('name') ?? it), depth)
  return flattened(file, structure, depth)
}

function flattened(file: SourceFile, structure: Structure, depth: number): Structure {
  if (structure.bases.length === 0) return structure
  const bases = structure.bases.map(({ module, names }) => {
    const [name] = names
    if (module !== '' || names.length !== 1 || !name || depth > DEPTH) return ANYTHING
    const schema = file.root.named(name).next().value
    const declared = declarationsNamed(file, name)
    if (declared.length > 0) return flattened(file, structuresOf(file, declared, depth + 1), depth + 1)
    return (schema && schemaAt(file, schema)?.structure) ?? ANYTHING
  })
  return merged([...bases, { ...structure, bases: [] }])
}

function structuresOf(file: SourceFile, declared: readonly SyntaxNode[], depth: number): Structure {
  if (declared.length === 0) return ANYTHING
  const whole = merged(
    declared.map(it => {
      const value = it.kind === 'TypeAlias' ? it.child('value') : undefined
      return (value ? flatAt(file, value, depth + 1) : declaredStructure(file, it, depth + 1)) ?? ANYTHING
    }),
  )
  if (!declared.some(isGeneric)) return whole
  // Its parameters are not those of whoever takes its fields.
  const fields = whole.fields.map(it => ({ ...it, type: withArguments(it.type, undefined, undefined) }))
  return { ...whole, fields }
}

/** `User['name']`, `(typeof ROLES)[number]`, `(typeof Role)[keyof typeof Role]` */
function lookedUp(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const [object, key] = operands(node).map(bare)
  if (!object || !key) return UNKNOWN
  if (object.type === 'type_query') {
    const value = constantAt(file, object)
    const values = value && constantValues(file, value)
    return values ? { kind: 'values', values } : UNKNOWN
  }
  const [name] = literals(file, key) ?? []
  const field = flatAt(file, object, depth).fields.find(it => it.name === name)
  return field && key.type === 'literal_type' ? field.type : UNKNOWN
}

/** `keyof typeof Role`, `keyof User` */
function keysOf(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const of = node.children().at(-1)
  if (!of) return UNKNOWN
  if (bare(of).type === 'type_query') {
    const value = constantAt(file, bare(of))
    const keys = value && constantKeys(value)
    return keys ? { kind: 'values', values: keys } : UNKNOWN
  }
  const { fields, isOpen } = flatAt(file, of, depth)
  return isOpen ? UNKNOWN : { kind: 'values', values: fields.map(it => it.name) }
}

/** `extends Base`, `extends PartialType(Base)` of NestJS. */
function superclassAt(file: SourceFile, above: SyntaxNode, depth: number): Structure {
  const callee = above.kind === 'GenericType' ? (above.child('callee') ?? above.child('name')) : above
  if (callee?.is('Name', 'Member', 'TypeName')) {
    const reference = referenceOf(file, callee)
    return reference ? { ...closed([]), bases: [reference] } : ANYTHING
  }
  if (above.kind !== 'Call') return ANYTHING
  const [first, second] = positional(above)
  const flat = first ? flatAt(file, first, depth) : ANYTHING
  const list = second && file.value(second.kind === 'Cast' ? (second.child('value') ?? second) : second)
  const keys =
    list
      ?.children('element')
      .flatMap(it => file.constant(it)?.value ?? [])
      .map(String) ?? []
  switch (above.child('callee')?.name) {
    case 'PartialType':
      return withOptional(flat, true)
    case 'PickType':
      return picked(flat, keys)
    case 'OmitType':
      return omitted(flat, keys)
    case 'IntersectionType':
      return merged(positional(above).map(it => superclassAt(file, it, depth + 1)))
    default:
      return ANYTHING
  }
}
