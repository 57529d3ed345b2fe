// API keys as a way to prove who one is.

import { findKey, type StoredKey, touchKey } from '../store/api-keys.ts'
import type { Database } from '../store/database.ts'
import { isKey, prefixOf } from './api-key.ts'
import type { Authenticator, Caller } from './caller.ts'
import { scopesOf } from './roles.ts'
import { allows } from './scopes.ts'

export interface KeyAuthenticatorOptions {
  readonly database: Database
  readonly now: () => number
  /** Told when the note of a key's last use could not be written: nobody is refused for that. */
  readonly untouched: (error: unknown) => void
}

export interface KeyAuthenticator extends Authenticator {
  /** A key that was changed by this process is looked up anew at once. */
  forget(prefix: string): void
  /** The same for the keys of whoever was changed. */
  forgetUser(user: string): void
}

/**
 * A key that was checked is believed for so long, so that most requests need no query. It is also how long a key that was
 * revoked through another instance still works.
 */
const BELIEVED_MS = 5000
/** The last use of a key is known to the minute: a write for each request would be the dearest part of it. */
const TOUCHED_MS = 60_000
const MOST_KNOWN = 10_000

interface Known {
  readonly key: StoredKey
  readonly at: number
}

export function keyAuthenticator({ database, now, untouched }: KeyAuthenticatorOptions): KeyAuthenticator {
  const known = new Map<string, Known>()
  const touched = new Map<string, number>()

  const find = async (prefix: string): Promise<StoredKey | undefined> => {
    const remembered = known.get(prefix)
    if (remembered && now() - remembered.at < BELIEVED_MS) return remembered.key
    const key = await database.asSystem(session => findKey(session, prefix))
    known.delete(prefix)
    if (!key) return undefined
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!)
    known.set(prefix, { key, at: now() })
    return key
  }

  const touch = ({ id, tenant }: StoredKey): void => {
    if (now() - (touched.get(id) ?? Number.NEGATIVE_INFINITY) < TOUCHED_MS) return
    if (touched.size >= MOST_KNOWN) touched.clear()
    touched.set(id, now())
    database.asTenant(tenant, session => touchKey(session, id)).catch(untouched)
  }

  return {
    name: 'api-key',

    async authenticate(credentials) {
      const prefix = prefixOf(credentials)
      const key = prefix && (await find(prefix))
      if (!key || !isKey(credentials, key.digest) || !isValid(key, now())) return undefined
      touch(key)
      return callerOf(key)
    },

    forget(prefix) {
      known.delete(prefix)
    },

    forgetUser(user) {
      for (const [prefix, { key }] of known) if (key.userId === user) known.delete(prefix)
    },
  }
}

function isValid({ expiresAt, revokedAt, disabledAt }: StoredKey, now: number): boolean {
  return revokedAt === null && disabledAt === null && (expiresAt === null || expiresAt.getTime() > now)
}

function callerOf({ id, tenant, prefix, scopes, userId, role, addresses }: StoredKey): Caller {
  const may = role === null ? undefined : scopesOf(role)
  // A person's key is never more than the person is now.
  const left = may ? (allows(may, 'admin') ? scopes : may.filter(it => allows(scopes, it))) : scopes
  return {
    tenant,
    actor: `key:${prefix}`,
    scopes: left,
    keyId: id,
    ...(userId && { userId }),
    ...(addresses && { addresses }),
  }
}
