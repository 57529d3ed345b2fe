// What lies at a path in data: the way from a whole, by names of fields and through lists, to one field and its type.

import type { ResolvedField, Shapes, TypeIn } from './shapes.ts'

/** What lies at a path, as far as anybody knows. */
export function typeAlong(shapes: Shapes, whole: TypeIn, path: readonly string[]): TypeIn | undefined {
  let at: TypeIn | undefined = whole
  for (const name of path) at = at && stepInto(shapes, at, name)?.type
  return at
}

/** The field that a path ends at; undefined where nobody can tell. */
export function fieldAlong(
  shapes: Shapes,
  whole: TypeIn,
  path: readonly string[],
): ResolvedField | undefined {
  const at = typeAlong(shapes, whole, path.slice(0, -1))
  const last = path.at(-1)
  return at && last !== undefined ? stepInto(shapes, at, last)?.field : undefined
}

export function fieldNamed(fields: readonly ResolvedField[], name: string): ResolvedField | undefined {
  return fields.find(it => it.name === name || it.alsoRead?.includes(name))
}

/** What a type is when it is not `null`; undefined when it may be several things. */
export function withoutNull(shapes: Shapes, whole: TypeIn): TypeIn | undefined {
  const found = shapes.resolve(whole.type, whole.file)
  if (found.type.kind !== 'union') return found
  const others = found.type.of.filter(it => it.kind !== 'null')
  return others.length === 1 ? shapes.resolve(others[0]!, found.file) : undefined
}

interface Step {
  readonly type: TypeIn
  /** Undefined for an element. */
  readonly field: ResolvedField | undefined
}

function stepInto(shapes: Shapes, whole: TypeIn, name: string): Step | undefined {
  const only = withoutNull(shapes, whole)
  if (!only) return undefined
  const { type, file } = only
  if (type.kind === 'list' || type.kind === 'map') return { type: { type: type.of, file }, field: undefined }
  const field = fieldNamed(shapes.fieldsOf(type, file)?.fields ?? [], name)
  return field && { type: { type: field.type, file: field.at.file }, field }
}
