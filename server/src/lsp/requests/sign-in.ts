// Logging in at the endpoint from an editor: the same login as the command line's, in the same private file, for both of them.

import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import {
  ENDPOINT_SIGN_IN_CODE,
  type SignInCode,
  type SignInParams,
  type SignInResult,
  type SignOutResult,
} from '@codeant/shared/endpoint.ts'
import { endpointClient } from '@codeant/shared/endpoint-client.ts'
import { endpointAddress } from '../../host/node/endpoint-address.ts'
import { EndpointLogins } from '../../host/node/endpoint-logins.ts'
import { accountSend } from '../../host/node/endpoint-sends.ts'
import { NotPrivate } from '../../host/node/private-file.ts'
import { accountRequests } from '../../inference/remote/account.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import { awaitGrant, beginDeviceLogin, LoginRefused, revokeGrant } from '../../inference/remote/oauth.ts'
import type { Session } from '../session.ts'

const CLOCK = {
  now: () => performance.now(),
  sleep: async (ms: number, signal: AbortSignal) => {
    await wait(ms, undefined, { signal, ref: false }).catch(() => signal.throwIfAborted())
  },
}

/** Nothing of a project is sent: a person has just asked for this. */
export async function signIn(
  session: Session,
  { editor }: SignInParams,
  signal: AbortSignal,
): Promise<SignInResult> {
  const base = addressOf(session)
  if (!base) return { kind: 'no-endpoint' }
  const { origin, host } = base
  const send = sendTo(base, session)
  const logins = new EndpointLogins(session.env)
  try {
    const earlier = logins.get(origin)
    const code = await beginDeviceLogin(send, base, `CodeAnt in ${editor} on ${hostname()}`, signal)
    if (!code) return { kind: 'no-logins', origin }
    const { userCode, page, pageWithCode } = code
    const shown: SignInCode = { host, code: userCode, page: page.href, pageWithCode: pageWithCode.href }
    await session.connection.sendNotification(ENDPOINT_SIGN_IN_CODE, shown)
    const grant = await awaitGrant(send, base, code, CLOCK, signal)
    await logins.set(base, grant)
    if (earlier) await revokeGrant(send, base, earlier.refreshToken, signal).catch(unlessReached)
    session.remote.changed()
    const who = await whoIs(base, session, grant.accessToken)
    return { kind: 'signed-in', origin, ...(who !== undefined && { who }) }
  } catch (error) {
    if (error instanceof LoginRefused) return { kind: error.reason, origin }
    if (error instanceof EndpointError) return { kind: 'trouble', origin, trouble: error.trouble }
    if (error instanceof NotPrivate) return { kind: 'not-private', file: error.file }
    throw error
  }
}

export async function signOut(session: Session, signal: AbortSignal): Promise<SignOutResult | null> {
  const base = addressOf(session)
  const login = base && (await new EndpointLogins(session.env).remove(base.origin))
  if (!login) return null
  session.remote.changed()
  const isEnded = await revokeGrant(sendTo(base, session), base, login.refreshToken, signal)
    .then(() => true)
    .catch(unlessReached)
  return { host: base.host, isEnded }
}

function addressOf({ settings }: Session): URL | undefined {
  const base = endpointAddress(settings.remote.endpoint, settings.remote.allowHttp)
  return base instanceof URL ? base : undefined
}

function sendTo(base: URL, { env, log }: Session, key?: string) {
  return accountSend(base, async () => key, { env, log })
}

async function whoIs(base: URL, session: Session, token: string): Promise<string | undefined> {
  const send = accountRequests(sendTo(base, session, token))
  const me = endpointClient({ url: base.href.replace(/\/$/, ''), send }).me()
  return (await me.catch(() => undefined))?.user?.email
}

function unlessReached(error: unknown): false {
  if (error instanceof EndpointError) return false
  throw error
}
