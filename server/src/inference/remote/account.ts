// What the typed client of the endpoint's own interface sends with: the one function through which anything leaves.

import type { Purpose } from '@codeant/shared/endpoint.ts'
import type { EndpointAccess } from '@codeant/shared/endpoint-client.ts'
import { readAll } from './connection.ts'
import type { Letter, Send } from './egress.ts'
import { EndpointError, failureOfConnection } from './failure.ts'

/** Lists of a team are small. */
const MOST_BYTES = 4 * 1024 * 1024
const MOST_MS = 15_000

export interface RequestsAbout {
  readonly purpose: Purpose
  /** The project's folder; absent where nothing of a project is sent. */
  readonly workspace?: string
  /** They stand in bodies, and are not written down. */
  readonly credentials?: readonly string[]
}

/** Rejects with `EndpointError`. */
export function accountRequests(send: Send, credentials: readonly string[] = []): EndpointAccess['send'] {
  return requestsAbout(send, { purpose: 'account', credentials })
}

/** Rejects with `EndpointError`. */
export function requestsAbout(
  send: Send,
  { purpose, workspace, credentials = [] }: RequestsAbout,
): EndpointAccess['send'] {
  return async (url, { method, headers, body }) => {
    const signal = AbortSignal.timeout(MOST_MS)
    try {
      const reply = await send(
        {
          method: method as Letter['method'],
          url: new URL(url),
          purpose,
          ...(workspace !== undefined && { workspace }),
          headers,
          ...(body !== undefined && { body, credentials }),
          tokens: 0,
        },
        signal,
      )
      const bytes = await readAll(reply.body, MOST_BYTES)
      return {
        ok: reply.status >= 200 && reply.status < 300,
        status: reply.status,
        headers: { get: name => reply.header(name) ?? null },
        text: async () => new TextDecoder().decode(bytes),
      }
    } catch (error) {
      if (signal.aborted) throw new EndpointError('slow', 'the endpoint took too long')
      throw error instanceof EndpointError ? error : failureOfConnection(error)
    }
  }
}
