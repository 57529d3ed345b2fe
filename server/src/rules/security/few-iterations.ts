/** A hash of a password that is quick to compute is quick to guess. */

import { argument } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/few-iterations',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [916],
  concept: 'cryptography',
  impact: { likelihood: 'low', cost: 'days' },
  callees: [
    'pbkdf2_hmac',
    'PBKDF2HMAC',
    'PBKDF2',
    'pbkdf2',
    'pbkdf2Sync',
    'genSaltSync',
    'genSalt',
    'gensalt',
    'hash',
    'hashSync',
  ],

  check: {
    *Call(node, file) {
      const rounds = isTestCode(node, file) ? undefined : roundsOf(file, node)
      const value = rounds && file.constant(rounds.at)
      if (rounds && value?.kind === 'number' && value.value > 0 && value.value < rounds.least)
        yield { at: rounds.at, data: { rounds: value.value, least: rounds.least } }
    },
  },

  explain: {
    en: ({ rounds, least }) => ({
      message: `${rounds} rounds are too few for a password`,
      why: `They decide how long one guess takes. Less than ${least} leave millions of guesses a second to whoever got hold of the hashes.`,
      remedy:
        'Take what is recommended today: 600,000 rounds of PBKDF2 with SHA-256, a cost of 12 for bcrypt, or Argon2id.',
    }),
    es: ({ rounds, least }) => ({
      message: `${rounds} vueltas son pocas para una contraseña`,
      why: `Deciden cuánto dura un intento. Menos de ${least} dejan millones de intentos por segundo a quien se haga con los hashes.`,
      remedy:
        'Usa lo que hoy se recomienda: 600 000 vueltas de PBKDF2 con SHA-256, un coste de 12 en bcrypt, o Argon2id.',
    }),
  },

  examples: {
    invalid: [
      py`
        import hashlib
        digest = hashlib.pbkdf2_hmac("sha256", password, salt, «1000»)
      `,
      py`
        import bcrypt
        digest = bcrypt.hashpw(password, bcrypt.gensalt(«4»))
      `,
      js`
        const crypto = require('crypto')
        const key = crypto.pbkdf2Sync(password, salt, «1000», 32, 'sha256')
      `,
      ts`
        import bcrypt from 'bcrypt'
        const digest = await bcrypt.hash(password, «5»)
      `,
    ],
    valid: [
      py`
        import hashlib, bcrypt
        digest = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)
        other = bcrypt.hashpw(password, bcrypt.gensalt())
      `,
      py`
        import hashlib
        def digest(password, salt, rounds): return hashlib.pbkdf2_hmac("sha256", password, salt, rounds)
      `,
      js`
        const bcrypt = require('bcrypt')
        const digest = bcrypt.hashSync(password, 12)
      `,
      ts`
        import { hash } from './colours'
        const colour = hash(name, 5)
      `,
    ],
  },
})

function roundsOf(
  file: SourceFile,
  call: SyntaxNode,
): { readonly at: SyntaxNode; readonly least: number } | undefined {
  const name = calledName(file, call)
  const found = (at: SyntaxNode | undefined, least: number) => (at ? { at, least } : undefined)
  if (name === 'hashlib.pbkdf2_hmac') return found(argument(call, 3, 'iterations'), PBKDF2)
  if (/^crypto\.pbkdf2(Sync)?$/.test(name)) return found(argument(call, 2), PBKDF2)
  if (/^cryptography\.hazmat\.primitives\.kdf\.pbkdf2\.PBKDF2HMAC$/.test(name))
    return found(argument(call, 3, 'iterations'), PBKDF2)
  if (/^Crypto(dome)?\.Protocol\.KDF\.PBKDF2$/.test(name)) return found(argument(call, 3, 'count'), PBKDF2)
  if (name === 'bcrypt.gensalt') return found(argument(call, 0, 'rounds'), BCRYPT)
  if (/^(bcrypt|bcryptjs)(\.default)?\.genSalt(Sync)?$/.test(name)) return found(argument(call, 0), BCRYPT)
  if (/^(bcrypt|bcryptjs)(\.default)?\.hash(Sync)?$/.test(name)) return found(argument(call, 1), BCRYPT)
  return undefined
}

/** Far below every recommendation since 2010, so that nobody can call it a choice. */
const PBKDF2 = 10_000
/** As a power of two. */
const BCRYPT = 8
