// Names that say that something must not be known to others.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/tree.ts'
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
