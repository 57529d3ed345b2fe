// Server-sent events: the text after each `data:`, as it comes in.

import { EndpointError } from './failure.ts'

/** No engine sends as much in one event. */
const MOST_LINE = 1024 * 1024

/** `idleMs`: so long without a byte, and the stream is taken to have stalled. */
export async function* events(body: AsyncIterable<Uint8Array>, idleMs: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let waiting = ''
  let data: string[] = []
  for await (const chunk of unlessStalled(body, idleMs)) {
    waiting += decoder.decode(chunk, { stream: true })
    if (waiting.length > MOST_LINE) throw new EndpointError('garbled', 'an event has no end')
    const lines = waiting.split(/\r\n|\n|\r(?!$)/)
    waiting = lines.pop()!
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n')
        data = []
      } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
  }
}

/** The same chunks. The first one may take as long as the request; a pause between two of them may not. */
async function* unlessStalled(body: AsyncIterable<Uint8Array>, idleMs: number): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  let isFirst = true
  try {
    for (;;) {
      const next = chunks.next()
      const { done, value } = isFirst ? await next : await inTime(next, idleMs)
      if (done) return
      isFirst = false
      yield value
    }
  } finally {
    // Not awaited: a stream that hangs may hang here, too.
    void chunks.return?.().catch(() => {})
  }
}

async function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new EndpointError('slow', `the answer stalled for ${ms} ms`)), ms)
      }),
    ])
  } finally {
    clearTimeout(timer)
    promise.catch(() => {})
  }
}
