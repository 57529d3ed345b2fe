// One route as an operation of OpenAPI: what goes in, what comes out, and every way in which it may refuse.

import type { FastifySchema } from 'fastify'
import { ERROR_CODES, Refusal } from '../errors.ts'
import type { DescribedRoute } from '../plugins/described.ts'
import { type ErrorShape, errorBody } from '../plugins/errors.ts'
import { exampleOf, type JsonSchema } from './example.ts'

export function operationOf(route: DescribedRoute): object {
  const { method, url, access, isDeprecated, schema } = route
  const { tags = [], summary, description } = schema
  return {
    operationId: operationId(method, url),
    tags,
    ...(summary && { summary }),
    description: [description, accessText(access)].filter(Boolean).join('\n\n'),
    ...(isDeprecated && { deprecated: true }),
    ...(access === 'open' && { security: [] }),
    parameters: [...parameters('path', schema.params), ...parameters('query', schema.querystring)],
    ...(method !== 'GET' && bodyOf(schema)),
    responses: { ...answersOf(schema), ...refusalsOf(route) },
  }
}

/** The four shapes of refusals, under the names that operations refer to. */
export function errorSchemas(): Readonly<Record<string, object>> {
  const text = { type: 'string' }
  const object = (properties: Record<string, object>) => ({
    type: 'object',
    required: Object.keys(properties),
    properties,
  })
  return {
    'error-api': object({ error: object({ code: { ...text, enum: ERROR_CODES }, message: text }) }),
    'error-oip': object({ error: text }),
    'error-oauth': object({ error: text, error_description: text }),
    'error-openai': object({
      error: object({ message: text, type: text, param: { type: 'null' }, code: text }),
    }),
  }
}

/** `GET /api/v1/keys/:id` → `getApiV1KeysById` */
export function operationId(method: string, url: string): string {
  const words = url.replace(/:(\w+)/g, 'by-$1').split(/[^A-Za-z0-9]+/)
  return (
    method.toLowerCase() +
    words
      .filter(Boolean)
      .map(it => it[0]!.toUpperCase() + it.slice(1))
      .join('')
  )
}

function accessText(access: DescribedRoute['access']): string {
  if (access === 'open') return 'Needs no key.'
  return access === 'known' ? 'Needs any key.' : `Needs the scope \`${access}\`.`
}

function parameters(where: 'path' | 'query', given: unknown): object[] {
  const { properties = {}, required = [] } = (given ?? {}) as JsonSchema
  return Object.entries(properties).flatMap(([name, schema]) => {
    const parameter = {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(schema.description && { description: schema.description }),
      schema,
      example: exampleOf(schema),
    }
    return [parameter]
  })
}

function bodyOf({ body, consumes }: FastifySchema): { readonly requestBody?: object } {
  const byType = contentOf(body)
  for (const it of consumes ?? []) byType[it] ??= { schema: BYTES[it] ?? {} }
  if (Object.keys(byType).length === 0) return {}
  return { requestBody: { required: true, content: byType } }
}

/** Of kinds of bodies that are not held to a schema, what they are all the same. */
const BYTES: Readonly<Record<string, object>> = {
  'application/json': { type: 'object' },
  'multipart/form-data': { type: 'object', additionalProperties: { type: 'string' } },
}

function contentOf(body: unknown): Record<string, { readonly schema: object; readonly example?: unknown }> {
  if (!body) return {}
  const { content } = body as {
    readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>
  }
  const byType = content ?? { 'application/json': { schema: body as JsonSchema } }
  return Object.fromEntries(
    Object.entries(byType).map(([type, { schema }]) => [type, { schema, example: exampleOf(schema) }]),
  )
}

function answersOf({ response, produces }: FastifySchema): Record<string, object> {
  const entries = Object.entries((response ?? {}) as Readonly<Record<string, JsonSchema>>)
  if (entries.length === 0) {
    const types = produces ?? ['application/json']
    return {
      200: { description: 'The answer.', content: Object.fromEntries(types.map(it => [it, {}])) },
    }
  }
  return Object.fromEntries(
    entries
      .filter(([status]) => Number(status) < 400 || Number(status) === 503)
      .map(([status, schema]) => {
        const type = produces?.[0] ?? 'application/json'
        const example = { schema, example: exampleOf(schema) }
        return [
          status,
          {
            description: schema.description ?? DESCRIPTIONS[status] ?? 'The answer.',
            content: { [type]: example },
          },
        ]
      }),
  )
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'The answer.',
  201: 'It was made.',
  204: 'It is done; there is nothing to say.',
  202: 'It was taken on.',
  503: 'Not now.',
}

function refusalsOf({ method, access, errors, schema }: DescribedRoute): Record<string, object> {
  const found: Record<string, object> = {}
  const add = (code: Refusal['code'], when = true) => {
    const refusal = new Refusal(code)
    if (when) found[refusal.status] ??= refusalAnswer(refusal, errors)
  }
  const hasBody = method !== 'GET' && (schema.body !== undefined || schema.consumes !== undefined)
  add('invalid', hasBody || schema.params !== undefined || schema.querystring !== undefined)
  add('unauthenticated', access !== 'open')
  add('forbidden', access !== 'open' && access !== 'known')
  add('not-found', schema.params !== undefined)
  add('too-large', hasBody)
  add('unsupported-media-type', hasBody)
  add('too-many')
  add('internal')
  add('unavailable', !(schema.response as Record<string, unknown> | undefined)?.[503])
  return found
}

function refusalAnswer(refusal: Refusal, shape: ErrorShape): object {
  return {
    description: refusal.message,
    ...(refusal.status === 429 && {
      headers: { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer' } } },
    }),
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/error-${shape}` },
        example: errorBody(shape, refusal),
      },
    },
  }
}
