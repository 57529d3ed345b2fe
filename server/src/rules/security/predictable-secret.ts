/** A secret made of ordinary random numbers can be guessed by whoever has seen a few of them. */

import { calleeName, hasSpread, keyText, positional } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertAfter, replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { importsAny, pathOf } from '../support/imports.ts'
import { isSecretName } from '../support/secret-names.ts'
import { isSeedPath, isTestCode } from '../support/test-code.ts'
import { wordsOf } from '../support/words.ts'

export default defineRule({
  id: 'security/predictable-secret',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [338, 330],
  concept: 'cryptography',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...[
      'random',
      'randint',
      'choice',
      'choices',
      'sample',
      'randrange',
      'getrandbits',
      'shuffle',
      'randbytes',
      'normalvariate',
      'uniform',
      'uuid1',
      'v1',
    ],
    ...[
      'alphanumeric',
      'alphabetic',
      'lowercase',
      'uppercase',
      'digit',
      'char',
      'u8',
      'u16',
      'u32',
      'u64',
      'u128',
      'usize',
    ],
  ],

  check: {
    *Call(node, file) {
      const callee = node.child('callee')
      const source = callee ? sourceOf(callee, file) : ''
      if (!callee || !source || isTestCode(node, file) || isSeedPath(file.path)) return
      const name = secretMadeOf(node, file)
      if (!name || importsAny(file, LANGUAGE_MODELS) || tellsAnswersApart(node, file)) return
      if (isKey(node, file) || isMadeUpData(node) || isPickedFromSecrets(node)) return
      yield {
        at: node,
        data: { name, source },
        fix: { safety: 'unsafe', edits: () => withSecrets(node, callee, source, file) },
      }
    },
  },

  explain: {
    en: ({ name, source }) => ({
      message: `\`${name}\` comes from \`${source}\`, whose next values can be predicted`,
      why: 'These numbers are made to look random, not to be secret. From a few of them the state of the generator can be computed, and with it every value before and after.',
      remedy:
        'Take it from the operating system: `secrets` in Python, `crypto.randomBytes` or `crypto.getRandomValues` in JavaScript, `rand::rngs::OsRng` in Rust.',
      fix: 'Take it from `secrets`',
    }),
    es: ({ name, source }) => ({
      message: `\`${name}\` sale de \`${source}\`, cuyos próximos valores se pueden predecir`,
      why: 'Estos números están hechos para parecer aleatorios, no para ser secretos. Con unos pocos se puede calcular el estado del generador y, con él, todos los valores anteriores y siguientes.',
      remedy:
        'Pídelo al sistema operativo: `secrets` en Python, `crypto.randomBytes` o `crypto.getRandomValues` en JavaScript, `rand::rngs::OsRng` en Rust.',
      fix: 'Sacarlo de `secrets`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
          import random
          token = ''.join(«random.choice(LETTERS)» for _ in range(32))
        `,
        py`
          import secrets
          token = ''.join(secrets.choice(LETTERS) for _ in range(32))
        `,
      ),
      fixes(
        py`
          import random
          user.otp = str(«random.randrange(1000000)»).zfill(6)
          delay = random.random()
        `,
        py`
          import random
          import secrets
          user.otp = str(secrets.randbelow(1000000)).zfill(6)
          delay = random.random()
        `,
      ),
      py`
        import random
        def generate_password(length):
            result = ''
            while len(result) < length:
                result += «random.choice(LETTERS)»
            return result
      `,
      py`
        import random, string
        def make_api_key():
            return ''.join(«random.choices(string.ascii_letters, k=40)»)
      `,
      py`
        import uuid
        reset_token = «uuid.uuid1()».hex
      `,
      py`
        from random import randint
        send(verification_code=«randint(100000, 999999)»)
      `,
      js`const resetToken = «Math.random()».toString(36).slice(2)`,
      js`const user = { salt: String(«Math.random()»), passwordHash }`,
      js`
        function generateToken() {
          let result = ''
          for (let i = 0; i < 32; i++) result += LETTERS[Math.floor(«Math.random()» * LETTERS.length)]
          return result
        }
      `,
      js`function makeTokenFor(user) { return user.id + LETTERS.charAt(«Math.random()» * 36) }`,
      ts`const makeSecret = () => Array.from({ length: 20 }, () => LETTERS.charAt(«Math.random()» * 36)).join('')`,
      ts`
        import { v1 } from 'uuid'
        class Session { apiKey = «v1()» }
      `,
      py`
        import random
        def remember(response, session, cookie):
            value = str(«random.getrandbits(32)»)
            session[cookie] = value
      `,
      rs`fn f() { let token: String = std::iter::repeat_with(|| «fastrand::alphanumeric()»).take(32).collect(); }`,
    ],
    valid: [
      py`
        import random
        class Variable:
            def set(self, value):
                token = str(random.getrandbits(64))
                setattr(self.values, token, value)
                return token
      `,
      js`
        function sign(params) {
          return { SignatureNonce: Math.random().toString(), Timestamp: new Date().toISOString(), ...params }
        }
      `,
      ts`
        const data = {
          key: '$randomPassword',
          value: () => {
            let password = ''
            for (let i = 0; i < 9; i++) password += LETTERS.charAt(Math.floor(Math.random() * 26))
            return password
          },
        }
      `,
      // Kept to see whether the answer is still wanted.
      js`
        function load() {
          const fetchToken = Math.random().toString(36)
          this.fetchToken = fetchToken
          return fetch(url).then(it => this.fetchToken === fetchToken ? it : undefined)
        }
      `,
      // One of those that there are.
      py`
        import random
        api_key = random.choice(api_keys)
      `,
      js`const apiKey = apiKeys[Math.floor(Math.random() * apiKeys.length)]`,
      py`
        import random
        color = random.choice(COLORS)
        if random.random() < token_rate: send(token)
      `,
      py`
        import secrets
        token = secrets.choice(LETTERS)
      `,
      py`
        import random
        token = random.SystemRandom().choice(LETTERS)
      `,
      py`
        import random
        def generate_password():
            length = random.randint(16, 24)
            return secrets.token_urlsafe(length)
      `,
      py`
        import random, torch
        token = random.choice(vocabulary)
      `,
      py`
        import random
        token_count = random.randint(1, 9)
        token = fetch(random.choice(SERVERS))
      `,
      py`
        import uuid
        token = uuid.uuid4()
      `,
      at(
        'tests/test_login.py',
        py`
          import random
          token = random.random()
        `,
      ),
      // Rows to try a program with.
      at(
        'packages/db/seed/people.ts',
        ts`await db.invitation.create({ data: { token: Math.random().toString(36).slice(2) } })`,
      ),
      js`const id = 'menu-' + Math.random().toString(36)`,
      js`setHint({ text, nonce: Math.random() })`,
      py`
        import random
        token = random.randrange(sys.maxsize)
      `,
      js`function temporary(path) { const nonce = Math.random().toString(36); return path + nonce }`,
      js`const cancelToken = Math.random()`,
      js`const token = Math.random() < 0.5 ? first : second`,
      js`setTimeout(refreshToken, Math.random() * 1000)`,
      ts`const token = crypto.randomUUID()`,
      ts`function generateIdForToken(token: Token) { return \`item-\${Math.random()}\` }`,
      js`
        const nonce = () => LETTERS.charAt(Math.floor(Math.random() * 36)) + LETTERS.charAt(Math.random() * 36)
        const signed = sign({ oauth_nonce: nonce(), oauth_timestamp: seconds() })
      `,
      ts`function tokenColor(token: Token) { const hue = Math.random() * 360 }`,
      rs`fn f() { let delay = fastrand::u64(..100); let token: u64 = rand::random(); }`,
    ],
  },
})

/** What the numbers come from, when they can be predicted. */
function sourceOf(callee: SyntaxNode, file: SourceFile): string {
  const path = pathOf(file, callee)
  switch (file.language) {
    case 'python':
      return /^(?:random|numpy\.random)\.\w+$|^uuid\.uuid1$/.test(path) ? path : ''
    case 'rust':
      return /^fastrand\.\w+$/.test(path) ? path.replace('.', '::') : ''
    default:
      return path === 'Math.random' || path === 'uuid.v1' ? path : ''
  }
}

/** Where a token is a piece of text. */
const LANGUAGE_MODELS =
  /\b(?:torch|tensorflow|transformers|nltk|spacy|jax|tokenizers?|sentencepiece|gensim|keras|tiktoken|ast|lexer|parser)\b/

/** What only changes the shape of a value. */
const SHAPING = new Set(
  'String Number BigInt str int float hex oct bin chr ord bytes bytearray repr list tuple set sorted sum map filter zfill rjust ljust encode decode format floor round ceil trunc abs pow imul join toString toFixed substring substr slice concat replace replaceAll padStart padEnd repeat charAt charCodeAt fromCharCode at from fill keys values Array Uint8Array btoa atob b64encode urlsafe_b64encode hexlify md5 sha1 sha256 sha512 createHash update digest hexdigest upper lower toUpperCase toLowerCase parseInt parseFloat choices sample choice shuffle to_string collect take repeat_with chain replace_all hex_string'.split(
    ' ',
  ),
)

/** Numbers that say how much, not what. */
const MEASURES =
  /^(?:n|len|length|size|count|delay|timeout|wait|times?|ttl|age|retries|rounds|iterations|amount|seed)$/i
const MAKES = /^(?:generate|gen|make|create|new|random|build|produce|get|fetch|issue|rand)$/

/** The name of the secret that a random value goes into, if it is one. */
function secretMadeOf(call: SyntaxNode, file: SourceFile): string | undefined {
  let child = call
  let isText = calleeName(call) === 'uuid1' || calleeName(call) === 'v1'
  for (const it of call.ancestors()) {
    const given = nameGiven(it, child)
    if (given !== undefined) {
      // A bare number called token or nonce tells one thing from another; it lets nobody in.
      if (isSecret(given, file))
        return (isText || !/(?:token|nonce)$/i.test(given)) && mattersHere(given, call) ? given : undefined
      if (MEASURES.test(given) || isOther(given)) return undefined
      return makerOf(call, file) ?? cookieMadeOf(it, file)
    }
    if (it.kind === 'Return') return makerOf(call, file)
    if (it.kind === 'Function') {
      // The result of a short function: what `map` makes of it, or what its own name says.
      if (child.role !== 'body' || child.kind === 'Block') return undefined
      const name = it.child('name')?.text
      if (name) return isSecret(name, file) ? name : undefined
    } else if (!passesOn(it, child)) return undefined
    isText ||= makesText(it)
    child = it
  }
  return undefined
}

/** `session[cookie] = value`, `response.set_cookie('remember', value)`: what a browser shows to be known again. */
function cookieMadeOf(given: SyntaxNode, file: SourceFile): string | undefined {
  const target = given.child('target')
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  for (const use of binding?.reads() ?? []) {
    const { parent } = use
    const put = parent?.kind === 'Assignment' && use.role === 'value' ? parent.child('target') : undefined
    if (put?.kind === 'Index' && /session/i.test(put.child('object')?.text ?? '')) {
      const key = keyText(put.child('index'))
      if (/cookie|token|remember|login|auth/i.test(key)) return key
    }
    const name =
      parent?.kind === 'Call' && use.role === 'argument' ? parent.children('argument')[0] : undefined
    if (name && /^(?:set_cookie|cookie)$/.test(calleeName(parent!)) && name.row !== use.row) {
      const key = keyText(name)
      if (isSecret(key, file) || /remember|login|auth|session/i.test(key)) return key
    }
  }
  return undefined
}

/**
 * `const token = Math.random(); this.current = token; …; if (this.current === token)`: kept to see whether an answer is
 * still wanted. It leaves the program nowhere.
 */
function tellsAnswersApart(call: SyntaxNode, file: SourceFile): boolean {
  const target = call.closest('Declarator')?.child('target')
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  if (!binding) return false
  let isCompared = false
  for (const use of binding.reads()) {
    const { parent } = use
    if (parent?.kind === 'Comparison') isCompared = true
    else if (parent?.kind !== 'Assignment' || use.role !== 'value') return false
  }
  return isCompared
}

/** `setattr(store, token, value)`: a place to keep something under, inside of the program. */
function isKey(call: SyntaxNode, file: SourceFile): boolean {
  const target = call.closest('Assignment', 'Declarator')?.child('target')
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  for (const use of binding?.reads() ?? [])
    if (use.parent?.kind === 'Call' && /^(?:set|get|del|has)attr$/.test(calleeName(use.parent))) return true
  return false
}

/** `key = random.choice(keys)`, `keys[Math.floor(Math.random() * keys.length)]`: one of several that exist already. */
function isPickedFromSecrets(call: SyntaxNode): boolean {
  const index = call.closest('Index')
  const from = calleeName(call) === 'choice' ? call.child('argument') : index?.child('object')
  const given = (calleeName(call) === 'choice' ? call : index)?.parent
  const last = from?.kind === 'Member' ? from.child('property') : from
  const many = last?.name.toLowerCase() ?? ''
  if (!many.endsWith('s') || !isSecretName(many.slice(0, -1))) return false
  return given?.is('Assignment', 'Declarator', 'Return') ?? false
}

/** Among entries like `{ key: '$randomPassword', value: () => … }`: data to try something out with. */
function isMadeUpData(call: SyntaxNode): boolean {
  const entries = call.closest('Dictionary')?.children('element') ?? []
  return entries.some(it => {
    const value = it.kind === 'Pair' ? it.child('value') : undefined
    return value?.kind === 'String' && /random|fake|mock|sample/i.test(value.text)
  })
}

/** A nonce or a salt matters where something is signed or hashed; elsewhere it only keeps names apart. */
function mattersHere(name: string, call: SyntaxNode): boolean {
  if (!/(?:nonce|salt)$/i.test(name)) return true
  if (isNonceOfOauth(name, call)) return false
  const around = call.function ?? call.closest('Class', 'ExpressionStatement', 'Declaration', 'Declarator')
  // Beside a time, it only has to be another one each time.
  if (/nonce$/i.test(name) && /timestamp/i.test(around?.text ?? '')) return false
  return /sign|auth|wallet|hmac|hash|login|passw|pwd|crypt|cipher|digest|\bcsp|script-src/i.test(
    around?.text ?? '',
  )
}

/** The nonce of OAuth 1 is sent in the open beside the time, and has to be another one each time, no more. */
function isNonceOfOauth(name: string, call: SyntaxNode): boolean {
  return /nonce$/i.test(name) && /oauth_(?:nonce|timestamp)/.test(call.tree.text)
}

function isSecret(name: string, file: SourceFile): boolean {
  if (isSecretName(name)) return true
  // The number of a visit in a browser is no secret, that of a session on a server is.
  return (
    /^(?:\w*_)?session_?id$/i.test(name) &&
    (file.language === 'python' ||
      importsAny(file, /['"](?:node:)?(?:express|fastify|koa|https?|hapi|cookie)['"]/))
  )
}

/** A thing with a name of its own: what it is used for is not what the function around it makes. */
function isOther(name: string): boolean {
  return !/^(?:[a-z]|s|r|out|res|result|ret|text|str|string|chars?|characters?|letters?|index|idx|i|pos|value|val|rand|random|rnd|num|number|digit|code|id|key|buf|buffer|bytes?|output|random\w*)$/i.test(
    name,
  )
}

/** The name that an ancestor gives to the value. */
function nameGiven(it: SyntaxNode, child: SyntaxNode): string | undefined {
  if (child.role !== 'value') return undefined
  switch (it.kind) {
    case 'Declarator':
    case 'Assignment':
    case 'AugmentedAssignment':
    case 'NamedExpression':
    case 'Parameter':
    case 'DefaultPattern':
      return nameOf(it.child('target'))
    case 'Field':
      return nameOf(it.child('name'))
    case 'Pair':
      return keyText(it.child('key'))
    case 'KeywordArgument':
      return it.child('label')?.text ?? ''
    default:
      return undefined
  }
}

function nameOf(target: SyntaxNode | undefined): string {
  if (target?.kind === 'Member') return target.child('property')?.name ?? ''
  if (target?.kind === 'Index') return keyText(target.child('index'))
  return target?.name ?? ''
}

/** The value of the child goes, in some shape, into the value of the node. */
function passesOn(it: SyntaxNode, child: SyntaxNode): boolean {
  switch (it.kind) {
    case 'Binary':
    case 'Unary':
    case 'Template':
    case 'Interpolation':
    case 'Parenthesized':
    case 'Comprehension':
    case 'List':
    case 'Tuple':
    case 'Index':
    case 'Slice':
    case 'Logical':
    case 'Await':
    case 'Cast':
    case 'NonNull':
    case 'Spread':
    case 'Concatenation':
    case 'Borrow':
      return true
    case 'Conditional':
      return child.role !== 'condition'
    case 'Member':
      return child.role === 'object'
    case 'Call':
    case 'New':
      return child.role === 'callee' || SHAPING.has(calleeName(it)) ? SHAPING.has(calleeName(it)) : false
    default:
      return false
  }
}

function makesText(it: SyntaxNode): boolean {
  if (it.kind === 'Call') return !NUMERIC.test(calleeName(it))
  return it.is('Template', 'Index', 'Comprehension', 'List')
}

const NUMERIC =
  /^(?:Number|BigInt|int|float|floor|round|ceil|trunc|abs|pow|imul|parseInt|parseFloat|ord|sum)$/

/** The function around it makes secrets, as its name says: `generate_token`. */
function makerOf(call: SyntaxNode, file: SourceFile): string | undefined {
  const maker = call.function
  const name = maker?.child('name')?.text ?? nameOf(maker?.parent?.child('target'))
  // `generateIdForToken` makes an id.
  const words = wordsOf(name)
  const end = words.findIndex((it, i) => i > 0 && /^(?:for|of|from|in|by|with)$/.test(it))
  const made = end === -1 ? name : words.slice(0, end).join('_')
  if (!name || !isSecret(made, file) || isNonceOfOauth(made, call)) return undefined
  return MAKES.test(words[0] ?? '') || words.length <= 2 ? name : undefined
}

const EQUALS: Readonly<Record<string, string>> = {
  'random.choice': 'choice',
  'random.getrandbits': 'randbits',
  'random.randbytes': 'token_bytes',
  'random.randrange': 'randbelow',
}

/** The same from `secrets`, where it has the same. */
function withSecrets(
  call: SyntaxNode,
  callee: SyntaxNode,
  source: string,
  file: SourceFile,
): readonly TextEdit[] {
  const equal = EQUALS[source]
  const module = callee.child('object')
  if (!equal || module?.kind !== 'Name' || hasSpread(call) || positional(call).length !== 1) return []
  if (source === 'random.randrange' && call.children('argument').length !== 1) return []
  const edits = [replace(callee, `secrets.${equal}`)]
  if (isImported('secrets', file)) return edits
  const binding = file.binding(module)
  const statement = binding?.declaration.closest('Import')
  if (!binding || statement?.text !== 'import random') return []
  const uses = [...binding.reads()].length
  return [
    ...edits,
    uses > 1 ? insertAfter(statement, '\nimport secrets') : replace(statement, 'import secrets'),
  ]
}

function isImported(name: string, file: SourceFile): boolean {
  return file.root.children('statement').some(it => it.kind === 'Import' && it.text === `import ${name}`)
}
