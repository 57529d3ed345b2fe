// Batches as a test sends and watches them.

import { json, type TestGateway } from './gateway.ts'

export interface BatchJob {
  readonly id: string
  readonly state: string
  readonly progress: number
  readonly projects: Readonly<Record<string, number>>
  readonly files: number
  readonly findings: number
  readonly problems?: readonly { readonly project: string; readonly message: string }[]
}

export interface SarifReport {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string }
    readonly results: readonly object[]
  }[]
}

export type Asks = Pick<TestGateway, 'fetch'>

export function submit(gateway: Asks, body: object): Promise<Response> {
  return gateway.fetch('/api/v1/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Asks until the job is as is wanted. */
export async function watched(
  gateway: Asks,
  id: string,
  isWanted: (job: BatchJob) => boolean,
): Promise<BatchJob> {
  for (;;) {
    const job = await json<BatchJob>(await gateway.fetch(`/api/v1/batch/${id}`))
    if (isWanted(job)) return job
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

export function ended(gateway: Asks, id: string): Promise<BatchJob> {
  return watched(gateway, id, it => it.state !== 'waiting' && it.state !== 'running')
}
