// People for tests of the gateway: invited by its first key, come in like anybody.

import { json, type TestGateway } from './gateway.ts'

export interface Grant {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
}

export interface CallOptions {
  readonly token?: string
  readonly body?: object
}

/** With no other credentials than `token`. */
export function call({ url }: TestGateway, method: string, path: string, { token, body }: CallOptions = {}) {
  return fetch(url + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
}

export function form({ url }: TestGateway, path: string, fields: Readonly<Record<string, string>>) {
  return fetch(url + path, { method: 'POST', body: new URLSearchParams(fields) })
}

export async function invite(gateway: TestGateway, email: string, role: string) {
  const { teams } = await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))
  const team = teams[0]!.id
  const answer = await call(gateway, 'POST', `/api/v1/teams/${team}/invitations`, {
    token: gateway.key,
    body: { email, role },
  })
  if (answer.status !== 201) throw new Error(await answer.text())
  return { team, ...(await json<{ code: string; id: string }>(answer)) }
}

/** Somebody new, logged in. */
export async function join(gateway: TestGateway, email: string, role: string): Promise<Grant> {
  const { code } = await invite(gateway, email, role)
  return json(await call(gateway, 'POST', '/api/v1/invitations/accept', { body: { code } }))
}

export function approve(gateway: TestGateway, code: string, token: string, email?: string) {
  const body = email === undefined ? {} : { email }
  return call(gateway, 'POST', `/api/v1/devices/${code}/approval`, { token, body })
}
