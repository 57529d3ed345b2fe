// An engine whose answers are remembered: the same question of the same tenant to the same weights is answered without it.
//
// Weights are known by their digest. An engine that tells none is asked each time, unless the operator says that its versions
// stand for its weights.

import { hash } from 'node:crypto'
import type { AnswerKey, AnswerStore, KeptAnswer } from '../cache/answer-store.ts'
import { findId, withId, withoutId } from '../cache/message-id.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import { HEADER_LENGTH } from '../oip/message.ts'
import type { EncoderUpstream, InferCall, ModelMetadata, UpstreamAnswer } from './upstream.ts'

export interface CachedOptions {
  readonly store: AnswerStore
  readonly metrics: GatewayMetrics
  /** Whether the versions of a model stand for its weights where it has no digest. */
  readonly versionsAreWeights: boolean
  readonly now: () => number
}

/** Says in the answer where it came from. */
const CACHE = 'x-codeant-cache'
/** For so long after weights were exchanged an answer of the old ones may be given. */
const WEIGHTS_BELIEVED_MS = 5000
const WEIGHTS_MS = 5000
const MOST_MODELS = 1000
/** What is longer is rare, and dear to keep. */
const MOST_BYTES = 1024 * 1024
/** Requests of a sequence mean something by those before them. */
const SEQUENCE = Buffer.from('"sequence_id"')

interface Question {
  readonly key: AnswerKey
  readonly id: string | undefined
}

export function cachedEncoders(inner: EncoderUpstream, options: CachedOptions): EncoderUpstream {
  const { store, metrics, now } = options
  const weights = weightsOf(inner, options)
  metrics.registry.gauge('codeant_cache_bytes', 'What the cache of answers takes.', () => [
    [{}, store.report.bytes],
  ])
  metrics.registry.gauge('codeant_cache_entries', 'Answers in the cache.', () => [[{}, store.report.entries]])
  metrics.registry.gauge(
    'codeant_cache_evictions_total',
    'Answers that made room for others.',
    () => [[{}, store.report.evicted]],
    'counter',
  )

  const count = (result: 'hit' | 'miss' | 'bypass', { tenant }: InferCall): void => {
    metrics.cacheLookups.add({ result })
    metrics.tenant(tenant).cache.add({ result })
  }

  /** What was looked for in vain, so that it is not looked for again: null is what may not be kept. */
  const missed = new WeakMap<InferCall, Question | null>()

  const recall = async (call: InferCall): Promise<UpstreamAnswer | undefined> => {
    const known = await weights(call.model, call.version)
    const question = known === undefined ? undefined : questionOf(call, known)
    const kept = question && !call.isFresh ? await store.get(question.key) : undefined
    if (question && kept) {
      count('hit', call)
      metrics.cacheSavedSeconds.add({}, kept.seconds)
      return answerOf(kept, question.id)
    }
    count(question ? 'miss' : 'bypass', call)
    missed.set(call, question ?? null)
    return undefined
  }

  return {
    ...inner,
    recall,

    async infer(call, signal) {
      const found = missed.has(call) ? undefined : await recall(call)
      if (found) return found
      const question = missed.get(call)
      if (!question) return marked(await inner.infer(call, signal), 'bypass')
      const began = now()
      const answer = await inner.infer(call, signal)
      const toKeep = keptOf(answer, (now() - began) / 1000)
      if (toKeep) await store.put(question.key, toKeep)
      return marked(answer, 'miss')
    },
  }
}

/** The digest of the weights, asked of the engine now and then; undefined: nobody knows. */
function weightsOf(inner: EncoderUpstream, { versionsAreWeights, now }: CachedOptions) {
  const known = new Map<string, { readonly at: number; readonly digest: Promise<string | undefined> }>()

  const ask = async (model: string, version: string | undefined): Promise<string | undefined> => {
    try {
      return digestOf(
        await inner.metadata(model, version, AbortSignal.timeout(WEIGHTS_MS)),
        versionsAreWeights,
      )
    } catch {
      return undefined // what is wrong is told by the question itself
    }
  }

  return (model: string, version: string | undefined): Promise<string | undefined> => {
    const name = `${model}/${version ?? ''}`
    const before = known.get(name)
    if (before && now() - before.at < WEIGHTS_BELIEVED_MS) return before.digest
    if (known.size >= MOST_MODELS) known.clear()
    const digest = ask(model, version)
    known.set(name, { at: now(), digest })
    return digest
  }
}

function digestOf(metadata: ModelMetadata, versionsAreWeights: boolean): string | undefined {
  const { parameters, versions, platform } = metadata
  if (parameters?.sha256) return parameters.sha256
  return versionsAreWeights && versions ? JSON.stringify([platform, versions]) : undefined
}

/** Undefined when the answer to this may not be kept. */
function questionOf(call: InferCall, weights: string): Question | undefined {
  const { tenant, model, version = '', contentType, headerLength } = call
  if (call.body.length > MOST_BYTES) return undefined
  const body = Buffer.from(call.body.buffer, call.body.byteOffset, call.body.length)
  const jsonLength = headerLength === undefined ? body.length : Number(headerLength)
  if (!(jsonLength <= body.length)) return undefined
  const json = body.subarray(0, jsonLength)
  const member = findId(json)
  if (member === null || json.includes(SEQUENCE)) return undefined
  const { from, to, id } = member ?? { from: 0, to: 0, id: undefined }
  // Lengths first, so that no two questions are one text.
  const about = JSON.stringify([tenant, model, version, weights, contentType, jsonLength - (to - from), from])
  // In one piece: a digest that is fed in pieces costs twice as much.
  const whole = Buffer.concat([Buffer.from(about), body.subarray(0, from), body.subarray(to)])
  const digest = hash('sha256', whole, 'base64')
  return { key: { tenant, digest }, id }
}

/** Undefined when it cannot be given again. */
function keptOf({ status, headers, body, rows }: UpstreamAnswer, seconds: number): KeptAnswer | undefined {
  if (status !== 200 || body.length > MOST_BYTES) return undefined
  const bytes = Buffer.from(body)
  const length = headers[HEADER_LENGTH]
  const end = length === undefined ? bytes.length : Number(length)
  if (!(end <= bytes.length)) return undefined
  const json = bytes.subarray(0, end)
  const member = findId(json)
  if (member === null) return undefined
  const own = member ? withoutId(json, member) : json
  if (!/^\{\s*"/.test(own.toString('latin1', 0, 16))) return undefined
  return {
    json: own,
    ...(length !== undefined && { tail: bytes.subarray(end) }),
    contentType: headers['content-type'] ?? 'application/json',
    ...(rows !== undefined && { rows }),
    seconds,
  }
}

function answerOf({ json, tail, contentType, rows }: KeptAnswer, id: string | undefined): UpstreamAnswer {
  const own = id === undefined ? json : withId(json, id)
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      ...(tail && { [HEADER_LENGTH]: String(own.length) }),
      [CACHE]: 'hit',
    },
    body: tail ? Buffer.concat([own, tail]) : own,
    ...(rows !== undefined && { rows }),
  }
}

function marked(answer: UpstreamAnswer, from: 'miss' | 'bypass'): UpstreamAnswer {
  return { ...answer, headers: { ...answer.headers, [CACHE]: from } }
}
