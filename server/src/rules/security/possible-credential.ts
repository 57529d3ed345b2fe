/** A text as random as a key, under whatever name, is often one; many other things are random too. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts, written } from '../example.ts'
import { defineRule, type TextFile } from '../rule.ts'
import { givenName } from '../support/given-name.ts'
import { literalText } from '../support/literal-text.ts'
import { mayBeCredential } from '../support/random-text.ts'
import { isExamplePath, isSeedPath, isTestCode } from '../support/test-code.ts'
import hardCodedCredentials from './hard-coded-credentials.ts'
import leakedKey from './leaked-key.ts'

export default defineRule({
  id: 'security/possible-credential',
  severity: 'info',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [798],
  concept: 'secrets',
  impact: { likelihood: 'low', cost: 'weeks' },
  judgedBy: 'secrets',
  enabled: false,

  check: {
    String: possible,
  },

  explain: {
    en: ({ name }) => ({
      message: name ? `The text for \`${name}\` may be a credential` : 'This text may be a credential',
      why: 'It is as random as a key or a password. If it is one, everybody who can read the code can use it, and the history keeps it also after it is deleted.',
      remedy:
        'If it opens something, replace it there, and read the new one from the environment or from a secret store.',
    }),
    es: ({ name }) => ({
      message: name
        ? `El texto de \`${name}\` podría ser una credencial`
        : 'Este texto podría ser una credencial',
      why: 'Es tan aleatorio como una clave o una contraseña. Si lo es, puede usarla quien pueda leer el código, y el historial la conserva aunque se borre.',
      remedy: 'Si abre algo, cámbiala allí y lee la nueva del entorno o de un almacén de secretos.',
    }),
  },

  examples: {
    invalid: [
      py`client = Shop(«"k9QzT2vLm4XrB7wYc1Pd"»)`,
      py`headers["X-Shop"] = «"k9QzT2vLm4XrB7wYc1Pd"»`,
      py`PEM = «"-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY"»`,
      ts`send('shop', «'R7vXq2LmZ9kTw4BcYd81PsNaHe3J'»)`,
      js`const shop = «'acme_live_4fQ9zLm2XvT7bKwYc1PdR8sN'»`,
      rs`fn f() { client.set("shop", «"k9QzT2vLm4XrB7wYc1Pd"»); }`,
      // Random, and known to everybody: what asks the model is for.
      py`commit = «"9fceb02d0ae598e95dc970b74767f19372d61af8"»`,
    ],
    valid: [
      // Other rules are sure of these.
      py`password = "tr0ub4dor&3"`,
      written(py, `client = connect("AKIA${'Q3EGTSYNTHETIC27'}")`),
      js`const jwtSecret = process.env.JWT_SECRET || 'q8Zr5TkLm2XvB9wYc4Pd'`,
      ts`import shop from 'k9QzT2vLm4XrB7wYc1Pd'`,
      ts`const zone = 'America/Argentina/Buenos_Aires'`,
      js`const url = 'https://shop.example.net/k9QzT2vLm4XrB7wYc1Pd'`,
      js`const key = 'your-api-key-123456'`,
      rs`const NAME: &str = "a text with blanks, however long";`,
      at('tests/test_shop.py', py`client = Shop("k9QzT2vLm4XrB7wYc1Pd")`),
      at('db/seeds/shops.py', py`client = Shop("k9QzT2vLm4XrB7wYc1Pd")`),
      at('examples/shop.py', py`client = Shop("k9QzT2vLm4XrB7wYc1Pd")`),
    ],
  },
})

function possible(text: SyntaxNode, file: SourceFile) {
  if (text.end - text.start < 10 || text.role === 'source' || text.role === 'key') return undefined
  const value = literalText(text)?.value
  if (value === undefined || !mayBeCredential(value)) return undefined
  if (
    file.isUntended ||
    isTestCode(text, file) ||
    isExamplePath(file.path) ||
    isSeedPath(file.path) ||
    TRANSLATIONS.test(file.path)
  )
    return undefined
  return isSaid(text, file) ? undefined : [{ at: text, data: { name: givenName(text) } }]
}

const TRANSLATIONS = /(?:^|\/)(?:locales?|i18n|translations?|lang)\//

/** Rules that are sure need no second one that is not. */
function isSaid(text: SyntaxNode, file: SourceFile): boolean {
  let around = text.parent
  for (let steps = 0; around && steps < 3; steps++) {
    for (const it of hardCodedCredentials.check[around.kind]?.(around, file) ?? [])
      if (it.at.start === text.start) return true
    around = around.parent
  }
  const alone: TextFile = { path: file.path, language: file.language, text: text.text }
  for (const _ of leakedKey.check.Text?.(alone) ?? []) return true
  return false
}
