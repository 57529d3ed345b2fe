// Texts that are secrets, and texts that only stand where a secret goes.

/** Made to be replaced, or made up: `changeme`, `<your token>`, `xxxxxxxx`, `AKIAIOSFODNN7EXAMPLE`, `${TOKEN}`. */
export function isPlaceholder(text: string): boolean {
  return (
    PLACEHOLDER_WORDS.test(text) ||
    /\$\{|\{\{|%[sd(]|<[^<>]*>|\{\w*\}|^\$\w+$|^%\w+%$|\.\.\.|…|\*{3}/.test(text) ||
    /(.)\1{4}/.test(text) ||
    /^(?:(.)\1*|(..+?)\2+)$/s.test(text) ||
    hasRun(text)
  )
}

const PLACEHOLDER_WORDS =
  /example|placeholder|change.?me|change.?this|replace|your[-_ ]?|dummy|fake|sample|mock|redacted|insert|enter.?|todo|fixme|not.?a.?(?:real|secret)|secret.?here|key.?here|^(?:test|demo|foo|bar|baz|none|null|undefined|empty|default|password|secret|token|admin|root|guest|user)\d{0,4}$|\btest|test\b|_test|test_|foo.?bar|lorem|xxx/i

/** Letters or digits in the order of the alphabet or of the keyboard, as fingers make them up. */
function hasRun(text: string): boolean {
  let rising = 1
  for (let i = 1; i < text.length; i++) {
    rising = text.charCodeAt(i) === text.charCodeAt(i - 1) + 1 ? rising + 1 : 1
    if (rising >= 7) return true
  }
  return /qwerty|asdf|zxcv|deadbeef|cafebabe|0123456|1234567/i.test(text)
}

/** How much a character of the text says, in bits. Words have about 3, random text of base 64 over 4. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** Long, without blanks, and with as little order as a machine makes: a key, a token. */
export function looksGenerated(text: string): boolean {
  if (text.length < 16 || text.length > 512 || /\s/.test(text)) return false
  const letters = /[A-Za-z]/.test(text)
  const digits = text.replace(/\D/g, '').length
  if (!letters || digits < 2) return false
  const isHex = /^[0-9a-f-]+$/i.test(text)
  if (entropy(text) < (isHex ? 3 : 3.4)) return false
  // Words with signs between them are names: `oauth2-access-token-v1`.
  const words = text.split(/[-_./:@]+/)
  return (
    words.some(
      it => it.length >= 10 && /\d/.test(it) && /[A-Za-z]/.test(it) && !/^[a-z]+\d{1,4}$/i.test(it),
    ) || isHex
  )
}

/** What a person makes up as a password: letters with digits or signs between them. */
export function looksChosen(text: string): boolean {
  if (text.length < 6 || text.length > 60 || /\s/.test(text)) return false
  if (!/[A-Za-z]/.test(text) || !/[0-9!@#$%^&*?+=~]/.test(text)) return false
  // Keys of translations, selectors, paths, addresses, hashes.
  if (/:\/\/|^[#./[]|[[\]{}<>()|\\;,]|^\$(?:2[aby]|argon|pbkdf|scrypt|\d)\$|@[\w-]+\.\w+$/.test(text))
    return false
  if (/^[A-Za-z]+(?:[-_.:/][A-Za-z0-9]+)+$/.test(text)) return false
  // A name with a number: `password2`, `inputPassword1`.
  return !/^[A-Za-z]*(?:password|passwd|pwd|pass|field|input|secret|token|key|user)[-_]?\d{0,2}$/i.test(text)
}
