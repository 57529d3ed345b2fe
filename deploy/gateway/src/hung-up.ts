// Callers who hang up: work for them is given up, and what became of their request is told all the same.

import type { ServerResponse } from 'node:http'
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
export function hungUp(reply: FastifyReply): AbortSignal {
  const abort = new AbortController()
  whenOver(reply, () => {
    if (!reply.raw.writableFinished) abort.abort(new HungUp())
  })
  return abort.signal
}

/** Calls back once, when the answer was sent or nobody is left to send it to. Fastify's `onResponse` is silent about the second. */
export function whenOver({ raw }: FastifyReply, tell: Tell): void {
  const watched: Watched = raw
  if (watched[TOLD]) {
    watched[TOLD].push(tell)
    return
  }
  // One listener, however many want to know: each costs more than a place in a list, and Node warns of many.
  const told = (watched[TOLD] = [tell])
  raw.on('close', () => {
    const status = raw.writableFinished ? raw.statusCode : HUNG_UP_STATUS
    for (const it of told) it(status)
  })
}

type Tell = (status: number) => void

const TOLD = Symbol('told when it is over')

interface Watched extends ServerResponse {
  [TOLD]?: Tell[]
}
