// An example of what a schema takes: the one that it brings, or the plainest value that it allows.

export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly minimum?: number
  readonly minLength?: number
  readonly format?: string
  readonly pattern?: string
  readonly $ref?: string
}

export function exampleOf(schema: JsonSchema): unknown {
  const { examples, const: only, enum: values, anyOf } = schema
  if (examples?.length) return examples[0]
  if (schema.default !== undefined) return schema.default
  if (only !== undefined) return only
  if (values?.length) return values[0]
  if (anyOf?.length) return exampleOf(anyOf[0]!)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, it]) => [name, exampleOf(it)]),
      )
    case 'array':
      return schema.items && (schema.minItems ?? 1) > 0 ? [exampleOf(schema.items)] : []
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return null
  }
}

function textOf({ format, pattern = '', minLength = 0 }: JsonSchema): string {
  if (format === 'date-time') return '2026-11-22T08:00:00.000Z'
  if (format === 'date') return '2026-11-22'
  if (format === 'uri') return 'https://example.com/'
  if (format === 'uuid' || pattern.includes('{8}')) return '3f2b8c1e-5d64-4a7b-9e0f-1c2d3e4f5a6b'
  if (pattern.includes('://')) return 'file:///home/ana/shop/'
  const plain = 'example'
  return plain.length >= minLength ? plain : plain.padEnd(minLength, 'x')
}
