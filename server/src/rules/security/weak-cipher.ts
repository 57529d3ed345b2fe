/** Ciphers that have been broken, and modes that show the structure of what they encrypt. */

import { argument, calleeName, property } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/weak-cipher',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [327],
  concept: 'cryptography',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: [
    ...['new', 'TripleDES', 'Blowfish', 'ARC4', 'CAST5', 'IDEA', 'SEED', 'RC2', 'ECB'],
    ...['createCipher', 'createDecipher', 'createCipheriv', 'encrypt'],
    ...[
      'new_from_slice',
      'new_from_slices',
      'aes_128_ecb',
      'aes_192_ecb',
      'aes_256_ecb',
      'des_cbc',
      'des_ecb',
    ],
    ...[
      'des_ede3',
      'des_ede3_cbc',
      'des_ede3_cfb64',
      'rc4',
      'bf_cbc',
      'bf_ecb',
      'bf_cfb64',
      'bf_ofb',
      'seed_cbc',
    ],
  ],

  check: {
    *Call(node, file) {
      const weakness =
        file.language === 'python'
          ? python(node, file)
          : file.language === 'rust'
            ? rust(node, file)
            : javascript(node, file)
      if (!weakness || isTestCode(node, file) || isOfProtocol(file)) return
      // One block at a time is how other modes are built.
      if (weakness.what === 'mode' && BUILDS_MODE.test(node.function?.child('name')?.text ?? '')) return
      yield { at: weakness.at, data: { name: weakness.name, what: weakness.what } }
    },
  },

  explain: {
    en: ({ name, what }) => ({
      message: MESSAGES.en[what as What](name),
      why: WHY.en[what as What],
      remedy:
        'Use a cipher that also notices when somebody changes the text: AES-GCM or ChaCha20-Poly1305, with a fresh nonce for every message.',
    }),
    es: ({ name, what }) => ({
      message: MESSAGES.es[what as What](name),
      why: WHY.es[what as What],
      remedy:
        'Usa un cifrado que además detecte si alguien cambia el texto: AES-GCM o ChaCha20-Poly1305, con un nonce nuevo en cada mensaje.',
    }),
  },

  examples: {
    invalid: [
      py`
        from Crypto.Cipher import DES, AES
        cipher = «DES.new»(key, DES.MODE_CBC, iv)
        other = AES.new(key, «AES.MODE_ECB»)
      `,
      py`
        from Cryptodome.Cipher import ARC4 as RC4
        cipher = «RC4.new»(key)
      `,
      py`
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        one = Cipher(«algorithms.TripleDES»(key), modes.CBC(iv))
        two = Cipher(algorithms.AES(key), «modes.ECB»())
      `,
      js`
        const crypto = require('crypto')
        const cipher = crypto.createCipheriv(«'des-ede3-cbc'», key, iv)
        const other = crypto.createCipheriv(«'aes-256-ecb'», key, null)
      `,
      js`
        import { createCipher } from 'node:crypto'
        const cipher = «createCipher»('aes-256-cbc', password)
      `,
      ts`
        import * as crypto from 'crypto'
        const name = 'rc4'
        crypto.createCipheriv(«name», key, '')
      `,
      ts`
        import CryptoJS from 'crypto-js'
        const secret = «CryptoJS.TripleDES.encrypt»(text, key)
        const other = CryptoJS.AES.encrypt(text, key, { mode: «CryptoJS.mode.ECB» })
      `,
      rs`
        use openssl::symm::{encrypt, Cipher};
        fn f() { let data = encrypt(«Cipher::aes_128_ecb»(), &key, None, text); }
      `,
      rs`
        use rc4::{KeyInit, Rc4};
        fn f() { let mut cipher = «Rc4::new»(key.into()); }
      `,
      rs`fn f() { let cipher = «des::TdesEde3::new_from_slice»(&key); let other = «ecb::Encryptor::<aes::Aes128>::new»(&key); }`,
    ],
    valid: [
      at('lib/ntlm/hash.js', js`import crypto from 'crypto'; crypto.createCipheriv('DES-ECB', key, '')`),
      py`
        from Crypto.Cipher import AES
        cipher = AES.new(key, AES.MODE_GCM)
      `,
      py`
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        cipher = Cipher(algorithms.AES(key), modes.GCM(nonce))
      `,
      py`
        from Crypto.Cipher import AES
        def unwrap_key(key, wrapped): return AES.new(key, AES.MODE_ECB).decrypt(wrapped)
      `,
      py`
        class DES: pass
        DES.new(key)
      `,
      at(
        'tests/test_vectors.py',
        py`
          from Crypto.Cipher import DES
          DES.new(key)
        `,
      ),
      js`
        const crypto = require('crypto')
        crypto.createCipheriv('aes-256-gcm', key, nonce)
        crypto.createDecipheriv('des-ede3-cbc', key, iv)
        crypto.createCipheriv(algorithm, key, iv)
      `,
      js`factory.createCipher('rc4')`,
      ts`
        import CryptoJS from 'crypto-js'
        CryptoJS.AES.encrypt(text, key, { mode: CryptoJS.mode.CTR })
      `,
      ts`vault.encrypt(text)`,
      rs`use openssl::symm::Cipher; fn f() { let cipher = Cipher::aes_256_gcm(); }`,
      rs`fn f() { let world = ecs::World::new(); let des = Des::new(); }`,
    ],
  },
})

/** An old protocol says which cipher it is, and nobody who speaks it has a choice. */
function isOfProtocol({ path }: SourceFile): boolean {
  return /ntlm|lanman|mschap|(^|[/_.-])(vnc|rfb|smb|kerberos|krb5|desfire|milenage)([/_.-]|$)/i.test(path)
}

type What = 'cipher' | 'mode' | 'derivation'

interface Weakness {
  readonly at: SyntaxNode
  readonly name: string
  readonly what: What
}

const BUILDS_MODE = /wrap|cmac|xts|eax|ctr|block|header|mask/i

const WEAK_CIPHER =
  /^(?:des|desx|3des|des-?ede|des3|tripledes|rc2|rc4|arc4|arcfour|bf|blowfish|cast5?|idea|seed)(?:$|[-_\d])/i
const ECB = /(?:^|[-_])ecb$/i

function python(call: SyntaxNode, file: SourceFile): Weakness | undefined {
  const callee = call.child('callee')
  if (!callee) return undefined
  const path = pathOf(file, callee)
  const pycrypto = /^Crypto(?:dome)?\.Cipher\.(\w+)\.new$/.exec(path)?.[1]
  if (pycrypto) {
    if (/^(?:DES3?|ARC[24]|Blowfish|CAST|XOR)$/.test(pycrypto))
      return { at: callee, name: pycrypto, what: 'cipher' }
    const mode = argument(call, 1, 'mode')
    return mode && pathOf(file, mode).endsWith('.MODE_ECB')
      ? { at: mode, name: 'MODE_ECB', what: 'mode' }
      : undefined
  }
  const hazmat =
    /^cryptography\.hazmat\.(?:primitives|decrepit)\.ciphers\.(?:algorithms\.(TripleDES|Blowfish|ARC4|CAST5|IDEA|SEED|RC2)|modes\.(ECB))$/.exec(
      path,
    )
  if (!hazmat) return undefined
  return hazmat[1]
    ? { at: callee, name: hazmat[1], what: 'cipher' }
    : { at: callee, name: 'ECB', what: 'mode' }
}

function javascript(call: SyntaxNode, file: SourceFile): Weakness | undefined {
  const callee = call.child('callee')
  if (!callee) return undefined
  const name = calleeName(call)
  const path = pathOf(file, callee)
  if (name === 'encrypt') return cryptoJs(call, callee, path, file)
  if (path !== `crypto.${name}`) return undefined
  if (name === 'createCipher' || name === 'createDecipher') return { at: callee, name, what: 'derivation' }
  const algorithm = argument(call, 0)
  const constant = algorithm && file.constant(algorithm)
  if (!algorithm || constant?.kind !== 'string') return undefined
  if (WEAK_CIPHER.test(constant.value)) return { at: algorithm, name: constant.value, what: 'cipher' }
  return ECB.test(constant.value) ? { at: algorithm, name: constant.value, what: 'mode' } : undefined
}

function cryptoJs(
  call: SyntaxNode,
  callee: SyntaxNode,
  path: string,
  file: SourceFile,
): Weakness | undefined {
  const cipher = /^(?:crypto-js|CryptoJS)\.(\w+)\.encrypt$/.exec(path)?.[1]
  if (!cipher) return undefined
  if (/^(?:DES|TripleDES|RC4|RC4Drop|Rabbit|Blowfish)$/.test(cipher))
    return { at: callee, name: cipher, what: 'cipher' }
  const mode = property(argument(call, 2), 'mode')
  return mode && /^(?:crypto-js|CryptoJS)\.mode\.ECB$/.test(pathOf(file, mode))
    ? { at: mode, name: 'ECB', what: 'mode' }
    : undefined
}

function rust(call: SyntaxNode, file: SourceFile): Weakness | undefined {
  const callee = call.child('callee')
  if (!callee?.is('Path', 'GenericType')) return undefined
  const path = pathOf(file, callee)
  const cipher =
    /^(?:des\.(?:Des|TdesE\w+)|rc4\.\w+|blowfish\.Blowfish\w*|rc2\.Rc2|cast5\.Cast5|idea\.Idea)\.new/.exec(
      path,
    )
  if (cipher) return { at: callee, name: path.split('.')[1]!, what: 'cipher' }
  if (/^ecb\.(?:En|De)cryptor\.new/.test(path)) return { at: callee, name: 'ecb', what: 'mode' }
  const openssl =
    /^openssl\.symm\.Cipher\.(\w+)$/.exec(path)?.[1] ?? /^openssl\.cipher\.Cipher\.(\w+)$/.exec(path)?.[1]
  if (!openssl) return undefined
  if (WEAK_CIPHER.test(openssl)) return { at: callee, name: openssl, what: 'cipher' }
  return ECB.test(openssl) ? { at: callee, name: openssl, what: 'mode' } : undefined
}

const MESSAGES: Readonly<Record<'en' | 'es', Readonly<Record<What, (name: string) => string>>>> = {
  en: {
    cipher: name => `\`${name}\` is a cipher that can be broken`,
    mode: name => `\`${name}\` encrypts equal blocks to equal blocks`,
    derivation: name => `\`${name}\` makes the key and the first block out of the password alone`,
  },
  es: {
    cipher: name => `\`${name}\` es un cifrado que se puede romper`,
    mode: name => `\`${name}\` cifra bloques iguales como bloques iguales`,
    derivation: name => `\`${name}\` saca la clave y el primer bloque solo de la contraseña`,
  },
}

const WHY: Readonly<Record<'en' | 'es', Readonly<Record<What, string>>>> = {
  en: {
    cipher:
      'Its keys or its blocks are too small, or its output is not random enough: what is encrypted with it today can be read by whoever records it.',
    mode: 'Whoever sees the encrypted text sees where it repeats itself, and can swap, repeat and remove blocks without the key.',
    derivation:
      'Equal texts give equal results, and the key comes from one round of MD5. Node.js has removed the function in version 22.',
  },
  es: {
    cipher:
      'Sus claves o sus bloques son demasiado pequeños, o lo que produce no es lo bastante aleatorio: lo que hoy se cifra con él lo puede leer quien lo grabe.',
    mode: 'Quien ve el texto cifrado ve dónde se repite, y puede cambiar de sitio, repetir y quitar bloques sin tener la clave.',
    derivation:
      'Textos iguales dan resultados iguales, y la clave sale de una sola vuelta de MD5. Node.js eliminó la función en la versión 22.',
  },
}
