// API keys as a way to prove who one is.

import { findKey, type StoredKey, touchKey } from '../store/api-keys.ts'
import type { Database } from '../store/database.ts'
import { isKey, isSameKey, likelyPrefixOf, prefixOf } from './api-key.ts'
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
  readonly digest: Uint8Array
  readonly caller: Caller
  readonly at: number
  touchedAt: number
  /** The text of the key, once it was shown; gone with the belief. What has the same text needs no digest of it. */
  proven?: Uint8Array
}

export function keyAuthenticator({ database, now, untouched }: KeyAuthenticatorOptions): KeyAuthenticator {
  const known = new Map<string, Known>()

  const believed = (prefix: string): Known | undefined => {
    const remembered = known.get(prefix)
    return remembered && now() - remembered.at < BELIEVED_MS ? remembered : undefined
  }

  const lookUp = async (prefix: string): Promise<Known | undefined> => {
    const key = await database.asSystem(session => findKey(session, prefix))
    const before = known.get(prefix)
    known.delete(prefix)
    if (!key) return undefined
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!)
    const touchedAt = before?.touchedAt ?? Number.NEGATIVE_INFINITY
    const found = { key, digest: Buffer.from(key.digest, 'hex'), caller: callerOf(key), at: now(), touchedAt }
    known.set(prefix, found)
    return found
  }

  const touch = (it: Known): void => {
    if (now() - it.touchedAt < TOUCHED_MS) return
    it.touchedAt = now()
    database.asTenant(it.key.tenant, session => touchKey(session, it.key.id)).catch(untouched)
  }

  const check = (text: string, it: Known): Caller | undefined => {
    if (!(it.proven ? isSameKey(text, it.proven) : isKey(text, it.digest))) return undefined
    if (!isValid(it.key, now())) return undefined
    it.proven ??= Buffer.from(text, 'latin1')
    touch(it)
    return it.caller
  }

  return {
    name: 'api-key',

    authenticate(credentials) {
      const likely = likelyPrefixOf(credentials)
      const remembered = likely === undefined ? undefined : believed(likely)
      if (remembered) return check(credentials, remembered)
      const prefix = prefixOf(credentials)
      if (prefix === undefined) return undefined
      return lookUp(prefix).then(found => found && check(credentials, found))
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
