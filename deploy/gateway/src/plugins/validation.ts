// Schemas are held to strictly: a body is taken as it is or refused, never bent until it fits.

import { Ajv } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'

/** What comes in an address is text, whatever it means; a body says what it means. */
export function validatorCompiler(): FastifySchemaCompiler<unknown> {
  const shared = { useDefaults: true, removeAdditional: false, allErrors: false, strict: false } as const
  const bodies = new Ajv({ ...shared, coerceTypes: false })
  const texts = new Ajv({ ...shared, coerceTypes: 'array' })
  return ({ schema, httpPart }) => (httpPart === 'body' ? bodies : texts).compile(schema as object)
}
