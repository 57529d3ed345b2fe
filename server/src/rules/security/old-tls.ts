/** Old versions of TLS can be read by those on the way. */

import { keyText } from '../../semantics/calls.ts'
import { calledName, fullName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/old-tls',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [326, 327],
  concept: 'transport-security',
  impact: { likelihood: 'low', cost: 'days' },

  check: {
    *Member(node, file) {
      if (file.language !== 'python' || file.isTest || !OLD_PYTHON.test(node.child('property')?.name ?? ''))
        return
      const name = fullName(file, node)
      if (/^ssl\.(PROTOCOL_|TLSVersion\.)/.test(name) && isChosen(file, node) && !isOneOfAll(node))
        yield { at: node, data: { version: name } }
    },
    *Pair(node, file) {
      if (file.language === 'python' || file.isTest) return
      const key = keyText(node.child('key'))
      const value = /^(minVersion|maxVersion|secureProtocol)$/.test(key) ? node.child('value') : undefined
      const constant = value && file.constant(value)
      if (value && constant?.kind === 'string' && OLD_SCRIPT.test(constant.value))
        yield { at: value, data: { version: constant.value } }
    },
  },

  explain: {
    en: ({ version }) => ({
      message: `\`${version}\` is a version of TLS that has been given up`,
      why: 'SSL 3, TLS 1.0 and TLS 1.1 have known attacks, and no browser speaks them any more; whoever is on the way can make both sides use them.',
      remedy: 'Demand TLS 1.2 at least, or leave it to the library, whose defaults are right.',
    }),
    es: ({ version }) => ({
      message: `\`${version}\` es una versión de TLS abandonada`,
      why: 'SSL 3, TLS 1.0 y TLS 1.1 tienen ataques conocidos y ningún navegador los habla ya; quien esté en medio puede hacer que ambas partes los usen.',
      remedy:
        'Exige al menos TLS 1.2 o déjalo en manos de la biblioteca, cuyos valores por defecto son buenos.',
    }),
  },

  examples: {
    invalid: [
      py`
        import ssl
        context = ssl.SSLContext(«ssl.PROTOCOL_TLSv1»)
      `,
      py`
        import ssl
        context.minimum_version = «ssl.TLSVersion.TLSv1_1»
      `,
      js`https.createServer({ key, cert, minVersion: «'TLSv1'» }, app)`,
      ts`const agent = new https.Agent({ secureProtocol: «'SSLv3_method'» })`,
    ],
    valid: [
      py`
        import ssl
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
      `,
      py`
        import ssl
        NAMES = {ssl.PROTOCOL_TLSv1: "1.0"}
        if version == ssl.TLSVersion.TLSv1: warn()
      `,
      py`
        import ssl
        def lowest(context, options):
            context.minimum_version = ssl.TLSVersion.TLSv1
            if options & ssl.OP_NO_TLSv1: context.minimum_version = ssl.TLSVersion.TLSv1_1
            if options & ssl.OP_NO_TLSv1_1: context.minimum_version = ssl.TLSVersion.TLSv1_2
      `,
      js`https.createServer({ key, cert, minVersion: 'TLSv1.2' }, app)`,
      ts`const agent = new https.Agent({ secureProtocol: 'TLSv1_2_method' })`,
    ],
  },
})

const OLD_PYTHON = /^(PROTOCOL_(SSLv2|SSLv3|TLSv1|TLSv1_1)|SSLv3|TLSv1|TLSv1_1)$/
const OLD_SCRIPT =
  /^(TLSv1|TLSv1\.1|SSLv[23]_((client|server)_)?method|TLSv1(_1)?_((client|server)_)?method)$/

/** A function that names version after version turns into one what somebody else decided. */
function isOneOfAll(node: SyntaxNode): boolean {
  const around = [...node.ancestors()].find(it => it.is('Function', 'Class', 'Module'))
  const named = around?.kind === 'Function' ? around.text.match(/\bTLSVersion\.\w+/g) : undefined
  return new Set(named).size >= 3
}

/** Handed to what makes a connection, or made its lowest version; not compared or listed. */
function isChosen(file: SourceFile, node: SyntaxNode): boolean {
  const { parent } = node
  if (parent?.kind === 'Call') return /^ssl\.(SSLContext|wrap_socket)$/.test(calledName(file, parent))
  if (parent?.kind === 'KeywordArgument')
    return /^(ssl_version|minimum_version)$/.test(parent.child('label')?.text ?? '')
  return (
    parent?.kind === 'Assignment' &&
    /(minimum|maximum)_version$|^ssl_version$/.test(parent.child('target')?.text ?? '')
  )
}
