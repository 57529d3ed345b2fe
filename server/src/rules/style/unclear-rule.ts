/** A sentence in a file of rules that cannot be read as a rule: nothing is checked, although the team believes it is. */

import type { Locale } from '@codeant/shared/locale.ts'
import { at, text } from '../example.ts'
import { nearestSentences } from '../natural/nearest.ts'
import { MOST_SENTENCES, RULE_FILE, sentencesIn } from '../natural/rule-file.ts'
import { compileSentence, type Refusal } from '../natural/sentence.ts'
import { defineRule } from '../rule.ts'

type Data = {
  readonly why: Refusal['why'] | 'tooMany'
  /** The words that are unknown, or the rest that says nothing. */
  readonly what: string
  /** Sentences like it that can be read, in its own language. */
  readonly nearest: string
}

export default defineRule<Data>({
  id: 'style/unclear-rule',
  severity: 'warning',
  languages: ['text'],
  concept: 'hygiene',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Text(file) {
      if (!RULE_FILE.test(file.path)) return
      for (const [i, { text: sentence, start, end }] of sentencesIn(file.text).entries()) {
        const data = i < MOST_SENTENCES ? unclear(sentence) : TOO_MANY
        if (data) yield { at: { start, end }, data }
      }
    },
  },

  explain: {
    en: ({ why, what, nearest }) => ({
      message: REASONS.en[why](what),
      why: 'Sentences here are held to a grammar, so that each means one thing and the same thing for everybody. This one is not checked: nobody is told when the code breaks it.',
      remedy: nearest
        ? `Say what can be counted or named. Near to it are: ${nearest}.`
        : 'Say what can be counted or named, such as “Functions must not have more than 50 lines”.',
    }),
    es: ({ why, what, nearest }) => ({
      message: REASONS.es[why](what),
      why: 'Aquí las frases siguen una gramática, para que cada una signifique una sola cosa y la misma para todos. Esta no se comprueba: nadie se entera cuando el código la incumple.',
      remedy: nearest
        ? `Di algo que se pueda contar o nombrar. Se le parecen: ${nearest}.`
        : 'Di algo que se pueda contar o nombrar, como «Las funciones no deben tener más de 50 líneas».',
    }),
  },

  examples: {
    invalid: [
      at('rules.codeant', text`«Functions should be short»`),
      at('rules.codeant', text`«Las funciones deben ser cortas»`),
      at('rules.codeant', text`«Functions must not have more than lines»`),
      at(
        'team.codeant',
        text`
          # Names
          - «Names must be meaningful»
          - No magic numbers
        `,
      ),
    ],
    valid: [
      at('rules.codeant', text`Functions must not have more than 50 lines`),
      at(
        'rules.codeant',
        text`
          # Be kind
          1. Las funciones no deben tener más de 50 líneas.
        `,
      ),
      at('notes.txt', text`Functions should be short`),
    ],
  },
})

const TOO_MANY: Data = { why: 'tooMany', what: String(MOST_SENTENCES), nearest: '' }

/** Undefined when the sentence can be read. */
export function unclear(sentence: string): Data | undefined {
  const compiled = compileSentence(sentence)
  if (compiled.kind === 'understood') return undefined
  const { refusal, locale } = compiled
  const nearest = nearestSentences(sentence, locale).map(it => `“${it}”`)
  return { why: refusal.why, what: whatOf(refusal), nearest: nearest.join('; ') }
}

const REASONS: Readonly<Record<Locale, Readonly<Record<Data['why'], (what: string) => string>>>> = {
  en: {
    unknown: what => `This rule cannot be read: nothing can be held to ${what}`,
    unclear: what =>
      what ? `This rule cannot be read from “${what}” on` : 'This rule ends before it says what it demands',
    ambiguous: () => 'This rule can be read in more than one way',
    tooMany: what => `This rule is not checked: a file may have ${what}`,
  },
  es: {
    unknown: what => `Esta regla no se entiende: nada se puede comprobar con ${what}`,
    unclear: what =>
      what
        ? `Esta regla no se entiende a partir de «${what}»`
        : 'Esta regla termina antes de decir qué exige',
    ambiguous: () => 'Esta regla se puede entender de más de una manera',
    tooMany: what => `Esta regla no se comprueba: un archivo puede tener ${what}`,
  },
}

function whatOf(refusal: Refusal): string {
  switch (refusal.why) {
    case 'unknown':
      return refusal.words.map(it => `“${it}”`).join(', ')
    case 'unclear':
      return refusal.from
    case 'ambiguous':
      return ''
  }
}
