// Names that say that something must not be known to others.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { wordsOf } from './words.ts'

const PASSWORDS = new Set(['password', 'passwd', 'passphrase', 'passcode', 'pwd'])

/** What may follow the word without making it another thing: `passwordBytes` is a password, `passwordField` is not. */
const SAME_THING = new Set(
  'bytes buffer str string text raw plain plaintext input value utf8 encoded data b'.split(' '),
)
/** What makes it another thing wherever it stands: `hashedPassword`, `is_password`, `show_password`. */
const OTHER_THING = new Set(
  'no is has use uses show hide hash hashed hashes salt salted encrypted reset forgot forgotten change changed update token hint min max require required requires needs check verify wrong bad invalid missing empty ask prompt'.split(
    ' ',
  ),
)

/** `password`, `user_passwd`, `passwordBytes`; not `password_hash`, `showPassword`, `passwordLabel`. */
export function isPasswordName(name: string): boolean {
  const words = wordsOf(name)
  const index = words.findLastIndex(it => PASSWORDS.has(it))
  return (
    index !== -1 &&
    words.slice(index + 1).every(it => SAME_THING.has(it) || /^\d+$/.test(it)) &&
    !words.some(it => OTHER_THING.has(it))
  )
}

const SECRETS = new Set([
  ...PASSWORDS,
  'token',
  'secret',
  'nonce',
  'otp',
  'totp',
  'csrf',
  'xsrf',
  'salt',
  'apikey',
])
/** Words that make a secret only together with the one before them. */
const SECRET_PAIRS =
  /^(?:(?:api|secret|private|signing|encryption|session|auth|access|license|master) key|(?:verification|auth|authorization|reset|otp|login|invite|recovery|confirmation|2fa|mfa) code|one time (?:password|code|pin))$/
/** Tokens that keep no secret: of compilers, of promises, of language models. */
const OTHER_TOKEN = new Set(
  'cancel cancellation abort eos bos pad mask unk sep cls next prev max min num stop start end special input output prompt vocab lexer parser'.split(
    ' ',
  ),
)

const SAYS_WHETHER = new Set(
  'is has no use uses show hide check verify require requires needs missing invalid'.split(' '),
)

/** `resetToken`, `api_key`, `csrf`, `newPassword`; not `tokenCount`, `cancelToken`. */
export function isSecretName(name: string): boolean {
  const all = wordsOf(name)
  const end = all.findLastIndex(it => !SAME_THING.has(it) && it !== 'hex' && !/^\d+$/.test(it)) + 1
  const words = all.slice(0, end)
  const last = words.at(-1) ?? ''
  if (words.some(it => OTHER_TOKEN.has(it)) || (words.length > 1 && SAYS_WHETHER.has(words[0]!))) return false
  return (
    SECRETS.has(last) ||
    SECRET_PAIRS.test(words.slice(-2).join(' ')) ||
    SECRET_PAIRS.test(words.slice(-3).join(' '))
  )
}

/** The name of the password that an expression is made from, if it is made from one. */
export function passwordIn(node: SyntaxNode, file: SourceFile): string | undefined {
  const own = passwordNamed(node)
  if (own) return own
  for (const it of node.descendants('Name', 'PropertyName', 'String')) {
    const name = passwordNamed(it)
    if (name) return name
  }
  // One step back: `data = password.encode()`.
  const value = file.value(node)
  return value.row === node.row || value.kind === 'Function' ? undefined : passwordNamedIn(value)
}

function passwordNamedIn(node: SyntaxNode): string | undefined {
  for (const it of node.descendants('Name', 'PropertyName', 'String')) {
    const name = passwordNamed(it)
    if (name) return name
  }
  return undefined
}

function passwordNamed(it: SyntaxNode): string | undefined {
  // `form['password']`: the key of something that is looked up.
  if (it.kind === 'String') {
    const text = it.role === 'index' && it.size === 1 ? it.text.slice(1, -1) : ''
    return text && isPasswordName(text) ? text : undefined
  }
  if (!it.is('Name', 'PropertyName') || !isPasswordName(it.name)) return undefined
  // The name of a function, not of its result.
  const { parent } = it
  if (it.role === 'callee' || it.role === 'label' || it.role === 'key') return undefined
  if (it.role === 'property' && parent?.role === 'callee') return undefined
  return it.name
}
