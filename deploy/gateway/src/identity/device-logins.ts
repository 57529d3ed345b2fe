// The device flow (RFC 8628): a program without a browser shows a code, somebody who is logged in approves it, the program gets tokens.

import { randomInt } from 'node:crypto'
import { Refusal } from '../errors.ts'
import { record } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import {
  addDeviceLogin,
  approveDevice,
  denyDevice,
  dropDeviceLogin,
  findDeviceLogin,
  findWaitingDevice,
  notePoll,
} from '../store/device-logins.ts'
import { findUser } from '../store/users.ts'
import type { Caller } from './caller.ts'
import type { Grant, Logins } from './logins.ts'
import { digestOf, newToken } from './opaque-token.ts'

export interface DeviceAuthorization {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  readonly expires_in: number
  readonly interval: number
}

export interface DeviceLogins {
  begin(client: string, publicUrl: string): Promise<DeviceAuthorization>
  /** Throws a `Refusal` that says how it stands, as RFC 8628 calls it, until somebody approved it. */
  poll(deviceCode: string): Promise<Grant>
  /** What waits under this code; undefined: nothing. */
  waiting(userCode: string): Promise<{ readonly client: string } | undefined>
  /** False: nothing waits under this code. The user is one of the caller's team. */
  approve(userCode: string, caller: Caller, userId: string): Promise<boolean>
  deny(userCode: string): Promise<boolean>
}

export interface DeviceLoginOptions {
  readonly database: Database
  readonly logins: Logins
  readonly now: () => number
}

const LIVES_SECONDS = 600
const POLL_SECONDS = 3
/** No vowels, so that no words come out, and nothing that looks like something else (RFC 8628, 6.1). 20^8 of them. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

export function deviceLogins({ database, logins, now }: DeviceLoginOptions): DeviceLogins {
  return {
    async begin(client, publicUrl) {
      const { text, digest } = newToken('cad')
      const userCode = newUserCode()
      const expiresAt = new Date(now() + LIVES_SECONDS * 1000)
      await database.asSystem(session => addDeviceLogin(session, { digest, userCode, client, expiresAt }))
      return {
        device_code: text,
        user_code: userCode,
        verification_uri: `${publicUrl}/device`,
        verification_uri_complete: `${publicUrl}/device?code=${userCode}`,
        expires_in: LIVES_SECONDS,
        interval: POLL_SECONDS,
      }
    },

    async poll(deviceCode) {
      const digest = digestOf(deviceCode)
      const outcome = await database.asSystem(async session => {
        const found = await findDeviceLogin(session, digest)
        if (!found || found.expiresAt.getTime() <= now()) return 'expired_token'
        if (found.deniedAt) return 'access_denied'
        const { tenant, userId, client, polledAt } = found
        if (tenant === null || userId === null) {
          await notePoll(session, digest, new Date(now()))
          const isHasty = polledAt !== null && now() - polledAt.getTime() < (POLL_SECONDS - 1) * 1000
          return isHasty ? 'slow_down' : 'authorization_pending'
        }
        // A code counts once.
        await dropDeviceLogin(session, digest)
        const user = await findUser(session, userId)
        if (!user || user.disabledAt) return 'access_denied'
        return logins.open(session, { tenant, userId, client })
      })
      if (typeof outcome === 'string') throw new Refusal('invalid', SENTENCES[outcome], { oauth: outcome })
      return outcome()
    },

    waiting: userCode => database.asSystem(session => findWaitingDevice(session, normal(userCode))),

    approve: (userCode, caller, userId) =>
      database.asSystem(async session => {
        if (!(await approveDevice(session, normal(userCode), caller.tenant, userId))) return false
        const { actor, tenant } = caller
        await record(session, tenant, { actor, action: 'device.approve', target: userId })
        return true
      }),

    deny: userCode => database.asSystem(session => denyDevice(session, normal(userCode))),
  }
}

const SENTENCES = {
  authorization_pending: 'Nobody has approved this yet.',
  slow_down: 'Ask less often.',
  access_denied: 'It was refused.',
  expired_token: 'This code is not valid (any more).',
} as const

function newUserCode(): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** As people type it. */
function normal(userCode: string): string {
  const letters = userCode.toUpperCase().replace(/[^A-Z]/g, '')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
