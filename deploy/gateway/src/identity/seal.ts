// Seals what lies in the database and has to be read again: who has only the database (a backup, a replica) cannot.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export interface Seal {
  seal(text: string): string
  /** Throws when it was sealed with another secret, or changed. */
  open(sealed: string): string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** `purpose` keeps what one secret seals for one thing from being opened as another. */
export function sealWith(secret: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `codeant-gateway ${purpose}`, 32))
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
    },

    open(text) {
      const bytes = Buffer.from(text, 'base64')
      const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      opener.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const rest = opener.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([rest, opener.final()]).toString('utf8')
    },
  }
}
