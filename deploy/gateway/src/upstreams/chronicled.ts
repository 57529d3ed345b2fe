// Engines of which it is written down how they do: which weights answered, how long that took, what memory spared, what went wrong.

import { performance } from 'node:perf_hooks'
import { Refusal } from '../errors.ts'
import type { Chronicle } from '../models/chronicle.ts'
import { andThen } from '../soon.ts'
import { TokenReader } from './tokens.ts'
import type { ChatUpstream, EncoderUpstream, InferQuestion, RecalledAnswer } from './upstream.ts'

/** Weights are exchanged rarely: what was answered in such a moment may be counted to the ones before. */
const BELIEVED_MS = 30_000
const ASK_MS = 5000
const MOST_MODELS = 1000
const MOST_NAME = 200

export function chronicledEncoders(inner: EncoderUpstream, chronicle: Chronicle): EncoderUpstream {
  const engine = inner.name
  const known = new Map<string, Known>()

  const weightsOf = ({ model, version }: InferQuestion): Known => {
    const name = version === undefined ? model : `${model}/${version}`
    const before = known.get(name)
    const now = performance.now()
    if (before && now - before.at < BELIEVED_MS) return before
    if (known.size >= MOST_MODELS) known.clear()
    const asked: Known = {
      at: now,
      asking: inner.metadata(model, version, AbortSignal.timeout(ASK_MS)).then(
        it => {
          asked.weights = it.parameters?.sha256 ?? ''
          asked.asking = undefined
        },
        () => {
          asked.asking = undefined
        },
      ),
      weights: undefined,
    }
    known.set(name, asked)
    return asked
  }

  /** Nobody waits for it. A model that is not there has no history. */
  const note = (call: InferQuestion, answer: RecalledAnswer | undefined, ms: number): void => {
    const { weights, asking } = weightsOf(call)
    if (asking) void asking.then(() => note(call, answer, ms))
    else if (weights !== undefined) add(call, answer, ms, weights)
  }

  const add = (
    call: InferQuestion,
    answer: RecalledAnswer | undefined,
    ms: number,
    weights: string,
  ): void => {
    const outcome = answer === undefined ? 'failed' : isCached(answer) ? 'cached' : 'answered'
    chronicle.add({
      tenant: call.tenant,
      model: call.model,
      engine,
      weights,
      ms,
      outcome,
      rows: answer?.rows,
    })
  }

  return {
    ...inner,

    ...(inner.recall && {
      recall: asked =>
        andThen(inner.recall!(asked), found => {
          if (found) note(asked, found, 0)
          return found
        }),
    }),

    async infer(call, signal) {
      const began = performance.now()
      try {
        const answer = await inner.infer(call, signal)
        note(call, answer, performance.now() - began)
        return answer
      } catch (error) {
        if (isOfTheEngine(error)) note(call, undefined, 0)
        throw error
      }
    },
  }
}

function isCached({ headers }: RecalledAnswer): boolean {
  return headers['x-codeant-cache'] === 'hit'
}

/** Of a model: `weights` are undefined where there is no such model, or nobody knows. */
interface Known {
  readonly at: number
  weights: string | undefined
  asking: Promise<void> | undefined
}

export function chronicledChat(inner: ChatUpstream, chronicle: Chronicle): ChatUpstream {
  const engine = inner.name
  return {
    ...inner,

    async complete(call, signal) {
      const { tenant } = call
      const model = modelIn(call.body)
      const began = performance.now()
      const note = (outcome: 'answered' | 'failed', reader?: TokenReader): void => {
        const { prompt = 0, completion = 0 } = reader?.tokens ?? {}
        const ms = performance.now() - began
        const tokens = { promptTokens: prompt, completionTokens: completion }
        chronicle.add({ tenant, model, engine, weights: '', outcome, ms, ...tokens })
      }
      try {
        const answer = await inner.complete(call, signal)
        return { ...answer, body: read(answer.body, note) }
      } catch (error) {
        if (isOfTheEngine(error)) note('failed')
        throw error
      }
    },
  }

  async function* read(
    body: AsyncIterable<Uint8Array>,
    note: (outcome: 'answered' | 'failed', reader: TokenReader) => void,
  ): AsyncGenerator<Uint8Array> {
    const reader = new TokenReader()
    // Who stops reading in the middle has had an answer, and its tokens cost what they cost.
    let outcome: 'answered' | 'failed' = 'answered'
    try {
      for await (const it of body) {
        reader.read(it)
        yield it
      }
    } catch (error) {
      outcome = 'failed'
      throw error
    } finally {
      note(outcome, reader)
    }
  }
}

/** What a caller did wrong, or a caller who went, says nothing of a model. */
function isOfTheEngine(error: unknown): boolean {
  return error instanceof Refusal && error.status >= 500
}

function modelIn(body: Uint8Array): string {
  try {
    const { model } = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly model?: unknown }
    return String(model).slice(0, MOST_NAME)
  } catch {
    return 'unknown'
  }
}
