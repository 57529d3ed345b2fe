// The text of an API key: random enough that a fast digest is the right one, and told from other texts at a glance.

import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface NewKey {
  /** Shown once to whoever made it, then forgotten. */
  readonly text: string
  readonly prefix: string
  readonly digest: string
}

/** `ca_` · 12 hexadecimal digits that find the row · `_` · 256 random bits. */
const FORMAT = /^ca_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/
const LENGTH = 59

export function newKey(): NewKey {
  const prefix = randomBytes(6).toString('hex')
  const text = `ca_${prefix}_${randomBytes(32).toString('base64url')}`
  return { text, prefix, digest: digestOf(text) }
}

/** Undefined when this is no key of ours. */
export function prefixOf(text: string): string | undefined {
  return FORMAT.exec(text)?.[1]
}

/** What would be the prefix if this were a key: for who compares the whole text with one that was a key. */
export function likelyPrefixOf(text: string): string | undefined {
  return text.length === LENGTH ? text.slice(3, 15) : undefined
}

/** In constant time: whether it is the same text as one that was checked. */
export function isSameKey(text: string, proven: Uint8Array): boolean {
  return text.length === LENGTH && timingSafeEqual(Buffer.from(text, 'latin1'), proven)
}

/** In constant time. `digest` is 32 bytes. */
export function isKey(text: string, digest: Uint8Array): boolean {
  return timingSafeEqual(Buffer.from(digestOf(text), 'hex'), digest)
}

/** No salt and no slow function: there is nothing to guess in 256 random bits. */
function digestOf(text: string): string {
  return hash('sha256', text, 'hex')
}
