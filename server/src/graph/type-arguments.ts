// Shapes that are given types: what `Page<User>` is, when `Page<T>` says what it does with `T`.

import type { DataType } from './rows/shapes.ts'

const UNKNOWN: DataType = { kind: 'unknown' }

/**
 * A type of a generic shape with what that is given for its parameters. Names in what is given are looked up from `from`. What
 * is not given, nobody can tell.
 */
export function withArguments(
  type: DataType,
  given: readonly DataType[] | undefined,
  from: string | undefined,
): DataType {
  const inner = (it: DataType) => withArguments(it, given, from)
  switch (type.kind) {
    case 'unknown': {
      const argument = type.parameter === undefined ? undefined : given?.[type.parameter]
      return argument ? lookedUpFrom(argument, from) : UNKNOWN
    }
    case 'list':
    case 'map':
      return { kind: type.kind, of: inner(type.of) }
    case 'union': {
      const of = type.of.map(inner)
      return of.some(it => it.kind === 'unknown') ? UNKNOWN : { kind: 'union', of }
    }
    case 'object':
      return { ...type, fields: type.fields.map(it => ({ ...it, type: inner(it.type) })) }
    case 'shape':
      return type.with ? { ...type, with: type.with.map(inner) } : type
    default:
      return type
  }
}

function lookedUpFrom(type: DataType, from: string | undefined): DataType {
  const inner = (it: DataType) => lookedUpFrom(it, from)
  if (from === undefined) return type
  switch (type.kind) {
    case 'list':
    case 'map':
      return { kind: type.kind, of: inner(type.of) }
    case 'union':
      return { kind: 'union', of: type.of.map(inner) }
    case 'object':
      return { ...type, fields: type.fields.map(it => ({ ...it, type: inner(it.type) })) }
    case 'shape':
      return { ...type, from: type.from ?? from, ...(type.with && { with: type.with.map(inner) }) }
    default:
      return type
  }
}
