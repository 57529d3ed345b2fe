// `/graphql`: the data of REST in one request, for those who like to say what they want of it.

import { Ajv } from 'ajv'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { answerGraphQl } from '../graphql/execute.ts'
import { type GraphQlParts, rootOf } from '../graphql/root.ts'
import { hungUp } from '../hung-up.ts'

const Body = Type.Object(
  {
    query: Type.String({ minLength: 1 }),
    variables: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    operationName: Type.Optional(Type.String()),
  },
  { additionalProperties: false, examples: [{ query: '{ models { name tasks sha256 } }' }] },
)

export function addGraphQlRoutes(app: App, parts: GraphQlParts): void {
  const { config } = parts
  const ajv = new Ajv({ strict: false })

  app.post(
    '/graphql',
    {
      // What changes something refuses for itself in read-only mode.
      config: { access: 'known', changes: false },
      schema: {
        tags: ['graphql'],
        summary: 'Ask for models, jobs and metrics in one request',
        description: 'Each field needs the scope that its data needs over REST.',
        body: Body,
      },
    },
    async (request, reply) => {
      const signal = AbortSignal.any([
        hungUp(reply),
        AbortSignal.timeout(config.inference.timeoutSeconds * 1000),
      ])
      const root = rootOf(parts, {
        caller: request.caller,
        requestId: request.id,
        signal,
        isValid: (input, schema) => ajv.validate(schema, input),
      })
      const { status, body } = await answerGraphQl(request.body, root, config.graphql.introspection, error =>
        request.log.error(
          { err: { name: error.name, message: error.message, stack: error.stack } },
          'failed',
        ),
      )
      return reply.code(status).send(body)
    },
  )
}
