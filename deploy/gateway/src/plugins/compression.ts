// Answers that are smaller on the way, and bodies that come smaller.
//
// A route says of itself that its answers may be compressed. How long an answer is tells something of what is in it, and more so where
// whoever asks decides a part of it (BREACH). So answers that hold a secret (a key, a token, a code) never are, whatever else is in
// them; nor are tensors, which are hardly smaller, and on whose way nobody waits for a compressor.

import { Readable, Transform } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGunzip, createGzip, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest, onRouteHookHandler } from 'fastify'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether answers may be compressed: nothing in them is a secret. */
    compressible?: boolean
  }
}

type Coding = 'br' | 'gzip'

/** What is shorter fits into one packet anyway. */
const LEAST = 1024
/** The eleventh step of Brotli takes a hundred times as long as the fourth, for a tenth less. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
const GZIP = { level: 6 }

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) }

export function addCompression(app: App): void {
  app.addHook('onRoute', route => {
    if (route.config?.compressible) addTo(route, 'onSend', compressAnswer)
    // Engines are sent bodies as they came.
    const { access } = route.config ?? {}
    if (access !== 'infer' && access !== 'chat' && [route.method].flat().some(it => TAKES_BODY.has(it)))
      addTo(route, 'preParsing', inflateBody)
  })
}

/** The best of what we can that the caller takes; undefined: as it is. */
export function codingFor(accepted: string | undefined): Coding | undefined {
  if (!accepted) return undefined
  const wishes = new Map(
    accepted.split(',').map(it => {
      const [name = '', ...parameters] = it.split(';').map(part => part.trim())
      const weight = parameters.find(part => /^q=/i.test(part))?.slice(2)
      return [name.toLowerCase(), weight === undefined ? 1 : Number(weight)] as const
    }),
  )
  const weightOf = (coding: Coding) => wishes.get(coding) ?? wishes.get('*') ?? 0
  const [best] = (['br', 'gzip'] as const)
    .filter(it => weightOf(it) > 0)
    .sort((a, b) => weightOf(b) - weightOf(a))
  return best
}

const TAKES_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

async function compressAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  // Beside what others said that the answer depends on.
  reply.header('vary', [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', '))
  const coding = codingFor(request.headers['accept-encoding'])
  if (!coding || request.method === 'HEAD' || reply.statusCode !== 200 || reply.hasHeader('content-encoding'))
    return payload
  if (payload instanceof Readable) {
    reply.header('content-encoding', coding).removeHeader('content-length')
    const compressor = coding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP)
    payload.once('error', error => compressor.destroy(error))
    compressor.once('close', () => payload.destroy())
    return payload.pipe(compressor)
  }
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
  if (!Buffer.isBuffer(bytes) || bytes.length < LEAST) return payload
  reply.header('content-encoding', coding).removeHeader('content-length')
  return coding === 'br' ? compressors.br(bytes, BROTLI) : compressors.gzip(bytes, GZIP)
}

/** What comes out is held to the limit of the route while it comes: a small file can hold a very large one. */
async function inflateBody(
  request: FastifyRequest,
  _: FastifyReply,
  payload: NodeJS.ReadableStream,
): Promise<NodeJS.ReadableStream> {
  const coding = request.headers['content-encoding']?.toLowerCase()
  if (coding === undefined || coding === 'identity') return payload
  const type = request.headers['content-type'] ?? ''
  if (coding !== 'gzip' && coding !== 'x-gzip')
    throw new Refusal('unsupported-media-type', 'A body may be encoded with gzip, or not at all.')
  if (!/^application\/json\b/i.test(type))
    throw new Refusal('unsupported-media-type', 'Only a body of JSON may be encoded with gzip.')
  const limit = request.routeOptions.bodyLimit
  const inflated = new Inflated(limit)
  const gunzip = createGunzip()
  payload.on('data', (piece: Buffer) => inflated.encoded(piece.length))
  payload.once('error', error => inflated.destroy(error))
  gunzip.once('error', () => inflated.destroy(new Refusal('invalid', 'The body is not gzip.')))
  inflated.once('close', () => {
    payload.unpipe(gunzip)
    // Read to its end, so that the connection can go on.
    payload.resume()
    gunzip.destroy()
  })
  return payload.pipe(gunzip).pipe(inflated)
}

class Inflated extends Transform {
  /** Fastify compares this with what the request says of its length. */
  receivedEncodedLength = 0
  readonly #limit: number
  #length = 0

  constructor(limit: number) {
    super()
    this.#limit = limit
  }

  encoded(length: number): void {
    this.receivedEncodedLength += length
  }

  override _transform(
    piece: Buffer,
    _: BufferEncoding,
    done: (error?: Error | null, piece?: Buffer) => void,
  ): void {
    this.#length += piece.length
    if (this.#length > this.#limit) done(new Refusal('too-large'))
    else done(null, piece)
  }
}

/** A hook of this route only, after those that it has. */
function addTo(
  route: Parameters<onRouteHookHandler>[0],
  name: 'onSend' | 'preParsing',
  hook: typeof compressAnswer | typeof inflateBody,
): void {
  Object.assign(route, { [name]: [...[route[name] ?? []].flat(), hook] })
}
