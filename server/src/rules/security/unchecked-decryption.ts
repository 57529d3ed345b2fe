/** Whether an encrypted text was changed on the way is only known once the decryption was finished. */

import { argument, calleeName } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/unchecked-decryption',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [354],
  concept: 'cryptography',
  impact: { likelihood: 'low', cost: 'days' },
  callees: ['createDecipheriv'],

  check: {
    *Call(node, file) {
      if (calledName(file, node) !== 'crypto.createDecipheriv' || isTestCode(node, file)) return
      const algorithm = argument(node, 0)
      const name = algorithm && file.constant(algorithm)?.value
      if (typeof name === 'string' && AUTHENTICATED.test(name) && isLeftOpen(node, file))
        yield { at: node, data: { name } }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `What \`${name}\` decrypts here is used without a check that nobody changed it`,
      why: 'Only `final()` compares the tag that comes with the message. Without it, whoever can reach the message on its way flips single letters of the text, and nothing is noticed.',
      remedy: 'Call `decipher.final()` before the text is used, and let its error stop what follows.',
    }),
    es: ({ name }) => ({
      message: `Lo que \`${name}\` descifra aquí se usa sin comprobar que nadie lo haya cambiado`,
      why: 'Solo `final()` compara la etiqueta que acompaña al mensaje. Sin ella, quien alcance el mensaje por el camino puede cambiar letras sueltas del texto sin que se note.',
      remedy: 'Llama a `decipher.final()` antes de usar el texto y deja que su error detenga lo que sigue.',
    }),
  },

  examples: {
    invalid: [
      js`
        const crypto = require('crypto')
        function open(key, iv, text, tag) {
          const decipher = «crypto.createDecipheriv('aes-256-gcm', key, iv)»
          decipher.setAuthTag(tag)
          return decipher.update(text, 'hex', 'utf8')
        }
      `,
      ts`
        import { createDecipheriv } from 'node:crypto'
        export function open(key: Buffer, iv: Buffer, text: Buffer) {
          const decipher = «createDecipheriv('chacha20-poly1305', key, iv, { authTagLength: 16 })»
          const parts = [decipher.update(text)]
          return Buffer.concat(parts)
        }
      `,
    ],
    valid: [
      js`
        const crypto = require('crypto')
        function open(key, iv, text, tag) {
          const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv)
          decipher.setAuthTag(tag)
          return decipher.update(text, 'hex', 'utf8') + decipher.final('utf8')
        }
      `,
      js`
        const { createDecipheriv } = require('crypto')
        function stream(key, iv, source) {
          const decipher = createDecipheriv('aes-256-gcm', key, iv)
          return source.pipe(decipher)
        }
        function plain(key, iv, text) {
          const decipher = createDecipheriv('aes-256-ctr', key, iv)
          return decipher.update(text)
        }
      `,
      ts`
        import { createDecipheriv } from 'node:crypto'
        export const opener = (key: Buffer, iv: Buffer) => createDecipheriv('aes-256-gcm', key, iv)
        export function open(key: Buffer, iv: Buffer, text: Buffer) {
          const decipher = createDecipheriv('aes-256-gcm', key, iv)
          return finished(decipher.update(text), decipher)
        }
      `,
    ],
  },
})

/** Modes that bring a tag by which it is known whether the text is still the same. */
const AUTHENTICATED = /-(gcm|ccm|ocb)$|poly1305$/i

/** The text is taken out of it, nothing closes it, and nobody else gets it. */
function isLeftOpen(call: SyntaxNode, file: SourceFile): boolean {
  const { parent } = call
  const target = parent?.is('Declarator', 'Assignment') ? parent.child('target') : undefined
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  if (!binding) return false
  const called: string[] = []
  for (const use of binding.reads()) {
    const method = use.role === 'object' && use.parent?.role === 'callee' ? use.parent.parent : undefined
    if (method?.kind !== 'Call') return false
    called.push(calleeName(method))
  }
  return (
    called.includes('update') && called.every(it => /^(update|setAuthTag|setAAD|setAutoPadding)$/.test(it))
  )
}
