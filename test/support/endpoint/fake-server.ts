// What the fakes of engines share: a real server on a real port that writes down what it is asked, and can misbehave.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** What happens instead of an answer, to requests for answers only: what they ask before is answered as ever. */
export type Fault =
  /** Nothing comes, ever. */
  | { readonly kind: 'hang' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  /** The right answer, of which only half arrives before the connection breaks. */
  | { readonly kind: 'reset' }
  /** Something else in the place of the right answer. */
  | { readonly kind: 'body'; readonly body: string }

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export class FakeServer {
  readonly received: Received[] = []
  /** Undefined: it behaves. Asked for each request. */
  fault: ((request: Received) => Fault | undefined) | undefined
  /** The key that every request must have; undefined: none is asked for. */
  key: string | undefined
  readonly #answer: (request: Received) => Answer | Promise<Answer>
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #port = 0

  constructor(answer: (request: Received) => Answer | Promise<Answer>) {
    this.#answer = answer
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Requests that wanted an answer of a model. */
  get questions(): readonly Received[] {
    return this.received.filter(it => it.method === 'POST')
  }

  /** The second time on the same port as the first: the engine is back. */
  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#receive(request, response))
    server.on('connection', socket => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject)
      server.listen(this.#port, '127.0.0.1', resolve)
    })
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
    return this
  }

  /** As when the process is killed: connections break. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (!server) return
    const closed = new Promise(resolve => server.close(resolve))
    for (const it of this.#sockets) it.destroy()
    await closed
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    try {
      for await (const it of request) chunks.push(it as Buffer)
    } catch {
      return // the client went away
    }
    const { pathname } = new URL(request.url!, this.url)
    const received = {
      method: request.method!,
      path: pathname,
      headers: request.headers,
      body: Buffer.concat(chunks),
    }
    this.received.push(received)
    if (this.key !== undefined && request.headers.authorization !== `Bearer ${this.key}`)
      return send(response, json(401, { error: 'a key is needed' }))
    const fault = this.fault?.(received)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'status')
      return send(response, {
        status: fault.status,
        headers: { 'content-type': 'application/json', ...fault.headers },
        body: Buffer.from(fault.body ?? '{"error":"on purpose"}'),
      })
    if (fault?.kind === 'body')
      return send(response, {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(fault.body),
      })
    const answer = await this.#answer(received)
    if (fault?.kind !== 'reset') return send(response, answer)
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length })
    response.write(answer.body.subarray(0, answer.body.length >> 1), () => response.socket?.destroy())
  }
}

export function json(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body)
}
