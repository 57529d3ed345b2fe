/** A private key in a file proves to everybody who has the file that they are who the key says. */

import { at, js, json, jsonc, py, rs, text, toml, ts, yaml } from '../example.ts'
import { defineRule, type TextFile } from '../rule.ts'
import { isExamplePath, isTestPath } from '../support/test-code.ts'

export default defineRule({
  id: 'style/private-key',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  cwe: [321, 312],
  concept: 'secrets',
  impact: { likelihood: 'high', cost: 'weeks' },

  needles: ['PRIVATE KEY-----'],

  check: {
    Text: keys,
  },

  explain: {
    en: ({ kind }) => ({
      message: `A private key (\`${kind}\`) stands in this file`,
      why: 'Whoever has the file, or any copy and any old version of it, can sign in, sign or decrypt in the name of the key’s owner.',
      remedy:
        'Replace the key by a new one, and keep that outside of the project, in a secret store or in a file that is not committed.',
    }),
    es: ({ kind }) => ({
      message: `En este archivo hay una clave privada (\`${kind}\`)`,
      why: 'Quien tenga el archivo, o cualquier copia o versión antigua de él, puede iniciar sesión, firmar o descifrar en nombre del dueño de la clave.',
      remedy:
        'Sustituye la clave por otra y guárdala fuera del proyecto, en un almacén de secretos o en un archivo que no se suba.',
    }),
  },

  examples: {
    invalid: [
      py`
        KEY = """
        «-----BEGIN PRIVATE KEY-----»
        MIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX
        abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+/
        -----END PRIVATE KEY-----
        """
      `,
      js`const key = '«-----BEGIN RSA PRIVATE KEY-----»\nMIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX\n-----END RSA PRIVATE KEY-----'`,
      ts`
        const key = [
          '«-----BEGIN EC PRIVATE KEY-----»',
          'MHcCabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX',
          'abcdefghijklmnopqrstuvwxyz0123456789',
        ].join('\n')
      `,
      rs`const KEY: &str = "«-----BEGIN OPENSSH PRIVATE KEY-----»
b3BlbnNzaC1rZXktdjEAabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMN
-----END OPENSSH PRIVATE KEY-----";`,
      ...[json, jsonc].map(
        it =>
          it`{ "private_key": "«-----BEGIN PRIVATE KEY-----»\nMIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX\n-----END PRIVATE KEY-----\n" }`,
      ),
      yaml`
        key: |
          «-----BEGIN RSA PRIVATE KEY-----»
          MIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX
      `,
      toml`key = """
«-----BEGIN PRIVATE KEY-----»
MIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX
"""`,
      text`«-----BEGIN RSA PRIVATE KEY-----»
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF

abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab
`,
    ],
    valid: [
      py`
        if "-----BEGIN PRIVATE KEY-----" in text: raise ValueError
      `,
      py`
        KEY = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkq...
        -----END PRIVATE KEY-----
        """
      `,
      at(
        'tests/test_keys.py',
        py`
          KEY = """
          -----BEGIN PRIVATE KEY-----
          MIIEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX
          """
        `,
      ),
      js`const header = '-----BEGIN RSA PRIVATE KEY-----\n' + wrapped + '\n-----END RSA PRIVATE KEY-----'`,
      ts`const pattern = /-----BEGIN (RSA )?PRIVATE KEY-----/`,
      rs`const BEGIN: &str = "-----BEGIN OPENSSH PRIVATE KEY-----";`,
      json`{ "private_key": "-----BEGIN PRIVATE KEY-----\nYOUR_KEY_HERE\n-----END PRIVATE KEY-----" }`,
      jsonc`{ "public_key": "-----BEGIN PUBLIC KEY-----\nMIIBabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWX" }`,
      yaml`
        key: |
          -----BEGIN RSA PRIVATE KEY-----
          xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      `,
      toml`key = "-----BEGIN PRIVATE KEY-----"`,
      text`The file begins with -----BEGIN RSA PRIVATE KEY----- and ends with -----END RSA PRIVATE KEY-----.`,
    ],
  },
})

const HEADER = /-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----/g

function* keys({ path, text }: TextFile) {
  if (isTestPath(path) || isExamplePath(path)) return
  for (const match of text.matchAll(HEADER)) {
    const end = match.index + match[0].length
    if (holdsKey(text.slice(end, end + 4000)))
      yield { at: { start: match.index, end }, data: { kind: match[1]! } }
  }
}

/** What follows the header is the beginning of a key, and not a placeholder, an ellipsis or an expression. */
function holdsKey(rest: string): boolean {
  const body = rest
    .replace(/-----END[\s\S]*$/, '')
    // How it is written down: in lines, in quotes, with escapes, behind comment signs.
    .replace(/\\r|\\n|\\|["'`,+#]|\/\/|\s+/g, ' ')
    .replace(/^ *(?:Proc-Type: *4 *ENCRYPTED *)?(?:DEK-Info: *[\w-]+ *[0-9A-F]+ *)?/, '')
  const characters = /^(?: *[A-Za-z0-9/=]+)+/.exec(body)?.[0].replace(/ /g, '') ?? ''
  return characters.length >= 56 && new Set(characters.slice(0, 200)).size >= 20
}
