// Logging in without typing a password here: the device flow of OAuth 2.0 (RFC 8628), new tokens for old ones, and the end of it.

import { type Clock, readAll } from './connection.ts'
import type { Reply, Send } from './egress.ts'
import { EndpointError, failureOfConnection, failureOfStatus } from './failure.ts'

/** What a login is made of. */
export interface Grant {
  readonly accessToken: string
  /** So long the access token counts. */
  readonly seconds: number
  /** Is used once: whoever sends it a second time ends the session. */
  readonly refreshToken: string
}

/** What a person needs to let this device in. */
export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  /** Where the code is typed in. */
  readonly page: URL
  /** The same with the code in it already. */
  readonly pageWithCode: URL
  readonly seconds: number
  readonly intervalSeconds: number
}

/** Nobody let this device in. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused'
  readonly reason: 'denied' | 'expired'

  constructor(reason: LoginRefused['reason']) {
    super(reason)
    this.reason = reason
  }
}

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
/** A token endpoint that says nothing for so long will not. */
const MOST_MS = 10_000
const MOST_BYTES = 64 * 1024
/** Where the server names no interval, and what every `slow_down` adds (RFC 8628, 3.2 and 3.5). */
const INTERVAL_SECONDS = 5

/**
 * Undefined: there are no logins at this address; what answers there may be an engine that wants a key. Rejects with `EndpointError`
 * when nobody answers at all.
 */
export async function beginDeviceLogin(
  send: Send,
  base: URL,
  client: string,
  signal: AbortSignal,
): Promise<DeviceCode | undefined> {
  const { status, body } = await post(send, base, '/oauth/device', { client_id: client }, [], signal)
  // Too much to do, or broken: that says nothing about logins.
  if (status === 429 || status >= 500) throw failureOfStatus(status, '', undefined, 0)
  return status >= 200 && status < 300 ? deviceCodeIn(body) : undefined
}

/**
 * Asks as often as the server wants until a person decided. Rejects with `LoginRefused` or the signal's reason; that nobody answers
 * for a while is waited out.
 */
export async function awaitGrant(
  send: Send,
  base: URL,
  { deviceCode, seconds, intervalSeconds }: DeviceCode,
  { now, sleep }: Pick<Clock, 'now' | 'sleep'>,
  signal: AbortSignal,
): Promise<Grant> {
  const until = now() + seconds * 1000
  let interval = intervalSeconds
  for (;;) {
    await sleep(interval * 1000, signal)
    if (now() > until) throw new LoginRefused('expired')
    const fields = { grant_type: DEVICE_GRANT, device_code: deviceCode }
    const answer = await post(send, base, '/oauth/token', fields, [deviceCode], signal).catch(error => {
      if (error instanceof EndpointError) return undefined
      throw error
    })
    const grant = answer && answer.status === 200 ? grantIn(answer.body) : undefined
    if (grant) return grant
    switch (answer && textIn(answer.body, 'error')) {
      case 'access_denied':
        throw new LoginRefused('denied')
      case 'expired_token':
      case 'invalid_grant':
        throw new LoginRefused('expired')
      case 'authorization_pending':
        break
      // It says that it is asked too often, or it cannot answer: less often, then.
      default:
        interval += INTERVAL_SECONDS
    }
  }
}

/** Undefined: the login is over. Rejects with `EndpointError` where it could not be found out; the token may be used up then. */
export async function refreshGrant(
  send: Send,
  base: URL,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Grant | undefined> {
  const fields = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { status, body } = await post(send, base, '/oauth/token', fields, [refreshToken], signal)
  if (status === 400 && textIn(body, 'error') === 'invalid_grant') return undefined
  if (status !== 200) throw failureOfStatus(status, textIn(body, 'error') ?? '', undefined, 0)
  const grant = grantIn(body)
  if (!grant) throw new EndpointError('garbled', 'the answer is no grant')
  return grant
}

/** Ends the session of a token. Rejects with `EndpointError` when nobody heard it. */
export async function revokeGrant(send: Send, base: URL, token: string, signal: AbortSignal): Promise<void> {
  const { status } = await post(send, base, '/oauth/revoke', { token }, [token], signal)
  if (status !== 200) throw failureOfStatus(status, '', undefined, 0)
}

interface Answer {
  readonly status: number
  /** Undefined: no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

async function post(
  send: Send,
  base: URL,
  path: string,
  fields: Readonly<Record<string, string>>,
  credentials: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/$/, '')}${path}`
  const late = AbortSignal.timeout(MOST_MS)
  try {
    const reply = await send(
      {
        method: 'POST',
        url,
        purpose: 'account',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams(fields).toString(),
        credentials,
        tokens: 0,
      },
      AbortSignal.any([signal, late]),
    )
    if (reply.status >= 300 && reply.status < 400) throw failureOfStatus(reply.status, '', undefined, 0)
    return { status: reply.status, body: await objectIn(reply) }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (late.aborted) throw new EndpointError('slow', 'the endpoint took too long')
    throw error instanceof EndpointError ? error : failureOfConnection(error)
  }
}

async function objectIn(reply: Reply): Promise<Answer['body']> {
  const bytes = await readAll(reply.body, MOST_BYTES)
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function deviceCodeIn(body: Answer['body']): DeviceCode | undefined {
  const deviceCode = textIn(body, 'device_code')
  const userCode = textIn(body, 'user_code')
  const page = pageIn(body, 'verification_uri')
  if (!deviceCode || !userCode || !page) return undefined
  return {
    deviceCode,
    userCode,
    page,
    pageWithCode: pageIn(body, 'verification_uri_complete') ?? page,
    seconds: numberIn(body, 'expires_in') ?? 600,
    intervalSeconds: numberIn(body, 'interval') ?? INTERVAL_SECONDS,
  }
}

function grantIn(body: Answer['body']): Grant | undefined {
  const accessToken = textIn(body, 'access_token')
  const refreshToken = textIn(body, 'refresh_token')
  const seconds = numberIn(body, 'expires_in')
  return accessToken && refreshToken && seconds ? { accessToken, refreshToken, seconds } : undefined
}

/** Visible ASCII only: it is shown in terminals and sent in headers. */
function textIn(body: Answer['body'], name: string): string | undefined {
  const value = body?.[name]
  return typeof value === 'string' && /^[\x21-\x7e]{1,8192}$/.test(value) ? value : undefined
}

function numberIn(body: Answer['body'], name: string): number | undefined {
  const value = body?.[name]
  return typeof value === 'number' && value > 0 && value < 1e9 ? value : undefined
}

/** A page of the web: nothing else is ever given to a browser. */
function pageIn(body: Answer['body'], name: string): URL | undefined {
  const text = textIn(body, name)
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}
