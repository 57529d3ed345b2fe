// Callers who hang up: work for them is given up, and what became of their request is told all the same.

import type { FastifyReply } from 'fastify'

/** Nobody is there any more who could be answered. */
export class HungUp extends Error {
  constructor() {
    super('the caller hung up')
    this.name = 'HungUp'
  }
}

/** What stands in logs and counts in the place of a status that nobody was sent. */
export const HUNG_UP_STATUS = 499

/** Fires when the connection is gone before the answer was. Fastify's own signal also fires when a body was read to its end. */
export function hungUp({ raw }: FastifyReply): AbortSignal {
  const abort = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) abort.abort(new HungUp())
  })
  return abort.signal
}

/** Calls back once, when the answer was sent or nobody is left to send it to. Fastify's `onResponse` is silent about the second. */
export function whenOver({ raw }: FastifyReply, tell: (status: number) => void): void {
  raw.once('close', () => tell(raw.writableFinished ? raw.statusCode : HUNG_UP_STATUS))
}
