// What a type or a schema says of an object, and what may be made of it: `Pick`, `.omit()`, `PartialType`.

import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { DataType, Field } from '../../rows/shapes.ts'

export interface Structure {
  readonly fields: readonly FoundField[]
  /** Whose fields it has too. */
  readonly bases: readonly Reference[]
  /** There may be fields that nobody knows. */
  readonly isOpen: boolean
  readonly isStrict: boolean
}

export interface FoundField extends Field {
  /** Its name, where it is written. */
  readonly at: SyntaxNode
}

export const UNKNOWN: DataType = { kind: 'unknown' }
export const STRING: DataType = { kind: 'string' }
export const NUMBER: DataType = { kind: 'number' }
export const INTEGER: DataType = { kind: 'integer' }
export const BOOLEAN: DataType = { kind: 'boolean' }
export const NULL: DataType = { kind: 'null' }

export const ANYTHING: Structure = { fields: [], bases: [], isOpen: true, isStrict: false }

/** An object with these fields and no others. */
export function closed(fields: readonly FoundField[]): Structure {
  return { fields, bases: [], isOpen: false, isStrict: false }
}

/** What comes later has the last word. */
export function merged(parts: readonly Structure[]): Structure {
  const fields = new Map<string, FoundField>()
  for (const part of parts) for (const it of part.fields) fields.set(it.name, it)
  return {
    fields: [...fields.values()],
    bases: parts.flatMap(it => it.bases),
    isOpen: parts.some(it => it.isOpen),
    isStrict: parts.some(it => it.isStrict),
  }
}

export function withOptional(structure: Structure, isOptional: boolean): Structure {
  const { fields } = structure
  return { ...withoutBases(structure), fields: fields.map(it => ({ ...it, isOptional })) }
}

export function picked(structure: Structure, names: readonly string[]): Structure {
  const { fields } = structure
  const found = fields.filter(it => names.includes(it.name) || names.includes(it.inCode ?? it.name))
  // Even of a type that nobody knows whole, no more than these are left.
  return found.length === names.length ? closed(found) : { ...ANYTHING, fields: found }
}

export function omitted(structure: Structure, names: readonly string[]): Structure {
  const { fields } = structure
  return {
    ...withoutBases(structure),
    fields: fields.filter(it => !(names.includes(it.name) || names.includes(it.inCode ?? it.name))),
  }
}

/** Of fields that are known elsewhere nothing can be said once they are changed. */
function withoutBases(structure: Structure): Structure {
  return structure.bases.length === 0 ? structure : { ...structure, bases: [], isOpen: true }
}

/** As a type that is written in place. */
export function objectOf(structure: Structure): DataType {
  const { fields, bases, isOpen } = structure
  const [only] = bases
  if (only && bases.length === 1 && fields.length === 0 && !isOpen) return { kind: 'shape', of: only }
  return { kind: 'object', fields: fields.map(fieldOf), isOpen: isOpen || bases.length > 0 }
}

export function fieldOf({ at: _, ...field }: FoundField): Field {
  return field
}

/** A type that is one of several: values are gathered, and what nobody knows swallows the rest. */
export function unionOf(types: readonly DataType[]): DataType {
  const flat = types.flatMap(it => (it.kind === 'union' ? it.of : [it]))
  if (flat.length === 0 || flat.some(it => it.kind === 'unknown' && it.parameter === undefined))
    return UNKNOWN
  const values = new Set(flat.flatMap(it => (it.kind === 'values' ? it.values : [])))
  const all: DataType[] = values.size > 0 ? [{ kind: 'values', values: [...values] }] : []
  for (const it of flat) {
    if (it.kind === 'values' || all.some(known => JSON.stringify(known) === JSON.stringify(it))) continue
    all.push(it)
  }
  return all.length === 1 ? all[0]! : { kind: 'union', of: all }
}
