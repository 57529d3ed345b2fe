// What was understood, said back in plain words: what a reader compares with the sentence before believing it.

import type { Locale } from '@codeant/shared/locale.ts'
import type { Demand, Requirement } from './requirement.ts'
import { ENGLISH } from './sayings-en.ts'
import { SPANISH } from './sayings-es.ts'

export function describe({ subject, scope, demand }: Requirement, locale: Locale): string {
  const say = locale === 'es' ? SPANISH : ENGLISH
  const parts = [
    // Constructs, calls and imports are what is looked for; everything else is said of a subject.
    isBan(demand) ? '' : `${say.subject(subject)}: `,
    say.demand(demand),
    ...(scope.languages ? [`; ${say.only} ${scope.languages.map(it => LANGUAGE[it]).join(', ')}`] : []),
    ...scope.inside.map(it => `; ${say.inside} ${say.place(it)}`),
    ...scope.outside.map(it => `; ${say.outside} ${say.place(it)}`),
  ]
  const text = parts.join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function isBan({ kind }: Demand): boolean {
  return kind === 'noConstruct' || kind === 'noUse' || kind === 'noImport' || kind === 'noImportFrom'
}

const LANGUAGE = {
  python: 'Python',
  typescript: 'TypeScript',
  javascript: 'JavaScript',
  rust: 'Rust',
} as const
