// What the page of a learned rule says of the model behind it: in which languages it speaks, and how often it was right.

import { readFileSync } from 'node:fs'
import type { FindingData } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { type Gate, LEARNED_LANGUAGES, type LearnedLanguage } from '../src/features/learned/bug-finder.ts'
import { isFixed } from '../src/rules/example.ts'
import type { AnyRule } from '../src/rules/rule.ts'

const MODEL = new URL('../../models/bug-finder/model.json', import.meta.url)

/** A table of what was measured, from `models/bug-finder/model.json`. */
export function measured(rule: AnyRule, locale: Locale): string {
  const say = TEXT[locale]
  const rows = LEARNED_LANGUAGES.map(language => {
    const gate = gateOf(rule, language)
    if (!gate || gate.read === 0) return `| ${language} | – | – | ${say.off} |`
    const share = Math.round((100 * gate.worth) / gate.read)
    return `| ${language} | ${gate.read} | ${share} % | ${gate.passed ? say.on : say.off} |`
  })
  return [
    `## ${say.title}`,
    say.intro,
    `| ${say.columns.join(' | ')} |\n|---|---|---|---|\n${rows.join('\n')}`,
  ].join('\n\n')
}

/** It speaks without being asked in some language. */
export function hasPassed(rule: AnyRule): boolean {
  return LEARNED_LANGUAGES.some(it => gateOf(rule, it)?.passed)
}

function gateOf(rule: AnyRule, language: LearnedLanguage): Gate | undefined {
  const { gates } = JSON.parse(readFileSync(MODEL, 'utf8')) as {
    gates: Record<string, Record<string, Gate>>
  }
  return gates[language]?.[rule.learned!]
}

/** The data of a learned rule's first example: what is marked, and what its repair puts there. */
export function exampleData(rule: AnyRule): FindingData {
  const example = rule.examples.invalid.find(isFixed)
  const mark = example?.before.marks[0]
  if (!example || !mark) return { name: 'count', instead: 'total', put: 'total', times: 20, worth: 0 }
  const { text } = example.before
  const name = text.slice(mark.start, mark.end)
  const put = example.after.text.slice(mark.start, mark.end + example.after.text.length - text.length)
  return { name, instead: put, put, times: 20, worth: 0 }
}

const TEXT = {
  en: {
    title: 'How often it is right',
    intro:
      'A model finds this, not a rule, so it can be wrong. Before it speaks in a language without being asked, at least 80 of 100 such findings on code that it had never seen must be worth a look, judged by reading. Where fewer were, or none were read yet, it is off and can be switched on.',
    columns: ['Language', 'Findings read', 'Worth a look', 'Default'],
    on: 'on',
    off: 'off',
  },
  es: {
    title: 'Cuántas veces acierta',
    intro:
      'Esto lo encuentra un modelo, no una regla, así que puede equivocarse. Para que hable en un lenguaje sin que se le pida, al menos 80 de cada 100 avisos como este en código que no había visto nunca deben merecer una mirada, a juicio de quien los lee. Donde fueron menos, o aún no se ha leído ninguno, está desactivado y se puede activar.',
    columns: ['Lenguaje', 'Avisos leídos', 'Merecían una mirada', 'Por defecto'],
    on: 'activado',
    off: 'desactivado',
  },
} as const
