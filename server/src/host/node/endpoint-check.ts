// Whether somebody answers at an address and accepts a key: for who has just named both.

import { setTimeout as wait } from 'node:timers/promises'
import type { Trouble } from '@codeant/shared/endpoint.ts'
import { type Clock, Connection } from '../../inference/remote/connection.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import type { EndpointOptions } from './endpoint.ts'
import { accountSend } from './endpoint-sends.ts'

export interface Checked {
  /** Undefined: it answers, and accepts the key. */
  readonly trouble: Trouble | undefined
  readonly detail: string
}

/** Whether somebody answers at an address and accepts the key: for who has just named both. Nothing of a project is sent. */
export async function checkEndpoint(
  base: URL,
  key: string | undefined,
  { env, log }: Pick<EndpointOptions, 'env' | 'log'>,
): Promise<Checked> {
  const send = accountSend(base, async () => key, { env, log })
  const connection = new Connection({ base, send, clock: CLOCK, told: () => {} })
  const ask = (path: string) =>
    connection.exchange(
      {
        letter: { method: 'GET', path, purpose: 'check', tokens: 0 },
        read: async ({ status }) => status,
        timeoutMs: CHECK_MS,
        isCheap: true,
      },
      new AbortController().signal,
    )
  try {
    // Who speaks only one of the protocols does not know the other's address.
    await ask('/v2').catch(error => {
      if (error instanceof EndpointError && error.trouble === 'mismatch') return ask('/v1/models')
      throw error
    })
    return { trouble: undefined, detail: '' }
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error
    return { trouble: error.trouble, detail: error.message }
  } finally {
    connection.close()
  }
}

const CHECK_MS = 5_000

/** Whoever asks does nothing else: the program does not end while it waits. */
const CLOCK: Clock = {
  now: () => performance.now(),
  today: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
}
