// Who is calling, however they proved it: all that the routes know of identity.

import type { IncomingHttpHeaders } from 'node:http'
import type { Soon } from '../soon.ts'
import type { Scope } from './scopes.ts'

export interface Caller {
  readonly tenant: string
  /** What stands in the audit: `key:…`, `user:…`. */
  readonly actor: string
  readonly scopes: readonly Scope[]
  /** Absent when it was no key. */
  readonly keyId?: string
  readonly userId?: string
  /** From where these credentials may be used; absent: from anywhere. */
  readonly addresses?: readonly string[]
  /** Of a person who logged in. */
  readonly sessionId?: string
}

/** One way to prove who one is. Several are asked in turn; the first that knows the credentials answers. */
export interface Authenticator {
  readonly name: string
  /** Undefined when these are not credentials of this kind, or not valid ones. Both look the same from outside. */
  authenticate(credentials: string): Soon<Caller | undefined>
}

/** From `Authorization: Bearer …` or `x-api-key`. Never from the address: addresses are logged everywhere. */
export function credentialsOf(headers: IncomingHttpHeaders): string | undefined {
  const { authorization, 'x-api-key': key } = headers
  const bearer =
    authorization === undefined ? undefined : /^Bearer +([\x21-\x7e]{1,4096})$/i.exec(authorization)?.[1]
  if (bearer !== undefined) return bearer
  // What is none in other ways is known by whoever looks at its form.
  return typeof key === 'string' && key.length > 0 && key.length <= 4096 ? key : undefined
}
