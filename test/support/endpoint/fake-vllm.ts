// A strict fake of vLLM: the chat protocol, of which it takes the portable part and refuses the rest. It may ignore the form
// that it was asked for, not know of forms at all, stall, or stop in the middle.

import { type Answer, FakeServer, json, type Received } from './fake-server.ts'

export interface FakeVllm extends FakeServer {
  /** What the model says to the messages, one answer after another; the last is said again and again. */
  says: readonly string[]
  /** It answers 400 to whoever wants a form. */
  knowsForms: boolean
  /** It answers in one piece, whatever is wanted. */
  streams: boolean
  /** So many of the pieces of an answer are sent; then nothing more comes, and the connection stays open or not. */
  stops: { readonly after: number; readonly isOpen: boolean } | undefined
  finish: string
  /** The questions, as they came. */
  readonly asked: ChatBody[]
}

export interface ChatBody {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
  readonly temperature?: number
  readonly max_tokens?: number
  readonly seed?: number
  readonly stream?: boolean
  readonly response_format?: {
    readonly type: string
    readonly json_schema: { readonly name: string; readonly schema: object; readonly strict?: boolean }
  }
}

const FIELDS = ['model', 'messages', 'temperature', 'max_tokens', 'seed', 'stream', 'response_format']

export function fakeVllm(models: readonly string[] = ['coder']): FakeVllm {
  const asked: ChatBody[] = []
  const server = new FakeServer(request => answer(request)) as FakeVllm
  let said = 0

  function answer(request: Received): Answer {
    const { method, path } = request
    if (path === '/health') return { status: 200, headers: {}, body: Buffer.alloc(0) }
    if (path === '/v1/models' && method === 'GET')
      return json(200, {
        object: 'list',
        data: models.map(id => ({ id, object: 'model', owned_by: 'vllm' })),
      })
    if (path !== '/v1/chat/completions') return json(404, { detail: 'Not Found' })
    if (method !== 'POST') return json(405, { detail: 'Method Not Allowed' })
    const problem = problemOf(request)
    if (problem) return refusal(...problem)
    const body = JSON.parse(request.body.toString('utf8')) as ChatBody
    asked.push(body)
    const text = server.says[Math.min(said++, server.says.length - 1)] ?? ''
    return body.stream && server.streams ? stream(body, text) : whole(body, text)
  }

  function problemOf({ body, headers }: Received): [status: number, message: string] | undefined {
    if (headers['content-type'] !== 'application/json') return [415, 'content type']
    let it: ChatBody
    try {
      it = JSON.parse(body.toString('utf8')) as ChatBody
    } catch {
      return [400, 'no JSON']
    }
    const unknown = Object.keys(it).find(name => !FIELDS.includes(name))
    if (unknown) return [400, `Extra inputs are not permitted: ${unknown}`]
    if (!models.includes(it.model)) return [404, `The model \`${it.model}\` does not exist.`]
    if (!Array.isArray(it.messages) || it.messages.length === 0) return [400, 'messages']
    for (const { role, content } of it.messages)
      if (!['system', 'user', 'assistant'].includes(role) || typeof content !== 'string')
        return [400, `message of ${role}`]
    if (it.messages.slice(1).some(({ role }) => role === 'system'))
      return [400, 'a system message comes first']
    if (!Number.isInteger(it.max_tokens) || it.max_tokens! <= 0) return [400, 'max_tokens']
    const format = it.response_format
    if (!format) return undefined
    if (!server.knowsForms) return [400, 'response_format is not supported']
    if (format.type !== 'json_schema' || !/^[\w-]{1,64}$/.test(format.json_schema.name))
      return [400, 'response_format']
    return undefined
  }

  function stream({ model }: ChatBody, text: string): Answer {
    const pieces = text.match(/[\s\S]{1,16}/g) ?? []
    const chunk = (delta: object, finish: string | null) =>
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    const events = [
      chunk({ role: 'assistant' }, null),
      ...pieces.map(it => chunk({ content: it }, null)),
      chunk({}, server.finish),
      'data: [DONE]\n\n',
    ]
    const { stops } = server
    const body = Buffer.from((stops ? events.slice(0, stops.after) : events).join(''))
    // A length that is never reached keeps the connection waiting for the rest.
    const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
    return {
      status: 200,
      headers: stops?.isOpen ? { ...headers, 'content-length': String(body.length + 1000) } : headers,
      body,
    }
  }

  function whole({ model }: ChatBody, text: string): Answer {
    return json(200, {
      id: 'c',
      object: 'chat.completion',
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: server.finish }],
      usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
    })
  }

  return Object.assign(server, {
    says: ['{}'],
    knowsForms: true,
    streams: true,
    stops: undefined,
    finish: 'stop',
    asked,
  })
}

function refusal(status: number, message: string): Answer {
  return json(status, { error: { message, type: 'BadRequestError', param: null, code: status } })
}
