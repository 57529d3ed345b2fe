// The keys that sign access tokens: made when they are needed, replaced before they are old, published while a token may show them.

import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  importPKCS8,
  type JWK,
} from 'jose'
import type { Database } from '../store/database.ts'
import {
  addSigningKey,
  dropSigningKeys,
  listSigningKeys,
  lockSigningKeys,
  type StoredSigningKey,
} from '../store/signing-keys.ts'
import type { Seal } from './seal.ts'

export const ALGORITHM = 'ES256'

export interface SigningKeys {
  /** The one that signs now. */
  current(): Promise<{ readonly kid: string; readonly key: CryptoKey }>
  /** Undefined: nobody signs with such a key any more, or ever did. */
  verifier(kid: string): Promise<CryptoKey | undefined>
  /** For `/.well-known/jwks.json`. */
  published(): Promise<readonly JWK[]>
}

export interface SigningKeyOptions {
  readonly database: Database
  readonly seal: Seal
  readonly now: () => number
}

const DAY_MS = 86_400_000
/** So long a key signs. */
const SIGNS_MS = 30 * DAY_MS
/** So long it is published after that: longer than any token that it signed lives, by far. */
const LINGERS_MS = DAY_MS
/** What other instances made is seen after this long at the latest, and asked for a key nobody knows no more often. */
const REREAD_MS = 10_000

interface Known {
  readonly at: number
  readonly keys: readonly StoredSigningKey[]
}

export function signingKeys({ database, seal, now }: SigningKeyOptions): SigningKeys {
  let known: Known = { at: Number.NEGATIVE_INFINITY, keys: [] }
  let signing: { readonly kid: string; readonly key: Promise<CryptoKey> } | undefined
  const verifying = new Map<string, Promise<CryptoKey>>()

  /** One that was sealed with a secret of before is published until it is old, and signs nothing. */
  const isCurrent = ({ createdAt, sealedKey }: StoredSigningKey) =>
    now() - createdAt.getTime() < SIGNS_MS && opens(seal, sealedKey)
  const isPublished = ({ createdAt }: StoredSigningKey) => now() - createdAt.getTime() < SIGNS_MS + LINGERS_MS

  const read = async (): Promise<readonly StoredSigningKey[]> => {
    if (now() - known.at >= REREAD_MS) known = { at: now(), keys: await database.asSystem(listSigningKeys) }
    return known.keys.filter(isPublished)
  }

  const make = (): Promise<StoredSigningKey> =>
    database.asSystem(async session => {
      await lockSigningKeys(session)
      const meanwhile = (await listSigningKeys(session)).find(isCurrent)
      if (meanwhile) return meanwhile
      const made = await newSigningKey(seal, new Date(now()))
      await addSigningKey(session, made)
      await dropSigningKeys(session, new Date(now() - SIGNS_MS - LINGERS_MS))
      return made
    })

  return {
    async current() {
      let newest = (await read()).find(isCurrent)
      if (!newest) {
        newest = await make()
        known = { at: Number.NEGATIVE_INFINITY, keys: [] }
      }
      const { kid, sealedKey } = newest
      if (signing?.kid !== kid) signing = { kid, key: importPKCS8(seal.open(sealedKey), ALGORITHM) }
      return { kid, key: await signing.key }
    },

    async verifier(kid) {
      const found = (await read()).find(it => it.kid === kid)
      if (!found) return undefined
      let key = verifying.get(kid)
      if (!key) verifying.set(kid, (key = importJWK(found.publicKey, ALGORITHM) as Promise<CryptoKey>))
      return key
    },

    async published() {
      return (await read()).map(({ kid, publicKey }) => ({ ...publicKey, kid, alg: ALGORITHM, use: 'sig' }))
    },
  }
}

function opens(seal: Seal, sealed: string): boolean {
  try {
    seal.open(sealed)
    return true
  } catch {
    return false
  }
}

async function newSigningKey(seal: Seal, createdAt: Date): Promise<StoredSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { kid, publicKey: jwk, sealedKey: seal.seal(await exportPKCS8(privateKey)), createdAt }
}
