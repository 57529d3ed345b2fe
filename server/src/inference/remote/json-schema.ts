// The part of JSON Schema that our questions use, checked on arrival: engines are asked to keep to it, and not all do.

/** What every engine with structured output understands; nothing beyond it is ever sent. */
export type JsonSchema =
  | { readonly type: 'string'; readonly description?: string; readonly enum?: readonly string[] }
  | { readonly type: 'boolean'; readonly description?: string }
  | { readonly type: 'array'; readonly description?: string; readonly items: JsonSchema }
  | {
      readonly type: 'object'
      readonly properties: Readonly<Record<string, JsonSchema>>
      readonly required: readonly string[]
      readonly additionalProperties: false
    }

/** Where a value differs from its schema and how, for the model that is to say it again; undefined where it does not. */
export function violation(schema: JsonSchema, value: unknown, path = 'the answer'): string | undefined {
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${path} must be true or false`
    case 'string':
      if (typeof value !== 'string') return `${path} must be a string`
      return schema.enum && !schema.enum.includes(value)
        ? `${path} must be one of: ${schema.enum.join(', ')}`
        : undefined
    case 'array': {
      if (!Array.isArray(value)) return `${path} must be a list`
      for (const [i, it] of value.entries()) {
        const inside = violation(schema.items, it, `item ${i + 1} of ${path}`)
        if (inside) return inside
      }
      return undefined
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return `${path} must be an object`
      const own = value as Readonly<Record<string, unknown>>
      for (const name of schema.required)
        if (!Object.hasOwn(own, name)) return `${path} must have the property "${name}"`
      for (const [name, it] of Object.entries(own)) {
        const known = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
        if (!known) return `${path} must not have the property "${name}"`
        const inside = violation(known, it, `"${name}"`)
        if (inside) return inside
      }
      return undefined
    }
  }
}

/**
 * The JSON in an answer: all of it, what stands in a fence, or what stands between the first brace and the last. Undefined
 * where there is none. What a model thinks aloud first is left out.
 */
export function jsonIn(answer: string): unknown {
  const said = answer.replace(/<think>[\s\S]*?<\/think>/g, '').trim()
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(said)?.[1]
  for (const it of [said, fenced, said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)]) {
    if (!it) continue
    try {
      return JSON.parse(it)
    } catch {
      // The next reading may do.
    }
  }
  return undefined
}
