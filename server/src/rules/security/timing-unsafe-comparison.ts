/** A comparison that stops at the first difference tells by its time how much of a signature was right. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/timing-unsafe-comparison',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [208],
  concept: 'cryptography',
  impact: { likelihood: 'low', cost: 'days' },

  check: {
    *Comparison(node, file) {
      if (file.isTest || !/^[!=]={1,2}$/.test(node.operator)) return
      const sides = [node.child('left'), node.child('right')]
      const digest = sides.find(it => it && isKeyedDigest(file, it))
      const other = sides.find(it => it !== digest)
      // Compared with another one that was just made, it tells nobody anything.
      if (!digest || !other || file.constant(other) || isKeyedDigest(file, other)) return
      yield { at: node, data: { value: other.text.slice(0, 60) } }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` is compared with a signature in a time that depends on how much of it is right`,
      why: 'An ordinary comparison stops at the first difference. Whoever may try often enough can read from the time how far they got, and find a valid signature sign by sign.',
      remedy: 'Use `hmac.compare_digest` in Python, `crypto.timingSafeEqual` in Node.js.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se compara con una firma en un tiempo que depende de cuánto acierta`,
      why: 'Una comparación corriente se detiene en la primera diferencia. Quien pueda probar bastantes veces lee en el tiempo hasta dónde llegó y encuentra una firma válida signo a signo.',
      remedy: 'Usa `hmac.compare_digest` en Python, `crypto.timingSafeEqual` en Node.js.',
    }),
  },

  examples: {
    invalid: [
      py`
        import hmac
        def is_valid(body, signature):
            expected = hmac.new(KEY, body, "sha256").hexdigest()
            return «signature == expected»
      `,
      py`
        import hmac
        def check(body, header):
            if «hmac.new(KEY, body, "sha256").hexdigest() != header»:
                raise PermissionError
      `,
      js`
        const crypto = require('crypto')
        const isValid = (body, given) => «crypto.createHmac('sha256', key).update(body).digest('hex') === given»
      `,
      ts`
        import { createHmac } from 'node:crypto'
        export function isValid(body: string, given: string) {
          const expected = createHmac('sha256', key).update(body).digest('hex')
          return «given === expected»
        }
      `,
    ],
    valid: [
      py`
        import hmac
        def is_valid(body, signature):
            return hmac.compare_digest(hmac.new(KEY, body, "sha256").hexdigest(), signature)
      `,
      py`
        import hashlib
        def is_same(file, expected): return hashlib.sha256(file.read()).hexdigest() == expected
      `,
      js`
        const crypto = require('crypto')
        const isSame = (body, etag) => crypto.createHash('sha256').update(body).digest('hex') === etag
      `,
      ts`
        import { createHmac, timingSafeEqual } from 'node:crypto'
        export const isValid = (body: string, given: Buffer) =>
          timingSafeEqual(createHmac('sha256', key).update(body).digest(), given)
      `,
    ],
  },
})

/** The result of `hmac.new(…).hexdigest()`, `createHmac(…).update(…).digest('hex')`, by whatever name. */
function isKeyedDigest(file: SourceFile, node: SyntaxNode): boolean {
  let it: SyntaxNode | undefined = file.value(node)
  if (it.kind !== 'Call' || !/^(hex)?digest$/.test(calleeName(it))) return false
  for (let steps = 0; it?.kind === 'Call' && steps < 6; steps++) {
    if (/^(hmac\.(new|HMAC)|crypto\.createHmac)$/.test(calledName(file, it))) return true
    const object: SyntaxNode | undefined = receiver(it)
    it = object && file.value(object)
  }
  return false
}
