// Every request has a name that its answer, its log line and its trace share; a caller may bring one.

import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a caller brings goes into logs and headers: nothing but what cannot break them. */
const USABLE = /^[A-Za-z0-9._:-]{1,128}$/

export function newRequestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && USABLE.test(given) ? given : randomUUID()
}
