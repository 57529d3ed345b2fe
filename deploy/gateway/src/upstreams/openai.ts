// An engine that speaks OpenAI's chat completions: vLLM, llama.cpp, Ollama. What is sent passes through, streams as they come.

import { Refusal } from '../errors.ts'
import { type EngineAnswer, EngineClient, type EngineOptions, type Pieces, whole } from './engine-client.ts'
import type { ChatModel, ChatUpstream } from './upstream.ts'

export interface OpenAiOptions extends EngineOptions {
  /** How long nothing may come: before the first byte, and between two of them. */
  readonly patienceMs: number
}

export function openAiUpstream(options: OpenAiOptions): ChatUpstream {
  const engine = new EngineClient(options)
  const { patienceMs } = options

  return {
    name: 'openai',

    isReady: signal => engine.isOk('/models', signal),

    async models(signal) {
      const answer = await engine.about({ method: 'GET', path: '/models' }, signal)
      if (answer.status !== 200) throw new Refusal('bad-upstream')
      return modelsIn(answer.body)
    },

    async complete({ body, headers }, signal) {
      const patience = new Patience(patienceMs, signal)
      try {
        const answer = await engine.begin(
          {
            method: 'POST',
            path: '/chat/completions',
            headers: { ...headers, 'content-type': 'application/json' },
            body,
          },
          patience.signal,
        )
        if (answer.status >= 400) throw await refusalOf(answer)
        const type = answer.header('content-type') ?? 'application/json'
        return { status: answer.status, headers: { 'content-type': type }, body: patience.over(answer.body) }
      } catch (error) {
        patience.end()
        throw error
      }
    },

    close: async () => {},
  }
}

/** Gives up when nothing came for a while, however long all of it takes. */
class Patience {
  readonly #ms: number
  readonly #late = new AbortController()
  readonly signal: AbortSignal
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ms: number, signal: AbortSignal) {
    this.#ms = ms
    this.signal = AbortSignal.any([signal, this.#late.signal])
    this.#begin()
  }

  async *over(body: Pieces): AsyncGenerator<Uint8Array> {
    try {
      for await (const it of body) {
        this.#begin()
        yield it
      }
    } finally {
      this.end()
    }
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #begin(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#late.abort(new DOMException('late', 'TimeoutError')), this.#ms)
    // A connection that is open keeps the process alive; an answer that nobody takes does not.
    this.#timer.unref()
  }
}

function modelsIn(body: Buffer): readonly ChatModel[] {
  try {
    const { data } = JSON.parse(body.toString('utf8')) as {
      readonly data: readonly Partial<ChatModel>[]
    }
    return data.map(({ id, created, owned_by }) => ({
      id: String(id),
      object: 'model',
      created: typeof created === 'number' ? created : 0,
      owned_by: typeof owned_by === 'string' ? owned_by : 'engine',
    }))
  } catch (error) {
    throw new Refusal('bad-upstream', undefined, { cause: error })
  }
}

async function refusalOf(answer: EngineAnswer<Pieces>): Promise<Refusal> {
  const { status } = answer
  const body = await whole(answer.body)
  if (status === 429 || status === 503)
    return new Refusal('overloaded', undefined, { retryAfter: Number(answer.header('retry-after')) || 1 })
  if (status >= 500 || status === 401 || status === 403) return new Refusal('bad-upstream')
  return new Refusal(status === 404 ? 'not-found' : 'invalid', messageIn(body))
}

/** vLLM and llama.cpp: `{error: {message}}`; older ones: `{message}`. */
function messageIn(body: Buffer): string | undefined {
  try {
    const said = JSON.parse(body.toString('utf8')) as {
      readonly error?: { readonly message?: unknown }
      readonly message?: unknown
    }
    const message = said.error?.message ?? said.message
    return typeof message === 'string' ? message.slice(0, 1000) : undefined
  } catch {
    return undefined
  }
}
