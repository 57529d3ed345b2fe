// One GraphQL request: read, held to its limits, checked against the schema, answered. graphql-js itself is all that is needed for a
// POST route; servers around it bring websockets, pages and caches that would be an attack surface and nothing else here.

import {
  type ExecutionResult,
  execute,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { Refusal } from '../errors.ts'
import { MOST_TOKENS, refuseTooLarge } from './limits.ts'
import { SCHEMA } from './schema.ts'

export interface GraphQlRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

export interface GraphQlAnswer {
  readonly status: 200 | 400
  readonly body: object
}

/** `broken` is told of what nobody expected; a caller sees only that something broke. */
export async function answerGraphQl(
  { query, variables = {}, operationName }: GraphQlRequest,
  root: object,
  allowsIntrospection: boolean,
  broken: (error: Error) => void,
): Promise<GraphQlAnswer> {
  try {
    const document = parse(query, { maxTokens: MOST_TOKENS, noLocation: false })
    refuseTooLarge(document, variables)
    const rules = allowsIntrospection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
    const problems = validate(SCHEMA, document, rules, { maxErrors: 10 })
    if (problems.length > 0) return { status: 400, body: { errors: problems.map(it => it.toJSON()) } }
    const result = await execute({
      schema: SCHEMA,
      document,
      rootValue: root,
      variableValues: variables,
      ...(operationName !== undefined && { operationName }),
    })
    return { status: 200, body: shown(result as ExecutionResult, broken) }
  } catch (error) {
    if (error instanceof GraphQLError) return { status: 400, body: { errors: [error.toJSON()] } }
    throw error
  }
}

function shown({ data, errors }: ExecutionResult, broken: (error: Error) => void): object {
  if (!errors) return { data }
  return { ...(data !== undefined && { data }), errors: errors.map(it => shownError(it, broken)) }
}

function shownError(error: GraphQLError, broken: (error: Error) => void): object {
  const { originalError: cause, message, path, locations } = error
  if (cause instanceof Refusal) return { message, path, locations, extensions: { code: cause.code } }
  // Without a cause it is graphql's own: of a variable, say.
  if (!cause || cause instanceof GraphQLError) return { ...error.toJSON() }
  broken(cause)
  const { code, message: text } = new Refusal('internal')
  return { message: text, path, locations, extensions: { code } }
}
