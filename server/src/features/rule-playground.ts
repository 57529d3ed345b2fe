// Rules in patterns on one piece of code, both as somebody is writing them: what is found, and why, or why not.

import type { Locale } from '@codeant/shared/locale.ts'
import type {
  PlaygroundMatch,
  PlaygroundParams,
  PlaygroundResult,
  PlaygroundSpan,
  PlaygroundWhy,
} from '@codeant/shared/playground.ts'
import { codeOf } from '../patterns/code-of.ts'
import { Pack } from '../patterns/pack.ts'
import { refusalWords } from '../patterns/refusal.ts'
import type { PackRule, RuleFile } from '../patterns/rule.ts'
import { reasonWords } from '../patterns/why/reasons.ts'
import type { Why } from '../patterns/why/why.ts'
import { type AskedFile, matchedPlaces, whyMatched } from '../patterns/why/why-matched.ts'
import type { Grammar } from '../syntax/language.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import { grammarOf, languageOf, patternLanguageOf } from './languages.ts'

/** What the parser must have loaded before `askedFile`. */
export function grammarFor(path: string): Grammar | undefined {
  return patternLanguageOf(path) ?? grammarOf(languageOf(path) ?? 'text', path)
}

export function askedFile(parser: SyntaxParser, path: string, text: string): AskedFile {
  const language = patternLanguageOf(path) ?? languageOf(path) ?? 'text'
  const grammar = grammarFor(path)
  try {
    const tree = grammar && parser.parseOnce(text, grammar)
    return { path, language, text, code: tree && codeOf(path, tree) }
  } catch (error) {
    if (error instanceof TooDeep) return { path, language, text, code: undefined }
    throw error
  }
}

/** Everything that the playground shows. The grammars of rules and code must have been loaded. */
export function played(
  parser: SyntaxParser,
  file: RuleFile | undefined,
  { rules: text, code, path, why, locale = 'en' }: PlaygroundParams,
): PlaygroundResult {
  const { rules, refused } = file ?? { rules: [], refused: [] }
  const asked = askedFile(parser, path, code)
  return {
    rules: rules.map(({ id, severity }) => ({ id, severity })),
    refused: refused.map(({ id, refusal, offset }) => ({
      id,
      sentence: refusalWords(refusal, locale),
      line: text.slice(0, offset).split('\n').length - 1,
    })),
    matches: playedMatches(parser, rules, asked),
    why: why ? rules.map(it => explained(parser, it, asked, why, locale)) : [],
    ...(!file && { notice: NOTICES[locale].noRule }),
  }
}

/** In place of an answer. */
export function tooLong(locale: Locale = 'en'): PlaygroundResult {
  return { rules: [], refused: [], matches: [], why: [], notice: NOTICES[locale].tooLong }
}

const NOTICES = {
  en: {
    noRule: 'There is no rule here yet: one begins with `rules:`, or with `id:` and `language:`',
    tooLong: 'This is more text than a playground looks at: keep the part that the rule is about',
  },
  es: {
    noRule: 'Aquí aún no hay ninguna regla: empieza con `rules:`, o con `id:` y `language:`',
    tooLong: 'Es más texto del que mira un banco de pruebas: deja la parte de la que trata la regla',
  },
} as const

/** All matches in the order of the code. */
export function playedMatches(
  parser: SyntaxParser,
  rules: readonly PackRule[],
  file: AskedFile,
): readonly PlaygroundMatch[] {
  const { path, language, text, code } = file
  const matches = rules.flatMap(rule => {
    const found = new Pack([rule]).check(path, language, text, () => code, parser)
    if (found.length === 0) return []
    const bindings = new Map(
      matchedPlaces(parser, rule, file).map(it => [`${it.start},${it.end}`, it.bindings]),
    )
    return found.map(({ start, end, message }) => ({
      ...{ rule: rule.id, severity: rule.severity, start, end },
      message: message.replace(/\s+/g, ' ').trim(),
      bindings: bindings.get(`${start},${end}`) ?? [],
    }))
  })
  return matches.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Without a place, the whole file is asked about. */
export function explained(
  parser: SyntaxParser,
  rule: PackRule,
  file: AskedFile,
  place: PlaygroundSpan | undefined,
  locale: Locale,
): PlaygroundWhy {
  return { ...told(whyMatched(parser, rule, file, place), locale), rule: rule.id }
}

function told({ reason, parts, ...why }: Why, locale: Locale): PlaygroundWhy {
  return {
    ...why,
    ...(reason && { sentence: reasonWords(reason, locale) }),
    parts: parts.map(it => told(it, locale)),
  }
}
