// Texts with as little order as a machine, or somebody who makes up a password, puts into them: what may be a credential.

import { entropy, isPlaceholder } from './secret-values.ts'

/**
 * Random enough to ask about. Wide on purpose: whoever shows what passes must have a second opinion, such as that of the
 * model in `models/secrets`.
 */
export function mayBeCredential(text: string): boolean {
  if (text.length < 8 || text.length > LONGEST) return false
  if (PEM.test(text)) return text.length > 60
  const value = text.replace(/^(?:Bearer|Basic|Token|token) /, '')
  if (/[\s\x00-\x1f\x7f-\uffff]/.test(value) || isPlaceholder(value)) return false
  const login = LOGIN.exec(value)
  if (login) return !isPlaceholder(login[1]!)
  // Addresses, paths, selectors, templates and numbers are read by programs, not kept from people.
  if (/^[a-z][a-z+.-]*:\/\/|^[./#]|^[\d.,:eE+-]+$|^data:/.test(value)) return false
  if (/^[0-9a-f]+$/i.test(value)) return value.length >= 16 && entropy(value) >= HEX_BITS
  if (value.length < 16) return classes(value) >= 3 && entropy(value) >= SHORT_BITS
  if (entropy(value) < LONG_BITS) return false
  return /\d/.test(value) ? disorder(value) >= 0.2 : disorder(value) >= 0.4
}

/** A private key of 4,096 bits takes about 3,300 characters. */
const LONGEST = 4096
const PEM = /^\s*-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----/
/** `scheme://user:password@host` */
const LOGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s/@]{4,})@[\w.-]/i

/** Below these, texts are words; a random one of 16 characters has 3.2 bits in hexadecimal and 3.8 in base 64. */
const HEX_BITS = 2.7
const LONG_BITS = 3.2
const SHORT_BITS = 2.6

function classes(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter(it => it.test(text)).length
}

/** How often small letters, capitals, digits and signs take turns, by character: words hardly do, random text does at every second. */
function disorder(text: string): number {
  let turns = 0
  let last = ''
  for (const it of text) {
    const kind = /[a-z]/.test(it) ? 'a' : /[A-Z]/.test(it) ? 'A' : /\d/.test(it) ? '0' : '.'
    if (kind !== last) turns++
    last = kind
  }
  return turns / text.length
}
