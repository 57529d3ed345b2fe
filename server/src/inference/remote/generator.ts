// Questions to a model that writes: held to a form by the engine where it can, checked here in any case, asked again once.

import type { EndpointUse } from '@codeant/shared/endpoint.ts'
import { estimatedTokens, type Message, type TextTask } from '../text-task.ts'
import { bodyOf, type Chat, type ChatAnswer } from './chat.ts'
import { EndpointError } from './failure.ts'
import { jsonIn, violation } from './json-schema.ts'

export interface GeneratorOptions {
  readonly chat: Chat
  readonly workspace: string
  readonly timeoutMs: number
  /** The settings' model; empty: the first that there is. */
  readonly model: string
  /** See `EncodersOptions`. `settle` is told what it was in the end. */
  readonly spend: (tokens: number) => void
  readonly permitted: (use: EndpointUse, preview: () => string, signal: AbortSignal) => Promise<void>
  /** Models that do not understand `response_format`, which outlive this. */
  readonly withoutFormat: Set<string>
}

export interface Generated<Output> {
  readonly output: Output
  readonly model: string
}

export interface Generator {
  /** Rejects only with `EndpointError` or the signal's reason. `begun` is told when it was allowed, and the endpoint is asked. */
  run<Input, Output>(
    task: TextTask<Input, Output>,
    input: Input,
    signal: AbortSignal,
    begun?: () => void,
  ): Promise<Generated<Output>>
}

export function remoteGenerator(options: GeneratorOptions): Generator {
  const { chat, workspace, timeoutMs, withoutFormat } = options
  return {
    async run<Input, Output>(
      task: TextTask<Input, Output>,
      input: Input,
      signal: AbortSignal,
      begun: () => void = () => {},
    ) {
      const messages = task.messages(input)
      const mostTokens = task.mostTokens(input)
      const about = { purpose: task.use, workspace, mostTokens }
      const format = { name: task.id.replaceAll('-', '_'), schema: task.schema }
      await options.permitted(
        task.use,
        () => indented(bodyOf({ ...about, model: options.model || '…', messages, format, tokens: 0 })),
        signal,
      )
      begun()
      const model = options.model || (await firstModel(chat, timeoutMs, signal))

      const ask = async (said: readonly Message[]): Promise<ChatAnswer> => {
        const tokens = estimatedTokens(said.map(it => it.content).join('')) + mostTokens
        const question = { ...about, model, tokens, timeoutMs }
        options.spend(tokens)
        if (withoutFormat.has(model))
          return chat.ask({ ...question, messages: withSchema(said, task.schema) }, signal)
        try {
          return await chat.ask({ ...question, messages: said, format }, signal)
        } catch (error) {
          const isForm = error instanceof EndpointError && (error.status === 400 || error.status === 422)
          if (!isForm) throw error
          // It may be the form that it does not know, or the question that it does not like; only the first goes well now.
          const answer = await chat.ask({ ...question, messages: withSchema(said, task.schema) }, signal)
          withoutFormat.add(model)
          return answer
        }
      }

      const first = await ask(messages)
      const wrong = problemOf(task, first.text)
      if (!wrong) return { output: task.read(jsonIn(first.text), input), model: first.model }
      const second = await ask([
        ...messages,
        { role: 'assistant', content: first.text.slice(0, MOST_QUOTED) },
        { role: 'user', content: `That cannot be used: ${wrong}. Answer with the JSON object alone.` },
      ])
      const still = problemOf(task, second.text)
      if (still) throw new EndpointError('garbled', `the model does not keep to the form: ${still}`)
      return { output: task.read(jsonIn(second.text), input), model: second.model }
    },
  }
}

/** Of an answer that cannot be used, more would only cost. */
const MOST_QUOTED = 4000

async function firstModel(chat: Chat, timeoutMs: number, signal: AbortSignal): Promise<string> {
  const [first] = await chat.models(timeoutMs, signal)
  if (first === undefined) throw new EndpointError('mismatch', 'the endpoint lists no model')
  return first
}

function problemOf(task: TextTask<never, unknown>, text: string): string | undefined {
  const json = jsonIn(text)
  return json === undefined ? 'it is no JSON' : violation(task.schema, json)
}

/** For engines that take no form: it is asked for in words. */
function withSchema(messages: readonly Message[], schema: object): readonly Message[] {
  const form = `Answer with one JSON object in a \`\`\`json fence and nothing else. It must match this JSON Schema:\n${JSON.stringify(schema)}`
  const [first, ...rest] = messages
  return first?.role === 'system'
    ? [{ role: 'system', content: `${first.content}\n\n${form}` }, ...rest]
    : [{ role: 'system', content: form }, ...messages]
}

/** The same JSON, so that a person can read it. */
function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}
