// OpenAI's chat completions, passed on to the engine that writes text, where there is one.

import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { hungUp } from '../hung-up.ts'
import type { Parts } from '../parts.ts'
import { passedOn } from '../plugins/tracing.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, where a route passes it on. */
    bytes: Uint8Array | undefined
  }
}

const Model = Type.Object({
  id: Type.String(),
  object: Type.Literal('model'),
  created: Type.Number(),
  owned_by: Type.String(),
})
/** What every engine understands; what an engine knows beyond passes through. */
const Completion = Type.Object({
  model: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  messages: Type.Array(Type.Object({ role: Type.String() }), { minItems: 1, maxItems: 1000 }),
  stream: Type.Optional(Type.Boolean()),
  temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
  max_tokens: Type.Optional(Type.Integer({ minimum: 1 })),
  seed: Type.Optional(Type.Integer()),
  response_format: Type.Optional(Type.Object({ type: Type.String() })),
})

export function addChatRoutes(app: App, { chat }: Pick<Parts, 'chat'>): void {
  app.decorateRequest('bytes', undefined)

  app.get(
    '/v1/models',
    {
      config: { access: 'chat' },
      schema: {
        tags: ['chat'],
        summary: 'The models that write text',
        response: { 200: Type.Object({ object: Type.Literal('list'), data: Type.Array(Model) }) },
      },
    },
    async (_, reply) => ({
      object: 'list' as const,
      data: chat ? [...(await chat.models(hungUp(reply)))] : [],
    }),
  )

  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
      request.bytes = body
      try {
        done(null, JSON.parse(body.toString('utf8')))
      } catch {
        done(new Refusal('invalid', 'The request is not valid JSON.'))
      }
    })

    scope.post(
      '/v1/chat/completions',
      {
        config: { access: 'chat' },
        schema: {
          tags: ['chat'],
          summary: 'Have a text written, whole or in pieces',
          produces: ['application/json', 'text/event-stream'],
          body: Completion,
        },
      },
      async (request, reply) => {
        if (!chat) throw new Refusal('not-found', 'No engine that writes text is set up here.')
        const answer = await chat.complete(
          {
            tenant: request.caller.tenant,
            body: request.bytes!,
            headers: passedOn(request),
          },
          hungUp(reply),
        )
        const pieces = Readable.from(answer.body, { objectMode: false })
        return reply.code(answer.status).headers(answer.headers).send(pieces)
      },
    )
  })
}
