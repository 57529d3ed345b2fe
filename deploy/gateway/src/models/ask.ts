// One question to whichever model it is routed to, over the very protocol that the engine speaks.

import type { Tensors } from '@codeant/server/api/models.ts'
import { QUESTIONS, type Question } from '@codeant/server/api/questions.ts'
import { Refusal } from '../errors.ts'
import type { InferCall } from '../upstreams/upstream.ts'
import { type Engines, knownModels, type Route, routeOf, TEXT_TASK } from './catalogue.ts'

export interface Asked {
  readonly task: string
  readonly input: unknown
  readonly model?: string
  readonly tenant: string
  /** Passed on, so that a request can be followed through. */
  readonly headers: Readonly<Record<string, string>>
}

export interface Answered {
  readonly task: string
  readonly answer: Readonly<Record<string, unknown>>
  readonly route: Route
}

/** `isValid` holds an input to a schema. */
export async function ask(
  { task, input, model, tenant, headers }: Asked,
  engines: Engines,
  isValid: (input: unknown, schema: object) => boolean,
  signal: AbortSignal,
): Promise<Answered> {
  const question = QUESTIONS.find(it => it.id === task)
  const schema = question?.input ?? (task === TEXT_TASK ? TEXT_INPUT : undefined)
  if (!schema) throw new Refusal('invalid', `There is no task "${task}" that is asked here.`)
  if (!isValid(input, schema)) throw new Refusal('invalid', `The input is not what "${task}" takes.`)
  const route = routeOf(task, await knownModels(engines, signal), model)
  if (route.model === null) throw new Refusal('unavailable', `No model that answers "${task}" is here.`)
  const answer = question
    ? await askEncoder(question, input, { model: route.model, tenant, headers }, engines, signal)
    : await askText(input as TextInput, { model: route.model, tenant, headers }, engines, signal)
  return { task, answer, route }
}

export const TEXT_INPUT = {
  type: 'object',
  properties: { prompt: { type: 'string', minLength: 1, maxLength: 100_000 } },
  required: ['prompt'],
  additionalProperties: false,
}

interface TextInput {
  readonly prompt: string
}

type Answer = Answered['answer']
type Addressed = Pick<InferCall, 'model' | 'tenant' | 'headers'>

async function askEncoder(
  question: Question,
  input: unknown,
  addressed: Addressed,
  engines: Engines,
  signal: AbortSignal,
): Promise<Answer> {
  const asking = await question.ask(input)
  if (!asking) throw new Refusal('unprocessable', `"${question.id}" cannot be asked about so much at once.`)
  const outputs: Tensors[] = []
  // One after the other: who asks about many functions is one among others.
  for (const it of asking.rows) outputs.push(await run(it, addressed, engines, signal))
  return asking.answer(outputs) as Answer
}

async function run(
  row: Tensors,
  addressed: Addressed,
  { encoders }: Engines,
  signal: AbortSignal,
): Promise<Tensors> {
  const inputs = Object.entries(row).map(([name, { type, dims, data }]) => ({
    name,
    shape: dims,
    datatype: type === 'int32' ? 'INT32' : 'FP32',
    data: [...data],
  }))
  const body = Buffer.from(JSON.stringify({ inputs }))
  const answer = await encoders.infer({ ...addressed, body, contentType: 'application/json' }, signal)
  return tensorsIn(answer.body)
}

/** What was asked for in JSON comes in JSON. */
function tensorsIn(body: Uint8Array): Tensors {
  try {
    const { outputs } = JSON.parse(Buffer.from(body).toString('utf8')) as {
      readonly outputs: readonly Output[]
    }
    return Object.fromEntries(
      outputs.map(({ name, shape, data }) => [
        name,
        {
          type: 'float32' as const,
          dims: shape,
          data: Float32Array.from(data.flat(Number.POSITIVE_INFINITY)),
        },
      ]),
    )
  } catch (error) {
    throw new Refusal('bad-upstream', undefined, { cause: error })
  }
}

interface Output {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: number[]
}

async function askText(
  { prompt }: TextInput,
  { model, tenant, headers }: Addressed,
  { chat }: Engines,
  signal: AbortSignal,
): Promise<Answer> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: prompt }] })
  const answer = await chat!.complete({ tenant, body: Buffer.from(body), headers }, signal)
  const pieces: Uint8Array[] = []
  for await (const it of answer.body) pieces.push(it)
  try {
    const { choices } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as {
      readonly choices: readonly { readonly message: { readonly content: unknown } }[]
    }
    return { text: String(choices[0]!.message.content) }
  } catch (error) {
    throw new Refusal('bad-upstream', undefined, { cause: error })
  }
}
