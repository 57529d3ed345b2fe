/** A password or a key written into the code is known to everybody who has the code, and cannot be changed without it. */

import { argument, calleeName, keyText, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { literalText } from '../support/literal-text.ts'
import { isPasswordName } from '../support/secret-names.ts'
import { isPlaceholder, looksChosen, looksGenerated } from '../support/secret-values.ts'
import { isExamplePath, isSeedPath, isTestCode } from '../support/test-code.ts'
import { wordsOf } from '../support/words.ts'

export default defineRule({
  id: 'security/hard-coded-credentials',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [798, 259],
  concept: 'secrets',
  impact: { likelihood: 'medium', cost: 'weeks' },

  callees: ['createHmac', 'sign', 'verify', 'encode', 'decode', 'new'],

  check: {
    Declarator: (node, file) => given(node.child('target'), node.child('value'), file),
    Assignment: (node, file) => given(node.child('target'), node.child('value'), file),
    Pair: (node, file) =>
      isPublicConfig(node) || isLabel(node) || isOneOfMany(node)
        ? undefined
        : given(node.child('key'), node.child('value'), file),
    KeywordArgument: (node, file) => given(node.child('label'), node.child('value'), file),
    Field: (node, file) => given(node.child('name'), node.child('value'), file),
    Parameter: (node, file) => given(node.child('target'), node.child('value'), file),
    DefaultPattern: (node, file) => given(node.child('target'), node.child('value'), file),
    Call: (node, file) => signed(node, file),
    Comparison: (node, file) => compared(node, file),
    Logical: (node, file) => fallback(node, file),
  },

  explain: {
    en: ({ name }) => ({
      message: `The value of \`${name}\` is written into the code`,
      why: 'Everybody who can read the code knows it, and so does everybody who ever could, for the history keeps it. To change it, the program has to be changed and shipped.',
      remedy: 'Read it from the environment or from a secret store, and replace the one that stands here.',
    }),
    es: ({ name }) => ({
      message: `El valor de \`${name}\` está escrito en el código`,
      why: 'Lo conoce quien pueda leer el código, y también quien pudo leerlo alguna vez, porque el historial lo conserva. Para cambiarlo hay que modificar y volver a publicar el programa.',
      remedy: 'Léelo del entorno o de un almacén de secretos y sustituye el que está aquí.',
    }),
  },

  examples: {
    invalid: [
      ts`
        import crypto from 'crypto'
        export const sign = (text: string) => crypto.createHmac('sha256', «'pq4zR9kLq2XvT7mBw8cYd'»).update(text).digest()
      `,
      py`
        import jwt
        token = jwt.encode(claims, «"p4zR9kLq2XvT7mBw8cYd"», algorithm="HS256")
      `,
      py`password = «"tr0ub4dor&3"»`,
      // Whoever has an account has few lines about it.
      ts`const account = { name: 'Alice', place: 'Madrid', password: «'Winter2Sun'» }`,
      py`connect(host, user="shop", password=«"w1nter-Sun!"»)`,
      py`settings = {"api_key": «"k9QzT2vLm4XrB7wYc1Pd"»}`,
      py`SECRET_KEY = os.environ.get("SECRET_KEY", «"p4zR9kLq2XvT7mBw8cYd"»)`,
      py`secret = os.getenv("DB_PASSWORD", «"w1nter-Sun!"»)`,
      py`if password == «"Sesame!2024"»: open_door()`,
      js`const client = new Client({ user: 'shop', password: «'tr0ub4dor&3'» })`,
      js`const jwtSecret = process.env.JWT_SECRET || «'q8Zr5TkLm2XvB9wYc4Pd'»`,
      ts`class Config { private readonly dbPassword = «'w1nter-Sun!'» }`,
      ts`function connect(user: string, password = «'tr0ub4dor&3'») {}`,
      rs`const API_KEY: &str = «"k9QzT2vLm4XrB7wYc1Pd"»;`,
      rs`fn f() { let user = User { name, password: «"tr0ub4dor&3"».to_string() }; }`,
    ],
    valid: [
      // What counts visits is written to by everybody.
      ts`class A { private apiKey = 'phc_9Zq3LkV7m2XwT5sRb8NcYd1HfG4jKa6P' }`,
      rs`const SEGMENT_API_KEY: &str = "P7GtXq2mLw9RzK4vBn8sYd3HfJ6cTa5E";`,
      ts`
        import jwt from 'jsonwebtoken'
        const token = jwt.sign(claims, key)
      `,
      py`
        import hmac
        digest = hmac.new(b"request", body, "sha256")
      `,
      // Every browser is given these.
      js`const search = { appId: 'Q2ZT4KLM9X', apiKey: 'k9qzt2vlm4xrb7wyc1pd', indexName: 'docs' }`,
      ts`initializeApp({ apiKey: 'k9QzT2vLm4XrB7wYc1Pd', authDomain: 'a.firebaseapp.com', projectId: 'a' })`,
      py`password = os.environ["PASSWORD"]`,
      py`password = "changeme1"`,
      // Labels, one of them a brand's.
      ts`const brands = { lastpass: 'LastPass', keepass: 'KeePass 2', password: '1Passkey8', bitwarden: 'Bitwarden' }`,
      py`PASSWORD_RESET_URL = "/password/reset/2"`,
      py`name: str = Field(description="who", examples=[{"user": "ann", "password": "w1nter-Sun!"}])`,
      js`const users = [{ name: 'ann', password: 'Ann_123x' }, { name: 'bob', password: 'Bob_123x' }]`,
      py`password_field = "password1"`,
      py`password = "auth.password.v2"`,
      py`token = "INTEGER_2_TOKEN"`,
      py`api_key = "\${API_KEY_2}"`,
      py`password = "$2b$12$k9QzT2vLm4XrB7wYc1Pd.u"`,
      at('tests/test_login.py', py`password = "tr0ub4dor&3"`),
      at('src/database/seeds/02_accounts.ts', ts`const account = { name: 'ann', password: 'tr0ub4dor&3' }`),
      at('prisma/seed.ts', ts`await db.user.create({ data: { name: 'ann', password: 'tr0ub4dor&3' } })`),
      at('examples/shop.py', py`password = "tr0ub4dor&3"`),
      js`const labels = { password: 'Enter password (8-20 characters)' }`,
      js`const selectors = { password: '#password-input2', token: 'input[name=token1]' }`,
      js`const tokenKey = 'access_token_v2'`,
      js`const sitekey = '6LdCxQQpAAAAAKjC5rDm3aLuGRaiC2MV'`,
      ts`type Login = { password: 'p4ssword!' | 'none' }`,
      ts`if (password === 'none') skip()`,
      ts`const apiKey = 'your-api-key-123456'`,
      rs`const PASSWORD: &str = "password";`,
      rs`
        #[cfg(test)]
        mod tests { const PASSWORD: &str = "tr0ub4dor&3"; }
      `,
    ],
  },
})

const ANY_SECRET =
  /passw|passphrase|passcode|pwd|secret|token|api_?key|access_?key|private_?key|signing_?key|encryption_?key|auth_?key|master_?key|credential/i

/** A name and the text that it is given. */
function given(target: SyntaxNode | undefined, value: SyntaxNode | undefined, file: SourceFile) {
  if (!target || !value?.is('String', 'Call')) return undefined
  const text = textIn(value)
  if (!text) return undefined
  // What stands for a variable of the environment has two names: `secret = getenv('DB_PASSWORD', '…')`.
  const names = [nameOf(target), text.role === 'argument' ? keyText(text.previous) : '']
  for (const name of names) {
    const found = ANY_SECRET.test(name) && report(name, text, file)
    if (found) return found
  }
  return undefined
}

/** `process.env.SECRET || '…'`, `os.environ.get('SECRET', '…')` say by themselves what the text stands for. */
function fallback(node: SyntaxNode, file: SourceFile) {
  const right = node.child('right')
  if (right?.kind !== 'String' || !/^(?:\|\||\?\?|or)$/.test(node.operator)) return undefined
  const left = node.child('left')
  const name = left?.is('Member', 'Index') ? nameOf(left) : ''
  return ANY_SECRET.test(name) ? report(name, right, file) : undefined
}

/** Functions that sign, and where among their arguments the key stands. */
const SIGNING: Readonly<Record<string, number>> = {
  'crypto.createHmac': 1,
  'jsonwebtoken.sign': 1,
  'jsonwebtoken.verify': 1,
  'jwt.encode': 1,
  'jwt.decode': 1,
  'hmac.new': 0,
}

/** `createHmac('sha256', '…')` */
function signed(call: SyntaxNode, file: SourceFile) {
  const callee = call.child('callee')
  const index = callee && SIGNING[file.qualifiedName(callee)]
  if (index === undefined || file.language === 'rust') return undefined
  const key = argument(call, index, 'key')
  const value = key && literalText(key)?.value
  return key && value && looksGenerated(value) ? report('secretKey', key, file) : undefined
}

/** Search in a page (`appId`, `indexName`) and Firebase (`authDomain`) give their keys to every browser. */
function isPublicConfig(pair: SyntaxNode): boolean {
  if (!/^api_?key$/i.test(keyText(pair.child('key')))) return false
  const keys = new Set(pair.parent?.children('element').map(it => keyText(it.child('key'))))
  return keys.has('authDomain') || keys.has('indexName') || keys.has('measurementId')
}

/** `password == '…'`. */
function compared(node: SyntaxNode, file: SourceFile) {
  if (!/^===?$/.test(node.operator)) return undefined
  const left = node.child('left')
  const right = node.child('right')
  const [subject, text] = right?.kind === 'String' ? [left, right] : [right, left]
  if (!subject?.is('Name', 'Member') || text?.kind !== 'String') return undefined
  const name = nameOf(subject)
  return isPasswordName(name) ? report(name, text, file) : undefined
}

/** Several accounts in a list, each with its password, are there to try a program with: `[{ user: 'ann', password: '…' }, …]`. */
function isOneOfMany(pair: SyntaxNode): boolean {
  const list = pair.parent?.parent
  const key = pair.child('key')?.text
  if (list?.kind !== 'List' || key === undefined) return false
  const others = list
    .children('element')
    .filter(
      it => it.kind === 'Dictionary' && it.children('element').some(own => own.child('key')?.text === key),
    )
  return others.length > 1
}

/** Among names that people read, `{ github: 'GitHub', bitwarden_token: 'Bitwarden2' }`, one more is no secret. */
function isLabel(pair: SyntaxNode): boolean {
  const texts = (pair.parent?.children('element') ?? []).flatMap(it => {
    const value = it.child('value')
    return value?.kind === 'String' ? [literalText(value)?.value ?? ''] : []
  })
  return texts.length >= LEAST_LABELS && texts.every(it => LABEL.test(it))
}

/** Fewer may be an account: a name, a place and a password. */
const LEAST_LABELS = 4
const LABEL = /^[A-Z0-9][\w.+&/'-]{1,24}(?: [\w.+&/'()-]{1,24}){0,5}$/

function report(name: string, text: SyntaxNode, file: SourceFile) {
  const kind = kindOf(name)
  const value = kind && literalText(text)?.value
  if (!value || isPlaceholder(value) || isPublic(value)) return undefined
  if (!(kind === 'chosen' ? looksChosen(value) || looksGenerated(value) : looksGenerated(value)))
    return undefined
  if (
    isTestCode(text, file) ||
    isExamplePath(file.path) ||
    isInExample(text) ||
    isSeedPath(file.path) ||
    /(?:^|\/)(?:locales?|i18n|translations?|lang)\//.test(file.path)
  )
    return undefined
  return [{ at: text, data: { name } }]
}

/** `Field(examples=[{"password": "…"}])`, `{ example: { token: '…' } }`: shown in a description of the interface. */
function isInExample(text: SyntaxNode): boolean {
  for (let it = text.parent; it; it = it.parent) {
    const name =
      it.kind === 'KeywordArgument' ? it.child('label') : it.kind === 'Pair' ? it.child('key') : undefined
    if (name && /^['"]?examples?['"]?$/i.test(name.text)) return true
  }
  return false
}

/** The text that a value is: itself, `"…".to_string()`, `String::from("…")`, `getenv('X', '…')`. */
function textIn(value: SyntaxNode): SyntaxNode | undefined {
  if (value.kind === 'String') return value
  const name = calleeName(value)
  if (/^(?:to_string|to_owned|into|as_bytes|encode)$/.test(name)) {
    const object = receiver(value)
    return object?.kind === 'String' ? object : undefined
  }
  const texts = value.children('argument')
  if (name === 'from' && texts.length === 1 && texts[0]!.kind === 'String') return texts[0]
  return /^(?:getenv|get|config|env)$/.test(name) &&
    texts.length === 2 &&
    texts.every(it => it.kind === 'String') &&
    isEnvironment(value)
    ? texts[1]
    : undefined
}

function isEnvironment(call: SyntaxNode): boolean {
  return /environ|getenv|config|env/i.test(call.child('callee')?.text ?? '')
}

function nameOf(node: SyntaxNode): string {
  if (node.kind === 'Member') return node.child('property')?.name ?? ''
  if (node.kind === 'Index') return keyText(node.child('index'))
  return node.kind === 'String' ? keyText(node) : node.text
}

const NO_SECRET =
  /^(?:public|publishable|anon|analytics|segment|posthog|mixpanel|amplitude|telemetry|bugsnag|site|id|ids|name|names|header|headers|prefix|suffix|type|types|kind|url|uri|path|file|storage|cookie|field|label|placeholder|message|error|hint|title|text|column|param|params|parameter|pattern|regex|format|length|max|min|count|expiry|ttl|test|dummy|mock|fake|example|sample|hash|hashed|algorithm|event|action|class|selector|element|input|node|color|endpoint|scope|alg|version|symbol|description)$/

/** What a name holds: something that somebody made up, something that a machine made, or nothing secret. */
function kindOf(name: string): 'chosen' | 'generated' | undefined {
  if (isPasswordName(name)) return 'chosen'
  const words = wordsOf(name)
  if (words.some(it => NO_SECRET.test(it))) return undefined
  const last = words.at(-1) ?? ''
  const pair = words.slice(-2).join(' ')
  if (/^(?:secret|apikey|credential|credentials)$/.test(last)) return 'generated'
  if (
    /^(?:api|access|secret|private|signing|encryption|auth|master|client|session) (?:key|secret|token)$/.test(
      pair,
    )
  )
    return 'generated'
  return /^(?:token|accesstoken|authtoken)$/.test(last) ? 'generated' : undefined
}

/** Keys whose form says that they may be seen, and those that another rule knows better. */
function isPublic(value: string): boolean {
  return /^(?:\$(?:2[aby]|argon2\w*|pbkdf2[\w-]*|scrypt|\d)\$|pk_|pk\.|phc_|eyJ|AIza|AKIA|gh[pousr]_|sk_live_|xox|glpat-|npm_|-----BEGIN|data:|https?:)/.test(
    value,
  )
}
