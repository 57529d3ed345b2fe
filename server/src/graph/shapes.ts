// What values that cross a border are made of: shapes with names are followed through files, to their bases and to what they
// are another name of.

import type { Names, Table } from './names.ts'
import type { At } from './routes.ts'
import type { DataType, Field, FieldRow, Naming, ShapeRow } from './rows/shapes.ts'
import { Keyed } from './tracked.ts'
import { withArguments } from './type-arguments.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

/** A field with the name it has on the wire. */
export interface ResolvedField extends Field {
  /** Its name in the code; names in its type are those of this file. */
  readonly at: At
  /** The shape that declares it, by its name in that file; undefined for what is written in place. */
  readonly owner?: string
}

export interface Fields {
  /** By the order they are written in, those of bases first; a name stands once. */
  readonly fields: readonly ResolvedField[]
  /** There may be others. */
  readonly isOpen: boolean
  /** Who sends others gets an error. */
  readonly isStrict: boolean
}

/** A type, and the file that its names are looked up from. */
export interface TypeIn {
  readonly type: DataType
  readonly file: string
}

interface Shape {
  readonly file: string
  readonly row: ShapeRow
  /** Which of the file's fields are its own. */
  readonly fields: readonly { readonly row: FieldRow; readonly index: number }[]
}

/** Nobody writes longer chains of bases or of names for names. */
const DEPTH = 12
const UNKNOWN: DataType = { kind: 'unknown' }

export class Shapes {
  readonly #facts: WorkspaceFacts
  readonly #names: Names
  readonly #shapes: Table<Shape>
  readonly #fields: Keyed<Shape, Fields | undefined>

  constructor(facts: WorkspaceFacts, names: Names) {
    this.#facts = facts
    this.#names = names
    this.#shapes = new Keyed(facts.tracker, path => shapesIn(facts, path))
    this.#fields = new Keyed(facts.tracker, shape => this.#gather(shape))
  }

  /**
   * What a type is behind its names. A `shape` in the answer is an object with fields of its own, `unknown` is what nobody can
   * tell; what lists and unions hold is left as it is.
   */
  resolve(type: DataType, file: string): TypeIn {
    let at: TypeIn = { type, file }
    for (let steps = 0; steps < DEPTH; steps++) {
      if (at.type.kind !== 'shape') return at
      const shape = this.#find(at)
      if (!shape) return { type: UNKNOWN, file: at.file }
      if (!shape.row.type) return at
      const from = at.type.from ?? at.file
      const { type: own, isGeneric } = shape.row
      at = { type: isGeneric ? withArguments(own, at.type.with, from) : own, file: shape.file }
    }
    return { type: UNKNOWN, file }
  }

  /** The fields of an object; undefined for what is none, or what nobody can tell. */
  fieldsOf(type: DataType, file: string, at?: At): Fields | undefined {
    const only = withoutNull(this.resolve(type, file))
    const found = only && this.resolve(only.type, only.file)
    if (found?.type.kind === 'object') return written(found.type, at ?? nowhere(found.file))
    const shape = found && this.#find(found)
    const known = shape && this.#fields.get(shape)
    if (!known || !shape.row.isGeneric || found.type.kind !== 'shape') return known
    const { with: given, from = found.file } = found.type
    return {
      ...known,
      fields: known.fields.map(it => ({ ...it, type: withArguments(it.type, given, from) })),
    }
  }

  /** The name and the place of a shape, for those who talk of it. */
  named(type: DataType, file: string): { readonly name: string; readonly at: At } | undefined {
    const shape = this.#find({ type, file })
    if (!shape) return undefined
    const rows = this.#facts.rowsIn(shape.file, 'shape')
    return {
      name: shape.row.name,
      at: placeIn(
        this.#facts,
        shape.file,
        'shape',
        rows.findIndex(it => it.name === shape.row.name),
      ),
    }
  }

  /** A program wrote the shapes of a file. */
  isGenerated(file: string): boolean {
    for (const it of this.#shapes.get(file)?.values() ?? []) return it.row.isGenerated === true
    return false
  }

  #find({ type, file }: TypeIn): Shape | undefined {
    return type.kind === 'shape'
      ? this.#names.find(this.#shapes, type.from ?? file, type.of)?.value
      : undefined
  }

  #gather(shape: Shape): Fields | undefined {
    const line = this.#lineOf(shape)
    const naming = line.shapes.findLast(it => it.row.naming)?.row.naming ?? 'as written'
    // What nobody can see may call fields by other names.
    if (naming === 'unknown' || (line.isOpen && /\.pyi?$/.test(shape.file))) return undefined
    const takesNames = line.shapes.some(it => it.row.takesNamesInCode)
    const fields = new Map<string, ResolvedField>()
    for (const one of line.shapes) {
      const { file } = one
      for (const { row, index } of one.fields) {
        const { shape: _, ...written } = row
        // What bases are given is not kept.
        const isBase = one.row.isGeneric && one !== shape
        const field = isBase ? { ...written, type: withArguments(row.type, undefined, undefined) } : written
        const inCode = field.inCode ?? field.name
        const name = field.inCode === undefined ? called(field.name, naming) : field.name
        const alsoRead = [...(field.alsoRead ?? []), ...(takesNames && name !== inCode ? [inCode] : [])]
        fields.set(inCode, {
          ...{ ...field, name, at: placeIn(this.#facts, file, 'field', index) },
          ...(name === inCode ? {} : { inCode }),
          ...(one.row.name === '' ? {} : { owner: one.row.name }),
          ...(alsoRead.length > 0 ? { alsoRead } : {}),
        })
      }
    }
    const isOpen = line.isOpen || line.shapes.some(it => it.row.isOpen)
    const isStrict = !isOpen && line.shapes.some(it => it.row.isStrict)
    return { fields: [...fields.values()], isOpen, isStrict }
  }

  /** A shape behind those that it is based on; open when one of them is not known. */
  #lineOf(shape: Shape): { readonly shapes: readonly Shape[]; readonly isOpen: boolean } {
    const shapes: Shape[] = []
    const seen = new Set<Shape>()
    let isOpen = false
    const add = (it: Shape, depth: number) => {
      if (seen.has(it)) return
      seen.add(it)
      if (depth > DEPTH) isOpen = true
      // The first base has the last word in Python, and in TypeScript two may not contradict each other.
      else for (const base of it.row.bases.toReversed()) addBase(it.file, { kind: 'shape', of: base }, depth)
      shapes.push(it)
    }
    const addBase = (file: string, type: DataType, depth: number) => {
      const resolved = this.resolve(type, file)
      const base = this.#find(resolved)
      if (base) add(base, depth + 1)
      else if (resolved.type.kind === 'object') add(unnamed(resolved.type, resolved.file), depth + 1)
      else isOpen = true
    }
    add(shape, 0)
    return { shapes, isOpen }
  }
}

function shapesIn(facts: WorkspaceFacts, file: string): ReadonlyMap<string, Shape> {
  const fields = new Map<string, { row: FieldRow; index: number }[]>()
  for (const [index, row] of facts.rowsIn(file, 'field').entries()) {
    const all = fields.get(row.shape)
    if (all) all.push({ row, index })
    else fields.set(row.shape, [{ row, index }])
  }
  const shapes = new Map<string, Shape>()
  for (const row of facts.rowsIn(file, 'shape'))
    if (!shapes.has(row.name)) shapes.set(row.name, { file, row, fields: fields.get(row.name) ?? [] })
  return shapes
}

/** What a union is when it is not `null`; undefined where there are several such things. */
function withoutNull({ type, file }: TypeIn): TypeIn | undefined {
  if (type.kind !== 'union') return { type, file }
  const others = type.of.filter(it => it.kind !== 'null')
  return others.length === 1 ? { type: others[0]!, file } : undefined
}

function written(type: DataType & { readonly kind: 'object' }, at: At): Fields {
  return { fields: type.fields.map(it => ({ ...it, at })), isOpen: type.isOpen, isStrict: false }
}

/** Fields that are written in place have none of their own: that of what holds them is all there is. */
function nowhere(file: string): At {
  return { file, place: [0, 0] }
}

function unnamed(type: DataType & { readonly kind: 'object' }, file: string): Shape {
  const row: ShapeRow = { name: '', type, bases: [], isOpen: type.isOpen, isStrict: false }
  return { file, row, fields: type.fields.map(it => ({ row: { shape: '', ...it }, index: -1 })) }
}

/** `user_name` as it is called on the wire. */
export function called(name: string, naming: Naming): string {
  const camel = () => name.replace(/(?<=[^_])_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase())
  switch (naming) {
    case 'camel':
      return camel()
    case 'pascal':
      return camel().replace(/^[a-z]/, it => it.toUpperCase())
    case 'kebab':
      return name.replaceAll('_', '-')
    case 'screaming snake':
      return name.toUpperCase()
    default:
      return name
  }
}
