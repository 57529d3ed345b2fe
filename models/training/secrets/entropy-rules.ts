// Rules that look at nothing but randomness, and perhaps for a telling word: what the model has to beat.

import type { SecretInput } from '../../../server/src/inference/tasks/is-secret.ts'
import { entropy } from '../../../server/src/rules/support/secret-values.ts'

/**
 * The two limits that detect-secrets has: bits a character, for texts of nothing but hexadecimal digits, and for those of the characters
 * of base 64. Digits alone count for less, the more so the fewer there are.
 */
export function isRandom(value: string, limits = USUAL): boolean {
  if (/^[0-9a-fA-F]+$/.test(value)) {
    const bits =
      entropy(value) - (/^\d+$/.test(value) && value.length > 1 ? 1.2 / Math.log2(value.length) : 0)
    if (bits > limits.hex) return true
  }
  return /^[A-Za-z0-9+/\-_=]+$/.test(value) && entropy(value) > limits.base64
}

export const USUAL = { hex: 3, base64: 4.5 }

/** As the generic rule of gitleaks goes: a telling word just before, and 3.5 bits a character. */
export function isRandomAndNamed({ name, value, context }: SecretInput, bits = 3.5): boolean {
  return (
    /access|auth|api|credential|creds|key|passw(or)?d|secret|token/i.test(name + context.before.slice(-20)) &&
    /^[\w.=-]{10,150}$/.test(value) &&
    entropy(value) >= bits
  )
}
