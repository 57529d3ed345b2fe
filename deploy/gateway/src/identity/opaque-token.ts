// Random texts that are shown once and kept as a digest only: refresh tokens, invitations, codes of devices, browsers.

import { createHash, randomBytes } from 'node:crypto'

export interface OpaqueToken {
  readonly text: string
  readonly digest: string
}

/** The beginning tells those who look for leaked secrets what they found. */
export type OpaqueKind = 'car' | 'cai' | 'cad' | 'cab'

export function newToken(kind: OpaqueKind): OpaqueToken {
  const text = `${kind}_${randomBytes(32).toString('base64url')}`
  return { text, digest: digestOf(text) }
}

/** No salt and no slow function: there is nothing to guess in 256 random bits. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
