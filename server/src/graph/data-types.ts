// What may be said of types of data without looking anything up.

import type { DataType, Field } from './rows/shapes.ts'

/** One type for what is one of several: of objects, what not all have may be missing. Undefined when that says nothing. */
export function together(all: readonly DataType[]): DataType | undefined {
  const [first, ...more] = all
  if (!first) return undefined
  if (more.every(it => sameType(it, first))) return first
  const objects = all.filter(it => it.kind === 'object')
  if (objects.length !== all.length) return undefined
  const fields = new Map<string, Field>()
  for (const it of objects)
    for (const field of it.fields) if (!fields.has(field.name)) fields.set(field.name, field)
  return {
    kind: 'object',
    isOpen: objects.some(it => it.isOpen),
    fields: [...fields.values()].map(field => {
      const own = objects.flatMap(it => it.fields.filter(one => one.name === field.name))
      const isSame = own.every(it => sameType(it.type, field.type))
      const isOptional = own.length < objects.length || own.some(it => it.isOptional)
      return { name: field.name, isOptional, type: isSame ? field.type : { kind: 'unknown' } }
    }),
  }
}

export function sameType(a: DataType, b: DataType): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
