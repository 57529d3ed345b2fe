// Engines that are watched: how often they are asked, how long they take, what goes wrong, how many tokens they say they took.

import { Refusal } from '../errors.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import { TokenReader } from './tokens.ts'
import type { ChatUpstream, EncoderUpstream } from './upstream.ts'

/** A model is named in figures once it answered: names that somebody makes up are all one. */
const MOST_MODELS = 200

export function countedEncoders(inner: EncoderUpstream, metrics: GatewayMetrics): EncoderUpstream {
  const answered = new Set<string>()
  const engine = inner.name
  let inFlight = 0
  metrics.registry.gauge(
    'codeant_inference_in_flight',
    'Questions that an engine for encoders works on.',
    () => [[{ engine }, inFlight]],
  )
  metrics.registry.gauge('codeant_inference_queue_rows', 'Rows that wait for the embedded engine.', () => {
    const load = inner.load?.()
    return load ? [[{ engine }, load.waiting]] : []
  })
  metrics.registry.gauge('codeant_model_memory_bytes', 'What the embedded models take.', () => {
    const load = inner.load?.()
    return load ? [[{ engine }, load.memory]] : []
  })

  return {
    ...inner,
    async infer(call, signal) {
      const own = metrics.tenant(call.tenant)
      const began = performance.now()
      inFlight++
      try {
        const answer = await inner.infer(call, signal)
        if (answered.size < MOST_MODELS) answered.add(call.model)
        const model = nameOf(call.model)
        const seconds = (performance.now() - began) / 1000
        metrics.inferences.add({ engine, model, outcome: 'ok' })
        metrics.inferenceSeconds.observe({ engine, model }, seconds)
        own.inferences.observe({ model }, seconds)
        if (answer.rows !== undefined) {
          metrics.inferenceRows.observe({ model }, answer.rows)
          own.rows.add({}, answer.rows)
        }
        return answer
      } catch (error) {
        const model = nameOf(call.model)
        metrics.inferences.add({ engine, model, outcome: outcomeOf(error) })
        own.inferenceFailures.add({ model })
        throw error
      } finally {
        inFlight--
      }
    },
  }

  function nameOf(model: string): string {
    return answered.has(model) ? model : 'other'
  }
}

export function countedChat(inner: ChatUpstream, metrics: GatewayMetrics): ChatUpstream {
  const engine = inner.name
  return {
    ...inner,
    async complete(call, signal) {
      const began = performance.now()
      const end = (outcome: string) => {
        metrics.completions.add({ engine, outcome })
        metrics.completionSeconds.observe({ engine }, (performance.now() - began) / 1000)
      }
      try {
        const answer = await inner.complete(call, signal)
        return { ...answer, body: watched(answer.body, call.tenant, end) }
      } catch (error) {
        end(outcomeOf(error))
        throw error
      }
    },
  }

  async function* watched(
    body: AsyncIterable<Uint8Array>,
    tenant: string,
    end: (outcome: string) => void,
  ): AsyncGenerator<Uint8Array> {
    const reader = new TokenReader()
    // Who stops reading in the middle ends it without an error and without the end.
    let outcome = 'hung-up'
    try {
      for await (const it of body) {
        reader.read(it)
        yield it
      }
      outcome = 'ok'
    } catch (error) {
      outcome = outcomeOf(error)
      throw error
    } finally {
      end(outcome)
      const { prompt, completion } = reader.tokens
      const own = metrics.tenant(tenant)
      for (const [kind, amount] of [
        ['prompt', prompt],
        ['completion', completion],
      ] as const) {
        metrics.tokens.add({ kind }, amount)
        own.tokens.add({ kind }, amount)
      }
    }
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'upstream-timeout' : 'hung-up'
}
