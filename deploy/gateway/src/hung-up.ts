// Work for somebody who hung up is given up.

import type { FastifyReply } from 'fastify'

/** Fires when the connection is gone before the answer was. Fastify's own signal also fires when a body was read to its end. */
export function hungUp({ raw }: FastifyReply): AbortSignal {
  const abort = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) abort.abort(new HungUp())
  })
  return abort.signal
}

/** Nobody is there any more who could be answered. */
export class HungUp extends Error {
  constructor() {
    super('the caller hung up')
    this.name = 'HungUp'
  }
}
