// The Open Inference Protocol v2, passed on to whichever engine this gateway stands before.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { hungUp } from '../hung-up.ts'
import { HEADER_LENGTH } from '../oip/message.ts'
import type { Parts } from '../parts.ts'
import { passedOn } from '../plugins/tracing.ts'
import { atEndOfTurn } from '../turn.ts'
import type { InferQuestion, RecalledAnswer } from '../upstreams/upstream.ts'

const Name = Type.String({ pattern: '^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,127}$' })
const Model = Type.Object({ model: Name, version: Type.Optional(Name) })
const Failure = Type.Object({ error: Type.String() })
const TensorMetadata = Type.Object({
  name: Type.String(),
  datatype: Type.String(),
  shape: Type.Array(Type.Integer()),
})
const ServerMetadata = Type.Object({
  name: Type.String(),
  version: Type.String(),
  extensions: Type.Array(Type.String()),
})
const ModelMetadata = Type.Object({
  name: Type.String(),
  versions: Type.Optional(Type.Array(Type.String())),
  platform: Type.String(),
  inputs: Type.Array(TensorMetadata),
  outputs: Type.Array(TensorMetadata),
  parameters: Type.Optional(Type.Record(Type.String(), Type.String())),
})

/** An answer that was there when it was asked for, and who asked. */
interface Recalled {
  readonly reply: FastifyReply
  readonly known: RecalledAnswer
}

type OipParts = Pick<Parts, 'encoders' | 'readiness' | 'config'>

export function addOipRoutes(app: App, { encoders, readiness, config }: OipParts): void {
  const tags = ['inference']
  const recalled = atEndOfTurn<Recalled>(all => {
    for (const { reply, known } of all)
      try {
        give(reply, known)
      } catch (error) {
        // One answer that can't be sent must not cost the others theirs.
        reply.log.error({ err: error }, 'an answer out of the cache could not be sent')
        reply.raw.destroy()
      }
  })

  app.get(
    '/v2/health/live',
    { config: { access: 'open', isProbe: true }, schema: { tags, summary: 'Whether the process turns' } },
    async () => ({ live: true }),
  )

  app.get(
    '/v2/health/ready',
    { config: { access: 'open', isProbe: true }, schema: { tags, summary: 'Whether the engine answers' } },
    async (_, reply) => {
      const isReady = !readiness.isDraining && (await encoders.isReady(hungUp(reply)))
      return reply.code(isReady ? 200 : 503).send({ ready: isReady })
    },
  )

  app.get(
    '/v2',
    {
      config: { access: 'infer' },
      schema: { tags, summary: 'The engine and its extensions', response: { 200: ServerMetadata } },
    },
    async (_, reply) => mutable(await encoders.server(hungUp(reply))),
  )

  app.get(
    '/v2/models',
    {
      config: { access: 'infer' },
      schema: {
        tags,
        summary: 'The names of the models',
        response: { 200: Type.Object({ models: Type.Array(Type.String()) }) },
      },
    },
    async (_, reply) => ({ models: [...(await encoders.models(hungUp(reply)))] }),
  )

  for (const path of ['/v2/models/:model', '/v2/models/:model/versions/:version']) {
    app.get(
      path,
      {
        config: { access: 'infer' },
        schema: {
          tags,
          summary: 'What a model takes and gives',
          params: Model,
          response: { 200: ModelMetadata, 404: Failure },
        },
      },
      async (request, reply) => {
        const { model, version } = request.params
        return mutable(await encoders.metadata(model, version, hungUp(reply)))
      },
    )

    app.get(
      `${path}/ready`,
      { config: { access: 'infer' }, schema: { tags, summary: 'Whether a model answers', params: Model } },
      async (request, reply) => {
        const { model, version } = request.params
        const ready = await encoders.isModelReady(model, version, hungUp(reply))
        return reply.code(ready ? 200 : 503).send({ name: model, ready })
      },
    )
  }

  // Bodies stay bytes here: tensors are not JSON, and what is passed on is passed on unread.
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    // By name as well: what only the last of them takes is looked for anew with each request.
    for (const type of ['application/json', 'application/octet-stream', '*'])
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_, body, done) => done(null, body))

    for (const path of ['/v2/models/:model/infer', '/v2/models/:model/versions/:version/infer'])
      scope.post(
        path,
        {
          config: { access: 'infer', errors: 'oip' },
          schema: {
            tags,
            summary: 'Ask a model, in JSON or with binary tensors',
            params: Model,
            produces: ['application/json', 'application/octet-stream'],
            consumes: ['application/json', 'application/octet-stream'],
          },
        },
        (request, reply) => {
          const question = questionIn(request)
          const known = encoders.recall?.(question)
          // An answer that is there already waits for nothing but the others of its turn, not even for a promise.
          if (known && !(known instanceof Promise)) {
            recalled.add({ reply, known })
            return undefined
          }
          return answer(question, known, request, reply)
        },
      )
  })

  async function answer(
    question: InferQuestion,
    known: Promise<RecalledAnswer | undefined> | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const found = await known
    if (found) return give(reply, found)
    const given = await encoders.infer(
      { ...question, headers: passedOn(request) },
      AbortSignal.any([hungUp(reply), AbortSignal.timeout(config.inference.timeoutSeconds * 1000)]),
    )
    return give(reply.code(given.status), given)
  }

  function give(reply: FastifyReply, { headers, body }: RecalledAnswer): FastifyReply {
    return reply
      .headers(headers)
      .header('x-codeant-engine', encoders.name)
      .send(typeof body === 'string' ? body : bufferOf(body))
  }
}

/** Exactly what was sent. */
function questionIn({ params, body, headers, caller }: FastifyRequest): InferQuestion {
  if (!Buffer.isBuffer(body)) throw new Refusal('invalid', 'the request has no body')
  const { model, version } = params as { model: string; version?: string }
  const headerLength = headers[HEADER_LENGTH]
  return {
    tenant: caller.tenant,
    model,
    version,
    body,
    isFresh: isFresh(headers['cache-control']),
    contentType: headers['content-type'] ?? 'application/json',
    headerLength: typeof headerLength === 'string' ? headerLength : undefined,
  }
}

/** The same bytes, as what Fastify knows how to send. */
function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length)
}

function isFresh(cacheControl: string | undefined): boolean {
  return cacheControl !== undefined && /\bno-(?:cache|store)\b/i.test(cacheControl)
}

/** Fastify's types want lists that could be changed; nobody changes them. */
function mutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>
}

type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T
