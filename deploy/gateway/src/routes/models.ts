// `models` and `query`: who answers here, and one question to whoever does.

import { Ajv } from 'ajv'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { hungUp } from '../hung-up.ts'
import { allows } from '../identity/scopes.ts'
import { ask } from '../models/ask.ts'
import { knownModels, type Route, routesOf, TEXT_TASK } from '../models/catalogue.ts'
import type { Parts } from '../parts.ts'
import { OWN } from '../plugins/keeping.ts'

const TextOrNull = Type.Union([Type.String(), Type.Null()])
const Model = Type.Object({
  name: Type.String(),
  kind: Type.Unsafe<'encoder' | 'generative'>({ type: 'string', enum: ['encoder', 'generative'] }),
  engine: Type.String({ description: 'Which engine has it.' }),
  sha256: TextOrNull,
  platform: TextOrNull,
  isReady: Type.Boolean(),
  tasks: Type.Array(Type.String()),
  purpose: TextOrNull,
})
const RouteBody = Type.Object({
  task: Type.String(),
  model: TextOrNull,
  engine: TextOrNull,
  sha256: TextOrNull,
  why: Type.Unsafe<Route['why']>({
    type: 'string',
    enum: ['first-choice', 'asked-for', 'first-is-not-ready', 'nobody-can'],
  }),
  alternatives: Type.Array(Type.String(), { description: 'Who else could have answered.' }),
})
const Query = Type.Object(
  {
    task: Type.String({ minLength: 1, maxLength: 100 }),
    input: Type.Unknown({ description: 'What the task takes.' }),
    model: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'Instead of the first choice.' }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        task: 'is-secret',
        input: {
          name: 'api_key',
          value: 'sk_test_4eC39HqLyjWDarjtT1',
          context: { before: 'api_key = "', after: '"' },
        },
      },
      {
        task: 'find-bug',
        input: { language: 'python', code: 'def area(width, height):\n    return width * width\n' },
      },
    ],
  },
)

export function addModelRoutes(app: App, parts: Pick<Parts, 'encoders' | 'chat' | 'config'>): void {
  const tags = ['models']
  const ajv = new Ajv({ strict: false })
  const isValid = (input: unknown, schema: object) => ajv.validate(schema, input)

  app.get(
    '/api/v1/models',
    {
      config: { access: 'infer', compressible: true, keeping: OWN },
      schema: {
        tags,
        summary: 'Which models are here, what they are for, and which one a task goes to',
        response: { 200: Type.Object({ models: Type.Array(Model), routes: Type.Array(RouteBody) }) },
      },
    },
    async (_, reply) => {
      const models = await knownModels(parts, hungUp(reply))
      return {
        models: models.map(it => ({ ...it, tasks: [...it.tasks] })),
        routes: routesOf(models).map(shownRoute),
      }
    },
  )

  app.post(
    '/api/v1/query',
    {
      config: { access: 'infer' },
      schema: {
        tags,
        summary: 'One question to the model that answers such questions, and which one that was',
        description:
          'A task takes what it is about: `is-secret` a text with its name, `rank-finding` a finding, `find-bug` code, of whose' +
          ` functions it says what is suspected where and what belongs there. "${TEXT_TASK}" needs the scope \`chat\` too.`,
        body: Query,
        response: {
          200: Type.Object({
            task: Type.String(),
            answer: Type.Record(Type.String(), Type.Unknown()),
            route: RouteBody,
          }),
        },
      },
    },
    async (request, reply) => {
      if (request.body.task === TEXT_TASK && !allows(request.caller.scopes, 'chat'))
        throw new Refusal('forbidden', 'This key lacks the scope "chat".')
      const signal = AbortSignal.any([
        hungUp(reply),
        AbortSignal.timeout(parts.config.inference.timeoutSeconds * 1000),
      ])
      const answered = await ask(
        { ...request.body, tenant: request.caller.tenant, headers: { 'x-request-id': request.id } },
        parts,
        isValid,
        signal,
      )
      return { ...answered, route: shownRoute(answered.route) }
    },
  )
}

/** Fastify's types want lists that could be changed. */
export function shownRoute(route: Route) {
  return { ...route, alternatives: [...route.alternatives] }
}
