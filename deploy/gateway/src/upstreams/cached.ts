// An engine whose answers are remembered: the same question of the same tenant to the same weights is answered without it.
//
// Weights are known by their digest. An engine that tells none is asked each time, unless the operator says that its versions
// stand for its weights.

import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { AnswerKey, AnswerStore, KeptAnswer } from '../cache/answer-store.ts'
import { findId, withId, withoutId } from '../cache/message-id.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import { HEADER_LENGTH } from '../oip/message.ts'
import { andThen, type Soon } from '../soon.ts'
import type {
  EncoderUpstream,
  InferQuestion,
  ModelMetadata,
  RecalledAnswer,
  UpstreamAnswer,
} from './upstream.ts'

export interface CachedOptions {
  readonly store: AnswerStore
  readonly metrics: GatewayMetrics
  /** Whether the versions of a model stand for its weights where it has no digest. */
  readonly versionsAreWeights: boolean
  readonly now: () => number
}

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

  const count = (result: 'hit' | 'miss' | 'bypass', { tenant }: InferQuestion): void => {
    metrics.cacheLookups.add({ result })
    metrics.tenant(tenant).cache.add({ result })
  }

  /** What was looked for in vain, by its body, so that it is not looked for again: null is what may not be kept. */
  const missed = new WeakMap<Uint8Array, Question | null>()

  const recall = (asked: InferQuestion): Soon<RecalledAnswer | undefined> =>
    andThen(weights(asked.model, asked.version), known => {
      const question = known === undefined ? undefined : questionOf(asked, known)
      const kept = question && !asked.isFresh ? store.get(question.key) : undefined
      return andThen(kept, it => {
        if (question && it) {
          count('hit', asked)
          metrics.cacheSavedSeconds.add({}, it.seconds)
          return answerOf(it, question.id)
        }
        count(question ? 'miss' : 'bypass', asked)
        missed.set(asked.body, question ?? null)
        return undefined
      })
    })

  return {
    ...inner,
    recall,

    async infer(call, signal) {
      const found = missed.has(call.body) ? undefined : await recall(call)
      if (found) return asAnswer(found)
      const question = missed.get(call.body)
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
  const known = new Map<string, { readonly at: number; digest: Soon<string | undefined> }>()

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

  return (model: string, version: string | undefined): Soon<string | undefined> => {
    const name = version === undefined ? model : `${model}/${version}`
    const before = known.get(name)
    if (before && now() - before.at < WEIGHTS_BELIEVED_MS) return before.digest
    if (known.size >= MOST_MODELS) known.clear()
    const digest = ask(model, version)
    const entry: { readonly at: number; digest: Soon<string | undefined> } = { at: now(), digest }
    known.set(name, entry)
    // Who comes later need not wait for what is known by then.
    void digest.then(it => {
      entry.digest = it
    })
    return digest
  }
}

function digestOf(metadata: ModelMetadata, versionsAreWeights: boolean): string | undefined {
  const { parameters, versions, platform } = metadata
  if (parameters?.sha256) return parameters.sha256
  return versionsAreWeights && versions ? JSON.stringify([platform, versions]) : undefined
}

/** Undefined when the answer to this may not be kept. */
function questionOf(asked: InferQuestion, weights: string): Question | undefined {
  const { tenant, model, version = '', contentType, headerLength } = asked
  if (asked.body.length > MOST_BYTES) return undefined
  const body = bufferOf(asked.body)
  const jsonLength = headerLength === undefined ? body.length : Number(headerLength)
  if (!(jsonLength <= body.length)) return undefined
  const json = jsonLength === body.length ? body : body.subarray(0, jsonLength)
  const member = findId(json)
  if (member === null || json.includes(SEQUENCE)) return undefined
  const from = member?.from ?? 0
  const to = member?.to ?? 0
  // No two questions are one text: all but the weights have no end of a line in them, and how long those are is said before.
  const place = `${jsonLength - (to - from)}\n${from}\n${weights.length}`
  const about = `${tenant}\n${model}\n${version}\n${contentType}\n${place}\n${weights}`
  if (about.length > MOST_ABOUT / 3) return undefined
  return { key: { tenant, digest: digestOfQuestion(about, body, from, to) }, id: member?.id }
}

/** Bytes of names before a body: more than a head may have. */
const MOST_ABOUT = 64 * 1024
/** Made once: what is put together in it is read before the next is. */
const scratch = Buffer.allocUnsafeSlow(MOST_ABOUT + MOST_BYTES)

/** Of `about`, and the body without what stands between `from` and `to`. In one piece: fed in pieces a digest costs twice as much. */
function digestOfQuestion(about: string, body: Buffer, from: number, to: number): string {
  let end = scratch.write(about)
  end += body.copy(scratch, end, 0, from)
  end += body.copy(scratch, end, to)
  return hash('sha256', scratch.subarray(0, end), 'base64')
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
  if (!isUtf8(own) || !/^\{\s*"/.test(own.toString('latin1', 0, 16))) return undefined
  return {
    json: own.toString('utf8'),
    ...(length !== undefined && { tail: bytes.subarray(end) }),
    contentType: headers['content-type'] ?? 'application/json',
    ...(rows !== undefined && { rows }),
    seconds,
  }
}

function answerOf({ json, tail, contentType, rows }: KeptAnswer, id: string | undefined): RecalledAnswer {
  const own = id === undefined ? json : withId(json, id)
  if (!tail) return { headers: { 'content-type': contentType, 'x-codeant-cache': 'hit' }, body: own, rows }
  const head = Buffer.from(own)
  return {
    headers: { 'content-type': contentType, [HEADER_LENGTH]: String(head.length), 'x-codeant-cache': 'hit' },
    body: Buffer.concat([head, tail]),
    rows,
  }
}

/** For who wants bytes, whoever they are from. */
function asAnswer({ headers, body, rows }: RecalledAnswer): UpstreamAnswer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return { status: 200, headers, body: bytes, ...(rows !== undefined && { rows }) }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

function marked(answer: UpstreamAnswer, from: 'miss' | 'bypass'): UpstreamAnswer {
  return { ...answer, headers: { ...answer.headers, 'x-codeant-cache': from } }
}
