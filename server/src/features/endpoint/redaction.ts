// Secrets stay here: what the security rules take for a key or a password is replaced before anything is sent, and put back
// into what returns.

import type { LanguageId } from '@codeant/shared/language.ts'
import { checkFile, checkText } from '../../rules/engine.ts'
import { RULES } from '../../rules/registry.generated.ts'
import { RuleSet } from '../../rules/rule-set.ts'
import { analyse } from '../../semantics/source-file.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { isCode } from '../analyse-file.ts'
import { grammarOf } from '../languages.ts'

export interface Redacted {
  readonly text: string
  /** What was taken out, in the order of the numbers in its places. */
  readonly secrets: readonly string[]
}

/**
 * A text without what is secret in it. Where the rules are lenient, as in tests and examples, this is not: what is taken out
 * needlessly costs nothing. `parser` is needed for what only the code around tells; its grammar must be loaded.
 */
export function redact(text: string, language: LanguageId, parser: SyntaxParser | undefined): Redacted {
  const path = NEUTRAL[language] ?? 'main'
  const grammar = grammarOf(language, path)
  const found = [...checkText(SECRETS, { path, language, text })]
  if (parser && grammar && isCode(language) && parser.isLoaded(grammar)) {
    const tree = parser.parseOnce(text, grammar)
    if (tree) found.push(...checkFile(SECRETS, path, language, analyse(tree)))
  }
  const places = found.map(({ rule, start, end }) => placeOf(text, rule, start, end))
  return replaced(text, places)
}

/** The same for a text of which nothing is known, such as a whole request: the last look before it leaves. */
export function redactPlain(text: string): { readonly text: string; readonly count: number } {
  const { text: clean, secrets } = redact(text, 'text', undefined)
  return { text: clean, count: secrets.length }
}

/** What came back, with the secrets in their places again. Undefined where it names one that never was. */
export function restored(text: string, secrets: readonly string[]): string | undefined {
  let isKnown = true
  const whole = text.replace(PLACE, (_, number: string) => {
    const secret = secrets[Number(number) - 1]
    isKnown &&= secret !== undefined
    return secret ?? ''
  })
  return isKnown ? whole : undefined
}

const PLACE = /REDACTED_SECRET_(\d+)/g

/** The rules that know a secret when they see one; those that are only fairly sure are asked, too. */
const SECRETS = new RuleSet(
  RULES.filter(it =>
    [
      'security/leaked-key',
      'security/hard-coded-credentials',
      'security/possible-credential',
      'style/private-key',
    ].includes(it.id),
  ),
)

/** Nothing in these names says that the code is a test. */
const NEUTRAL: Partial<Readonly<Record<LanguageId, string>>> = {
  python: 'main.py',
  javascript: 'main.jsx',
  typescript: 'main.ts',
  rust: 'main.rs',
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Of a literal what is between its quotes; of a private key everything up to its end. */
function placeOf(text: string, rule: string, start: number, end: number): Span {
  if (rule === 'style/private-key') {
    const close = /-----END [A-Z0-9 ]*PRIVATE KEY-----/.exec(text.slice(end))
    return { start, end: close ? end + close.index + close[0].length : text.length }
  }
  const quotes = /^([A-Za-z]{0,3}#{0,3}(?:"""|'''|["'`]))[\s\S]*?((?:"""|'''|["'`])#{0,3})$/.exec(
    text.slice(start, end),
  )
  return quotes ? { start: start + quotes[1]!.length, end: end - quotes[2]!.length } : { start, end }
}

function replaced(text: string, places: readonly Span[]): Redacted {
  const sorted = [...places]
    .filter(it => it.start < it.end)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const secrets: string[] = []
  let clean = ''
  let at = 0
  for (const { start, end } of sorted) {
    // What lies in another one is gone with it.
    if (end <= at) continue
    const from = Math.max(start, at)
    const secret = text.slice(from, end)
    let number = secrets.indexOf(secret) + 1
    if (number === 0) number = secrets.push(secret)
    clean += `${text.slice(at, from)}REDACTED_SECRET_${number}`
    at = end
  }
  return { text: clean + text.slice(at), secrets }
}
