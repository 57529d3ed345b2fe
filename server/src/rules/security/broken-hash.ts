/** MD5 and SHA-1 no longer tell two texts apart when somebody wants them to be confused. */

import { argument } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/broken-hash',
  severity: 'info',
  enabled: false,
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [328, 327],
  concept: 'cryptography',
  impact: { likelihood: 'low', cost: 'days' },
  callees: ['md5', 'sha1', 'new', 'createHash', 'MD5', 'SHA1', 'compute', 'digest', 'hashlib'],

  check: {
    *Call(node, file) {
      const name = isTestCode(node, file) ? undefined : hashOf(file, node)
      if (name) yield { at: node.child('callee') ?? node, data: { name } }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `${name} is broken: two texts with the same hash can be made`,
      why: 'As a checksum against accidents it will do. Where somebody gains from a forgery, in signatures, tokens or names of what is trusted, it does not.',
      remedy:
        'Use SHA-256 or BLAKE3. If it only has to be quick and no secret depends on it, say so: `usedforsecurity=False`.',
    }),
    es: ({ name }) => ({
      message: `${name} está roto: se pueden fabricar dos textos con el mismo hash`,
      why: 'Como suma de comprobación contra accidentes sirve. Donde alguien gana con una falsificación, en firmas, tokens o nombres de lo que se da por bueno, no.',
      remedy:
        'Usa SHA-256 o BLAKE3. Si solo tiene que ser rápido y ningún secreto depende de él, dilo: `usedforsecurity=False`.',
    }),
  },

  examples: {
    invalid: [
      py`
        import hashlib
        digest = «hashlib.md5»(text).hexdigest()
        other = «hashlib.new»("sha1")
      `,
      js`
        const crypto = require('crypto')
        const digest = «crypto.createHash»('md5').update(text).digest('hex')
      `,
      ts`
        import { createHash } from 'node:crypto'
        const digest = «createHash»('sha1').update(text).digest('hex')
      `,
      rs`fn digest(text: &[u8]) { let it = «md5::compute»(text); }`,
    ],
    valid: [
      py`
        import hashlib
        digest = hashlib.sha256(text).hexdigest()
        name = hashlib.md5(text, usedforsecurity=False).hexdigest()
      `,
      js`
        const crypto = require('crypto')
        const digest = crypto.createHash('sha256').update(text).digest('hex')
      `,
      ts`table.md5(text)`,
      rs`fn digest(text: &[u8]) { let it = sha2::Sha256::digest(text); }`,
    ],
  },
})

function hashOf(file: SourceFile, call: SyntaxNode): string | undefined {
  if (file.language === 'rust') {
    const callee = call.child('callee')
    const path = callee ? pathOf(file, callee) : ''
    return /^md5\.(compute|Md5\.(new|digest))$/.test(path)
      ? 'MD5'
      : /^sha1\.Sha1\.(new|digest)$/.test(path)
        ? 'SHA-1'
        : undefined
  }
  const name = calledName(file, call)
  const first = argument(call, 0)
  const constant = first && file.constant(first)
  const algorithm = constant?.kind === 'string' ? constant.value : ''
  if (file.language === 'python') {
    if (/usedforsecurity\s*=\s*False/.test(call.text)) return undefined
    const direct =
      /^hashlib\.(md5|sha1)$/.exec(name)?.[1] ?? /^Crypto(?:dome)?\.Hash\.(MD5|SHA1?)\.new$/.exec(name)?.[1]
    return labelled(direct ?? (name === 'hashlib.new' ? algorithm : ''))
  }
  return labelled(
    name === 'crypto.createHash' ? algorithm : (/^(?:crypto-js|CryptoJS)\.(MD5|SHA1)$/.exec(name)?.[1] ?? ''),
  )
}

function labelled(algorithm: string): string | undefined {
  return /^md5$/i.test(algorithm) ? 'MD5' : /^sha-?1?$/i.test(algorithm) ? 'SHA-1' : undefined
}
