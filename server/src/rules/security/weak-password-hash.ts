/** A fast hash does not protect a password: whoever steals it tries billions of passwords a second. */

import {
  argument,
  calleeName,
  isFalse,
  keywordArgument,
  positional,
  receiver,
} from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { passwordIn } from '../support/secret-names.ts'
import { isTestCode } from '../support/test-code.ts'

const HASHES =
  'md4 md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2b blake2s'.split(' ')

export default defineRule({
  id: 'security/weak-password-hash',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [916, 328],
  concept: 'cryptography',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...HASHES,
    'new',
    'update',
    'digest',
    'compute',
    'MD5',
    'SHA1',
    'SHA256',
    'SHA512',
    'SHA3',
    'chain_update',
  ],

  check: {
    *Call(node, file) {
      const hashing = hashingBy(node, file)
      if (!hashing || isTestCode(node, file)) return
      const password = hashing.data.map(it => passwordIn(it, file)).find(it => it !== undefined)
      if (!password || isExplained(node)) return
      yield { at: node, data: { algorithm: hashing.algorithm, password } }
    },
  },

  explain: {
    en: ({ algorithm, password }) => ({
      message: `\`${algorithm}\` is too fast to protect \`${password}\``,
      why: 'It is made to be computed quickly. Whoever gets hold of the stored hashes tries billions of passwords a second and has most of them back within a day, salted or not.',
      remedy: 'Store passwords with a hash that is made to be slow: Argon2id, scrypt or bcrypt.',
    }),
    es: ({ algorithm, password }) => ({
      message: `\`${algorithm}\` es demasiado rápido para proteger \`${password}\``,
      why: 'Está hecho para calcularse deprisa. Quien se haga con los hashes guardados prueba miles de millones de contraseñas por segundo y recupera casi todas en un día, tengan sal o no.',
      remedy: 'Guarda las contraseñas con un hash hecho para ser lento: Argon2id, scrypt o bcrypt.',
    }),
  },

  examples: {
    invalid: [
      py`
        import hashlib
        stored = «hashlib.md5(password.encode())».hexdigest()
      `,
      py`
        from hashlib import sha256
        def check(user, form): return «sha256((salt + form['password']).encode())».hexdigest() == user.hash
      `,
      py`
        import hashlib
        def f(user, passwd):
            digest = hashlib.sha1()
            «digest.update(passwd)»
            «hashlib.new("sha512", f"{user.salt}{passwd}".encode())»
      `,
      js`
        const crypto = require('crypto')
        const hash = «crypto.createHash('sha256').update(password)».digest('hex')
      `,
      js`
        import md5 from 'md5'
        user.hash = «md5(req.body.password)»
      `,
      ts`
        import { createHash } from 'node:crypto'
        function digest(password: string) {
          const hash = createHash('sha512')
          «hash.update(password + salt, 'utf8')»
        }
      `,
      ts`
        import CryptoJS from 'crypto-js'
        const hash = «CryptoJS.SHA256(userPassword)».toString()
      `,
      ts`const bits = await «crypto.subtle.digest('SHA-256', new TextEncoder().encode(password))»`,
      rs`
        use sha2::{Digest, Sha256};
        fn hash(password: &str) {
            let once = «Sha256::digest(password.as_bytes())»;
            let mut hasher = Sha256::new();
            «hasher.update(password)»;
        }
      `,
      rs`fn f(passwd: &str) { let digest = «md5::compute(passwd)»; }`,
    ],
    valid: [
      // Shortened for the slow hash behind it.
      js`
        exports.hash = async (rounds, password) => {
          password = crypto.createHash('sha512').update(password).digest('hex')
          return pool.exec('hash', [password, rounds])
        }
      `,
      py`
        import hashlib
        hashlib.sha256(token.encode())
      `,
      py`
        import hashlib
        hashlib.pbkdf2_hmac('sha256', password.encode(), salt, 600_000)
      `,
      py`
        import hashlib
        hashlib.md5(password.encode(), usedforsecurity=False)
      `,
      py`
        import hashlib
        def is_pwned(password):
            digest = hashlib.sha1(password.encode()).hexdigest()
            return requests.get("https://api.pwnedpasswords.com/range/" + digest[:5])
      `,
      py`
        import hashlib, bcrypt
        def store(password): return bcrypt.hashpw(hashlib.sha256(password).digest(), bcrypt.gensalt())
      `,
      py`
        import hashlib
        def digest_auth(user, realm, password): return hashlib.md5(f"{user}:{realm}:{password}".encode())
      `,
      py`
        import hashlib
        hashlib.sha256(password_hash + reset_password_token)
      `,
      py`cache.update(password)`,
      at(
        'tests/test_login.py',
        py`
          import hashlib
          hashlib.md5(password)
        `,
      ),
      js`
        const crypto = require('crypto')
        const hash = await crypto.scrypt(password, salt, 64)
        const key = crypto.createHmac('sha256', password).update(message)
      `,
      js`form.update(password)`,
      js`function md5(x) {}; md5(password)`,
      ts`createHash('sha256').update(passwordPolicy)`,
      ts`crypto.subtle.digest('SHA-256', file)`,
      rs`fn f(password: &str) { let hash = argon2.hash_password(password.as_bytes(), &salt); }`,
      rs`fn f(password: &str) { state.update(password); }`,
    ],
  },
})

interface Hashing {
  readonly algorithm: string
  readonly data: readonly SyntaxNode[]
}

/** What a call hashes, and with which of the fast ones. */
function hashingBy(call: SyntaxNode, file: SourceFile): Hashing | undefined {
  const name = calleeName(call)
  const data = positional(call)
  if (data.length === 0) return undefined
  if (name === 'update' || name === 'chain_update') {
    const object = receiver(call)
    const algorithm = object && hasherOf(file.value(object), file)
    return algorithm ? { algorithm, data: data.slice(0, 1) } : undefined
  }
  const callee = call.child('callee')
  if (file.language === 'python') return pythonHashing(call, data, pathOf(file, callee), file)
  if (file.language === 'rust') {
    const match = /^(?:md5\.compute|(?:\w+\.)*(Md5|Sha1|Sha\d{3}|Sha3_\d{3})\.digest)$/.exec(
      pathOf(file, callee),
    )
    return match ? { algorithm: match[1] ?? 'md5', data } : undefined
  }
  return javascriptHashing(name, data, pathOf(file, callee), file)
}

function pythonHashing(
  call: SyntaxNode,
  data: readonly SyntaxNode[],
  path: string,
  file: SourceFile,
): Hashing | undefined {
  if (!path.startsWith('hashlib.') || isFalse(file, keywordArgument(call, 'usedforsecurity')))
    return undefined
  if (path !== 'hashlib.new') return { algorithm: path.slice('hashlib.'.length), data: data.slice(0, 1) }
  const algorithm = constantName(argument(call, 0, 'name'), file)
  return isFast(algorithm) ? { algorithm, data: data.slice(1) } : undefined
}

function javascriptHashing(
  name: string,
  data: readonly SyntaxNode[],
  path: string,
  file: SourceFile,
): Hashing | undefined {
  if (name === 'digest') {
    const algorithm = constantName(data[0], file)
    return /\bsubtle\.digest$/.test(path) && isFast(algorithm)
      ? { algorithm, data: data.slice(1) }
      : undefined
  }
  const isHash =
    /^(?:md5|sha1|js-md5|js-sha1|js-sha256|blueimp-md5|sha\.js|crypto-js\/(?:md5|sha1|sha256|sha512|sha3))(?:\.\w+)?$/.test(
      path,
    ) || /^(?:crypto-js|CryptoJS)\.(?:MD5|SHA1|SHA256|SHA512|SHA3)$/.test(path)
  return isHash ? { algorithm: name, data: data.slice(0, 1) } : undefined
}

/** The algorithm of `createHash('md5')`, `hashlib.md5()`, `Sha256::new()`. */
function hasherOf(made: SyntaxNode, file: SourceFile): string | undefined {
  if (made.kind !== 'Call') return undefined
  const path = pathOf(file, made.child('callee'))
  if (file.language === 'python') {
    const algorithm =
      path === 'hashlib.new' ? constantName(argument(made, 0), file) : path.replace(/^hashlib\./, '')
    return path.startsWith('hashlib.') && isFast(algorithm) ? algorithm : undefined
  }
  if (file.language === 'rust')
    return /(?:^|\.)(Md5|Sha1|Sha\d{3}|Sha3_\d{3})\.(?:new|default)$/.exec(path)?.[1]
  if (path !== 'crypto.createHash') return undefined
  const algorithm = constantName(argument(made, 0), file)
  return isFast(algorithm) ? algorithm : undefined
}

function constantName(node: SyntaxNode | undefined, file: SourceFile): string {
  const constant = node && file.constant(node)
  return constant?.kind === 'string' ? constant.value : ''
}

function isFast(algorithm: string): boolean {
  return /^(?:md[245]|ripemd160|sha-?1|sha-?(?:224|256|384|512)(?:-256)?|sha3[-_]\d{3}|blake2[bs]\d*)$/i.test(
    algorithm,
  )
}

/**
 * Hashes that are right as they are: what goes on into a slow one, what a service is asked about, what a protocol such
 * as HTTP's digest prescribes, what is only a key to look something up.
 */
function isExplained(call: SyntaxNode): boolean {
  const around = call.function ?? call.closest('ExpressionStatement', 'Declaration')
  return /bcrypt|scrypt|argon|pbkdf|pwned|hibp|breach|leaked|rounds|['"]compare['"]|realm|nonce|challenge|scramble|scram|ntlm|native_password|cache/i.test(
    around?.text ?? '',
  )
}
