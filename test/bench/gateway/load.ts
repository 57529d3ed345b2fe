// A client that costs little: prepared bytes on kept connections, so that what is measured is the server and not this.
//
// Our own, and not `autocannon`: that one waits for an answer before it asks again, so that a server that stalls is asked less and
// looks better than it is. Here requests come when they come (an open loop), and wait from then on. Where the most is looked for
// that a server can do, connections ask again at once (a closed loop).

import { connect, type Socket } from 'node:net'

export interface Target {
  readonly port: number
  /** The same each time, or the next one. */
  readonly request: Buffer | (() => Buffer)
}

export interface Measured {
  readonly asked: number
  readonly failed: number
  readonly seconds: number
  /** In milliseconds, sorted, of what was answered with 200. */
  readonly times: readonly number[]
}

/** As much as `clients` connections get answered. */
export async function closedLoop(target: Target, clients: number, seconds: number): Promise<Measured> {
  const pool = await openAll(target.port, clients)
  const times: number[] = []
  let asked = 0
  let failed = 0
  const began = performance.now()
  const end = began + seconds * 1000
  await Promise.all(
    pool.map(async it => {
      while (performance.now() < end) {
        const from = performance.now()
        asked++
        if ((await it.ask(requestOf(target))) === 200) times.push(performance.now() - from)
        else failed++
      }
    }),
  )
  const took = (performance.now() - began) / 1000
  for (const it of pool) it.close()
  return { asked, failed, seconds: took, times: times.sort((a, b) => a - b) }
}

/** `rate` requests a second, evenly, whatever becomes of those before; each counts from when it was due. */
export async function openLoop(
  target: Target,
  clients: number,
  rate: (part: number) => number,
  seconds: number,
): Promise<Measured> {
  const idle = await openAll(target.port, clients)
  const all = [...idle]
  const waiting: number[] = []
  const times: number[] = []
  const running = new Set<Promise<void>>()
  let asked = 0
  let failed = 0

  const serve = async (client: Client): Promise<void> => {
    for (let due = waiting.shift(); due !== undefined; due = waiting.shift()) {
      if ((await client.ask(requestOf(target))) === 200) times.push(performance.now() - due)
      else failed++
    }
    idle.push(client)
  }
  const began = performance.now()
  let next = began
  for (let at = began; at < began + seconds * 1000; at = performance.now()) {
    for (; next <= at; next += 1000 / rate((next - began) / (seconds * 1000))) {
      asked++
      waiting.push(next)
      const client = idle.pop()
      if (!client) continue
      const work = serve(client).finally(() => running.delete(work))
      running.add(work)
    }
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  await Promise.all(running)
  const took = (performance.now() - began) / 1000
  for (const it of all) it.close()
  return { asked, failed, seconds: took, times: times.sort((a, b) => a - b) }
}

/** `count` requests, one after the other. */
export async function oneByOne(target: Target, count: number): Promise<Measured> {
  const [client] = await openAll(target.port, 1)
  const times: number[] = []
  const began = performance.now()
  for (let i = 0; i < count; i++) {
    const from = performance.now()
    if ((await client!.ask(requestOf(target))) === 200) times.push(performance.now() - from)
  }
  client!.close()
  const seconds = (performance.now() - began) / 1000
  return { asked: count, failed: count - times.length, seconds, times: times.sort((a, b) => a - b) }
}

function requestOf({ request }: Target): Buffer {
  return typeof request === 'function' ? request() : request
}

/** Connections that are there and ask nothing; returns those that were opened, and what closes them. */
export async function holdIdle(
  port: number,
  count: number,
): Promise<{ readonly held: () => number; close(): void }> {
  const sockets: Socket[] = []
  let lost = 0
  for (let i = 0; i < count; i += 200)
    await Promise.all(
      Array.from({ length: Math.min(200, count - i) }, async () => {
        const socket = await connected(port).catch(() => undefined)
        if (!socket) return
        socket.on('close', () => lost++).on('error', () => {})
        sockets.push(socket)
      }),
    )
  return {
    held: () => sockets.length - lost,
    close() {
      for (const it of sockets) it.destroy()
    },
  }
}

interface Client {
  /** The status; 0 when the connection broke. */
  ask(request: Buffer): Promise<number>
  close(): void
}

function openAll(port: number, count: number): Promise<Client[]> {
  return Promise.all(Array.from({ length: count }, async () => clientOn(await connected(port))))
}

function clientOn(socket: Socket): Client {
  let received: Buffer = Buffer.alloc(0)
  let answered: ((status: number) => void) | undefined
  const finish = (status: number): void => {
    const tell = answered
    answered = undefined
    tell?.(status)
  }
  socket.on('data', piece => {
    received = received.length === 0 ? (piece as Buffer) : Buffer.concat([received, piece as Buffer])
    const head = received.indexOf('\r\n\r\n')
    if (head < 0) return
    const text = received.toString('latin1', 0, head)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
    if (!(received.length >= head + 4 + length)) return
    received = received.subarray(head + 4 + length)
    finish(Number(text.slice(9, 12)))
  })
  socket.on('error', () => {}).on('close', () => finish(0))
  return {
    ask: request =>
      new Promise(resolve => {
        if (socket.destroyed) return resolve(0)
        answered = resolve
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
