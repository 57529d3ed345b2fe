/** A salt that is written into the program is the same for everybody, and so is none. */

import { argument } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/fixed-salt',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [760, 759],
  concept: 'cryptography',
  impact: { likelihood: 'low', cost: 'days' },
  callees: [
    'pbkdf2_hmac',
    'scrypt',
    'PBKDF2HMAC',
    'Scrypt',
    'PBKDF2',
    'pbkdf2',
    'pbkdf2Sync',
    'scryptSync',
    'hashpw',
    'hashSync',
    'hash',
  ],

  check: {
    *Call(node, file) {
      const salt = isTestCode(node, file) ? undefined : saltOf(file, node)
      if (salt && isFixed(file, salt)) yield { at: salt, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'The salt is written into the program',
      why: 'Equal passwords get equal hashes, and whoever has the hashes tries each guess on all of them at once instead of on one.',
      remedy:
        'Draw a new salt for every password (`os.urandom(16)`, `crypto.randomBytes(16)`) and keep it beside the hash.',
    }),
    es: () => ({
      message: 'la sal está escrita en el programa',
      why: 'Las contraseñas iguales dan hashes iguales, y quien tiene los hashes prueba cada intento con todos a la vez en lugar de con uno.',
      remedy:
        'Sortea una sal nueva para cada contraseña (`os.urandom(16)`, `crypto.randomBytes(16)`) y guárdala junto al hash.',
    }),
  },

  examples: {
    invalid: [
      py`
        import hashlib
        digest = hashlib.pbkdf2_hmac("sha256", password, «b"pepper and salt"», 600_000)
      `,
      py`
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
        kdf = Scrypt(salt=«b"1234567890123456"», length=32, n=2**14, r=8, p=1)
      `,
      js`
        const crypto = require('crypto')
        const key = crypto.scryptSync(password, «'salt'», 32)
      `,
      ts`
        import { pbkdf2Sync } from 'node:crypto'
        const SALT = 'static'
        const key = pbkdf2Sync(password, «SALT», 600000, 32, 'sha256')
      `,
    ],
    valid: [
      py`
        import hashlib, os
        salt = os.urandom(16)
        digest = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)
      `,
      py`
        import hashlib
        def digest(password, salt): return hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)
      `,
      js`
        const crypto = require('crypto')
        const key = crypto.scryptSync(password, crypto.randomBytes(16), 32)
      `,
      ts`
        import { pbkdf2Sync } from 'node:crypto'
        export const derive = (password: string, salt: Buffer) => pbkdf2Sync(password, salt, 600000, 32, 'sha256')
      `,
    ],
  },
})

function saltOf(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (/^crypto\.(pbkdf2|scrypt)(Sync)?$/.test(name)) return argument(call, 1)
  if (name === 'hashlib.pbkdf2_hmac') return argument(call, 2, 'salt')
  if (name === 'hashlib.scrypt') return argument(call, -1, 'salt')
  if (/^cryptography\.hazmat\.primitives\.kdf\.(pbkdf2\.PBKDF2HMAC|scrypt\.Scrypt)$/.test(name))
    return argument(call, name.endsWith('Scrypt') ? 0 : 2, 'salt')
  if (/^Crypto(dome)?\.Protocol\.KDF\.(PBKDF2|scrypt)$/.test(name)) return argument(call, 1, 'salt')
  if (name === 'bcrypt.hashpw' && file.language === 'python') return argument(call, 1, 'salt')
  return undefined
}

function isFixed(file: SourceFile, node: SyntaxNode): boolean {
  const it = file.value(node)
  const constant = file.constant(it)
  if (constant) return constant.kind === 'string'
  if (it.kind !== 'Call' || calledName(file, it) !== 'Buffer.from') return false
  const value = it.children('argument')[0]
  return value !== undefined && file.constant(value)?.kind === 'string'
}
