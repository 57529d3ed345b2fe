// A client of the OpenAI chat protocol, of the part that every engine understands: models, and one answer to some messages.

import type { Purpose } from '@codeant/shared/endpoint.ts'
import type { Message } from '../text-task.ts'
import { type Connection, readJson } from './connection.ts'
import type { Reply } from './egress.ts'
import { EndpointError } from './failure.ts'
import type { JsonSchema } from './json-schema.ts'
import { events } from './sse.ts'

const MOST_ANSWER_BYTES = 4 * 1024 * 1024
const MOST_LIST_BYTES = 4 * 1024 * 1024
/** Models are loaded and unloaded: which there are is asked again after so long. */
const FRESH_MS = 300_000
/** The shortest silence in the middle of an answer that is taken for a stall. */
const LEAST_IDLE_MS = 300

export interface ChatQuestion {
  readonly model: string
  readonly messages: readonly Message[]
  readonly mostTokens: number
  /** The form of the answer, where the engine is to be held to one. */
  readonly format?: { readonly name: string; readonly schema: JsonSchema }
  readonly purpose: Purpose
  readonly workspace: string
  readonly tokens: number
  readonly timeoutMs: number
}

export interface ChatAnswer {
  readonly text: string
  /** As the engine says; what was asked for where it says nothing. */
  readonly model: string
  /** What was read and written together, where the engine counted it. */
  readonly tokens: number | undefined
}

export class Chat {
  readonly #connection: Connection
  readonly #now: () => number
  #listed: { readonly value: Promise<readonly string[]>; readonly until: number } | undefined

  constructor(connection: Connection, now: () => number) {
    this.#connection = connection
    this.#now = now
  }

  /** Rejects with `EndpointError` or the signal's reason. */
  models(timeoutMs: number, signal: AbortSignal): Promise<readonly string[]> {
    if (this.#listed && this.#now() < this.#listed.until) return this.#listed.value
    const value = this.#connection.exchange(
      {
        letter: { method: 'GET', path: '/v1/models', purpose: 'check', tokens: 0 },
        read: async reply => readList(await readJson(reply, MOST_LIST_BYTES)),
        timeoutMs,
        isCheap: true,
      },
      signal,
    )
    this.#listed = { value, until: this.#now() + FRESH_MS }
    value.catch(() => {
      if (this.#listed?.value === value) this.#listed = undefined
    })
    return value
  }

  /** Never repeated once the engine may have begun: it would be paid for twice. Rejects as `models` does. */
  ask(question: ChatQuestion, signal: AbortSignal): Promise<ChatAnswer> {
    const { purpose, workspace, tokens, timeoutMs } = question
    return this.#connection.exchange(
      {
        letter: {
          ...{ method: 'POST', path: '/v1/chat/completions', purpose, workspace, tokens },
          headers: { 'content-type': 'application/json', accept: 'text/event-stream, application/json' },
          body: bodyOf(question),
        },
        read: async reply => {
          const answer = await readAnswer(reply, question.model, Math.max(LEAST_IDLE_MS, timeoutMs / 3))
          if (answer.tokens !== undefined) reply.account(answer.tokens)
          return answer
        },
        timeoutMs,
        isCheap: false,
      },
      signal,
    )
  }

  forget(): void {
    this.#listed = undefined
  }
}

/** What is sent, to the letter. */
export function bodyOf({ model, messages, mostTokens, format }: Omit<ChatQuestion, 'timeoutMs'>): string {
  return JSON.stringify({
    model,
    messages,
    temperature: 0,
    seed: 0,
    max_tokens: mostTokens,
    stream: true,
    ...(format && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: format.name, schema: format.schema, strict: true },
      },
    }),
  })
}

/** What an engine says of itself and its parts; every field may be missing or something else. */
interface Completion {
  readonly model?: unknown
  readonly error?: unknown
  readonly usage?: { readonly total_tokens?: unknown } | null
  readonly choices?: readonly {
    readonly finish_reason?: unknown
    readonly delta?: Said
    readonly message?: Said
  }[]
}
interface Said {
  readonly content?: unknown
  readonly refusal?: unknown
}

/** As a stream, or in one piece from engines that do not stream. */
async function readAnswer(reply: Reply, asked: string, idleMs: number): Promise<ChatAnswer> {
  const collected = new Collected(asked)
  if (/^application\/json\b/i.test(reply.header('content-type') ?? '')) {
    collected.add((await readJson(reply, MOST_ANSWER_BYTES)) as Completion)
    return collected.answer(true)
  }
  let isDone = false
  for await (const data of events(reply.body, idleMs)) {
    if (data === '[DONE]') {
      isDone = true
      break
    }
    let part: Completion
    try {
      part = JSON.parse(data) as Completion
    } catch {
      throw new EndpointError('garbled', 'a part of the answer is no JSON')
    }
    collected.add(part)
  }
  return collected.answer(isDone)
}

class Collected {
  #text = ''
  #model: string
  #tokens: number | undefined
  #finish: unknown
  #refusal = ''

  constructor(asked: string) {
    this.#model = asked
  }

  add(part: Completion): void {
    if (typeof part !== 'object' || part === null) throw new EndpointError('garbled', 'a part is no object')
    if (part.error !== undefined && part.error !== null)
      throw new EndpointError('failing', `the engine failed: ${JSON.stringify(part.error).slice(0, 300)}`)
    if (typeof part.model === 'string') this.#model = part.model
    if (typeof part.usage?.total_tokens === 'number') this.#tokens = part.usage.total_tokens
    const [choice] = Array.isArray(part.choices) ? part.choices : []
    const said = (choice?.delta ?? choice?.message) as Said | undefined
    if (typeof said?.content === 'string') this.#text += said.content
    if (typeof said?.refusal === 'string') this.#refusal += said.refusal
    if (choice?.finish_reason) this.#finish = choice.finish_reason
    if (this.#text.length > MOST_ANSWER_BYTES) throw new EndpointError('garbled', 'the answer has no end')
  }

  answer(isDone: boolean): ChatAnswer {
    if (this.#refusal)
      throw new EndpointError('rejected', `the model refuses: ${this.#refusal.slice(0, 300)}`)
    if (this.#finish === 'length')
      throw new EndpointError('rejected', 'the answer is longer than was allowed')
    if (this.#finish === 'content_filter') throw new EndpointError('rejected', 'the answer was filtered out')
    if (!isDone && this.#finish === undefined) throw new EndpointError('broken', 'half an answer')
    return { text: this.#text, model: this.#model, tokens: this.#tokens }
  }
}

function readList(json: unknown): readonly string[] {
  const { data } = (json ?? {}) as { data?: unknown }
  if (!Array.isArray(data)) throw new EndpointError('garbled', 'the list of models is none')
  return data.map((it: { id?: unknown }) => it?.id).filter(it => typeof it === 'string')
}
