// An engine that speaks the Open Inference Protocol v2 itself: Triton, OpenVINO Model Server, KServe. What is sent passes through.

import { Refusal } from '../errors.ts'
import { HEADER_LENGTH, inspectInferRequest } from '../oip/message.ts'
import { type EngineAnswer, EngineClient, type EngineOptions } from './engine-client.ts'
import type { EncoderUpstream, ModelMetadata, ServerMetadata } from './upstream.ts'

export function oipUpstream(options: EngineOptions): EncoderUpstream {
  const engine = new EngineClient(options)

  const get = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const answer = await engine.about({ method: 'GET', path }, signal)
    if (answer.status !== 200) throw refusalOf(answer)
    try {
      return JSON.parse(answer.body.toString('utf8'))
    } catch (error) {
      throw new Refusal('bad-upstream', undefined, { cause: error })
    }
  }

  return {
    name: 'oip',

    async server(signal) {
      const { name, version, extensions } = (await get('/v2', signal)) as Partial<ServerMetadata>
      return { name: String(name), version: String(version), extensions: extensions ?? [] }
    },

    isReady: signal => engine.isOk('/v2/health/ready', signal),
    isModelReady: (model, version, signal) => engine.isOk(`${placeOf(model, version)}/ready`, signal),

    async metadata(model, version, signal) {
      const metadata = (await get(placeOf(model, version), signal)) as ModelMetadata
      if (!Array.isArray(metadata?.inputs) || !Array.isArray(metadata.outputs))
        throw new Refusal('bad-upstream')
      return metadata
    },

    async models(signal) {
      // Triton's extension; who has none lists nothing, and answers by name all the same.
      const answer = await engine.about({ method: 'POST', path: '/v2/repository/index' }, signal)
      return answer.status === 200 ? namesIn(answer.body) : []
    },

    async infer({ model, version, body, contentType, headerLength, headers }, signal) {
      const rows = inspectInferRequest(body, headerLength)
      const answer = await engine.ask(
        {
          method: 'POST',
          path: `${placeOf(model, version)}/infer`,
          headers: {
            ...headers,
            'content-type': contentType,
            ...(headerLength !== undefined && { [HEADER_LENGTH]: headerLength }),
          },
          body,
        },
        signal,
      )
      if (answer.status !== 200) throw refusalOf(answer)
      const length = answer.header(HEADER_LENGTH)
      return {
        status: 200,
        headers: {
          'content-type': answer.header('content-type') ?? 'application/json',
          ...(length !== undefined && { [HEADER_LENGTH]: length }),
        },
        body: answer.body,
        ...(rows !== undefined && { rows }),
      }
    },

    close: async () => {},
  }
}

function placeOf(model: string, version: string | undefined): string {
  const name = encodeURIComponent(model)
  return `/v2/models/${name}${version === undefined ? '' : `/versions/${encodeURIComponent(version)}`}`
}

/** What speaks against the request is told as the engine says it; what broke inside of the engine is not. */
function refusalOf(answer: EngineAnswer): Refusal {
  const { status, body } = answer
  if (status === 404) return new Refusal('not-found', errorIn(body))
  if (status === 429 || status === 503)
    return new Refusal('overloaded', undefined, { retryAfter: retryAfterOf(answer) ?? 1 })
  // The engine refuses the gateway's own key: nothing that a caller could mend.
  if (status === 401 || status === 403) return new Refusal('bad-upstream')
  return status >= 400 && status < 500 ? new Refusal('invalid', errorIn(body)) : new Refusal('bad-upstream')
}

function retryAfterOf({ header }: EngineAnswer): number | undefined {
  const seconds = Number(header('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined
}

function namesIn(body: Buffer): readonly string[] {
  try {
    const list = JSON.parse(body.toString('utf8')) as readonly { readonly name: unknown }[]
    return [...new Set(list.map(it => String(it.name)))]
  } catch (error) {
    throw new Refusal('bad-upstream', undefined, { cause: error })
  }
}

function errorIn(body: Buffer): string | undefined {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { readonly error?: unknown }
    return typeof error === 'string' ? error.slice(0, 1000) : undefined
  } catch {
    return undefined
  }
}
