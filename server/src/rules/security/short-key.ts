/** A key that is too short can be computed. */

import { argument, property } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/short-key',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [326],
  concept: 'cryptography',
  impact: { likelihood: 'low', cost: 'weeks' },
  callees: ['generate_private_key', 'generate', 'newkeys', 'generateKeyPair', 'generateKeyPairSync', 'new'],

  check: {
    *Call(node, file) {
      const bits = isTestCode(node, file) ? undefined : keySize(file, node)
      const value = bits && file.constant(bits)
      if (bits && value?.kind === 'number' && value.value >= 256 && value.value < SHORTEST)
        yield { at: bits, data: { bits: value.value } }
    },
  },

  explain: {
    en: ({ bits }) => ({
      message: `A key of ${bits} bits is too short`,
      why: 'RSA and DSA keys of 1,024 bits are within reach of those who have many machines, and 512 bits take an afternoon.',
      remedy: 'Use 3,072 bits, or Ed25519, whose keys are short and safe.',
    }),
    es: ({ bits }) => ({
      message: `una clave de ${bits} bits es demasiado corta`,
      why: 'Las claves RSA y DSA de 1024 bits están al alcance de quien tiene muchas máquinas, y las de 512 caen en una tarde.',
      remedy: 'Usa 3072 bits, o Ed25519, cuyas claves son cortas y seguras.',
    }),
  },

  examples: {
    invalid: [
      py`
        from cryptography.hazmat.primitives.asymmetric import rsa
        key = rsa.generate_private_key(public_exponent=65537, key_size=«1024»)
      `,
      py`
        from Crypto.PublicKey import RSA
        key = RSA.generate(«1024»)
      `,
      js`
        const { generateKeyPairSync } = require('crypto')
        const pair = generateKeyPairSync('rsa', { modulusLength: «1024» })
      `,
      ts`
        import { generateKeyPair } from 'node:crypto'
        generateKeyPair('dsa', { modulusLength: «1024» }, done)
      `,
      rs`
        use rsa::RsaPrivateKey;
        fn key() { let key = RsaPrivateKey::new(&mut rng, «1024»); }
      `,
    ],
    valid: [
      py`
        from cryptography.hazmat.primitives.asymmetric import rsa
        key = rsa.generate_private_key(public_exponent=65537, key_size=4096)
      `,
      py`
        from images import thumbnails
        thumbnails.generate(1024)
      `,
      js`
        const { generateKeyPairSync } = require('crypto')
        const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
      `,
      ts`
        import { generateKeyPair } from 'node:crypto'
        generateKeyPair('ec', { namedCurve: 'P-256' }, done)
      `,
      rs`
        use rsa::RsaPrivateKey;
        fn key() { let key = RsaPrivateKey::new(&mut rng, 3072); let buffer = Buffer::new(&mut rng, 1024); }
      `,
    ],
  },
})

/** What every recommendation of today asks for at least. */
const SHORTEST = 2048

function keySize(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  if (file.language === 'rust') {
    const callee = call.child('callee')
    return callee && /^rsa\.(\w+\.)?RsaPrivateKey\.new$/.test(pathOf(file, callee))
      ? argument(call, 1)
      : undefined
  }
  const name = calledName(file, call)
  if (file.language !== 'python')
    return /^crypto\.generateKeyPair(Sync)?$/.test(name)
      ? property(argument(call, 1), 'modulusLength')
      : undefined
  if (/^cryptography\.hazmat\.primitives\.asymmetric\.rsa\.generate_private_key$/.test(name))
    return argument(call, 1, 'key_size')
  if (/^cryptography\.hazmat\.primitives\.asymmetric\.dsa\.generate_private_key$/.test(name))
    return argument(call, 0, 'key_size')
  return /^(Crypto(dome)?\.PublicKey\.(RSA|DSA)\.generate|rsa\.newkeys|paramiko\.(RSA|DSS)Key\.generate)$/.test(
    name,
  )
    ? (argument(call, 0, 'bits') ?? argument(call, -1, 'nbits'))
    : undefined
}
