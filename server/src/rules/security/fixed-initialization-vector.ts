/** The first block must be another one for every message; written into the program it is always the same. */

import { argument, calleeName } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/fixed-initialization-vector',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [329, 1204],
  concept: 'cryptography',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['createCipheriv', 'new', 'CBC', 'CTR', 'GCM', 'CFB', 'OFB'],

  check: {
    *Call(node, file) {
      const first = isTestCode(node, file) ? undefined : firstBlock(file, node)
      if (first && isFixed(file, first)) yield { at: first, data: { mode: calleeName(node) } }
    },
  },

  explain: {
    en: () => ({
      message: 'The initialization vector is the same for every message',
      why: 'Equal beginnings of messages are then encrypted equally, and in the modes GCM and CTR two messages with the same one give away each other’s text, and in GCM the key that vouches for them.',
      remedy:
        'Draw a new one for every message (`os.urandom`, `crypto.randomBytes`) and send it along; it need not be secret.',
    }),
    es: () => ({
      message: 'el vector de inicialización es el mismo en todos los mensajes',
      why: 'Así los comienzos iguales se cifran igual, y en los modos GCM y CTR dos mensajes que lo comparten revelan el texto el uno del otro y, en GCM, la clave que los avala.',
      remedy:
        'Sortea uno nuevo para cada mensaje (`os.urandom`, `crypto.randomBytes`) y envíalo con él; no tiene que ser secreto.',
    }),
  },

  examples: {
    invalid: [
      py`
        from Crypto.Cipher import AES
        def seal(key, text):
            return AES.new(key, AES.MODE_CBC, «b"0123456789abcdef"»).encrypt(text)
      `,
      py`
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        cipher = Cipher(algorithms.AES(key), modes.CBC(«b"\\x00" * 16»))
      `,
      js`
        const crypto = require('crypto')
        const seal = (key, text) => crypto.createCipheriv('aes-256-cbc', key, «Buffer.alloc(16, 0)»)
      `,
      ts`
        import { createCipheriv } from 'node:crypto'
        const iv = 'abcdefghijklmnop'
        export const seal = (key: Buffer) => createCipheriv('aes-256-cbc', key, «iv»)
      `,
    ],
    valid: [
      py`
        import os
        from Crypto.Cipher import AES
        def seal(key, text):
            iv = os.urandom(16)
            return iv + AES.new(key, AES.MODE_CBC, iv).encrypt(text)
      `,
      py`
        from Crypto.Cipher import AES
        def seal(key, iv): return AES.new(key, AES.MODE_CBC, iv)
      `,
      js`
        const crypto = require('crypto')
        const seal = (key, text) => crypto.createCipheriv('aes-256-gcm', key, crypto.randomBytes(12))
        const one = key => crypto.createCipheriv('aes-256-ecb', key, null)
        const none = key => crypto.createCipheriv('aes-256-ecb', key, '')
      `,
      ts`
        import { createCipheriv, randomBytes } from 'node:crypto'
        export const seal = (key: Buffer) => createCipheriv('aes-256-cbc', key, randomBytes(16))
      `,
    ],
  },
})

function firstBlock(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (name === 'crypto.createCipheriv') return argument(call, 2)
  if (/^Crypto(dome)?\.Cipher\.\w+\.new$/.test(name))
    return argument(call, 2, 'iv') ?? argument(call, -1, 'nonce')
  if (/^cryptography\.hazmat\.primitives\.ciphers\.modes\.(CBC|CTR|GCM|CFB|OFB)$/.test(name))
    return argument(call, 0)
  return undefined
}

function isFixed(file: SourceFile, node: SyntaxNode): boolean {
  const it = file.value(node)
  const constant = file.constant(it)
  if (constant) return constant.kind === 'string' && constant.value.length > 0
  if (it.kind === 'Binary' && it.operator === '*')
    return it.child('left')?.kind === 'String' && file.constant(it.child('right')!)?.kind === 'number'
  if (it.kind !== 'Call') return false
  const name = calledName(file, it)
  const [value] = it.children('argument')
  if (name === 'Buffer.alloc' || name === 'bytes')
    return value !== undefined && file.constant(value)?.kind === 'number'
  return name === 'Buffer.from' && value !== undefined && file.constant(value)?.kind === 'string'
}
