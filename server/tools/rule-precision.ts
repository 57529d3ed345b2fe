// How often a rule was right when its findings were judged by reading the code: what `test/precision` keeps, for the rule's page.

import { readdirSync, readFileSync } from 'node:fs'
import type { Locale } from '@codeant/shared/locale.ts'

interface Judged {
  readonly right: number
  readonly all: number
}

const FOLDER = new URL('../../test/precision/', import.meta.url)

/** A sentence for the page of a rule. */
export function precisionOf(rule: string, locale: Locale): string {
  const say = TEXT[locale]
  const sampled = SAMPLED.get(rule)
  const unseen = UNSEEN.get(rule)
  if (!sampled && !unseen) return `**${say.measured}** ${say.nothing}`
  const told = [...(sampled ? [say.sampled(sampled)] : []), ...(unseen ? [say.unseen(unseen)] : [])]
  return `**${say.measured}** ${told.join(' ')}`
}

const SAMPLED = sampledVerdicts()
const UNSEEN = unseenVerdicts()

function sampledVerdicts(): ReadonlyMap<string, Judged> {
  const found = new Map<string, Judged>()
  for (const name of readdirSync(new URL('verdicts/', FOLDER)).sort())
    for (const { rule, verdict } of read<readonly { rule: string; verdict: boolean }[]>(`verdicts/${name}`))
      add(found, rule, 1, verdict ? 1 : 0)
  return found
}

/** Of the rounds that noted how many findings of each rule were judged. */
function unseenVerdicts(): ReadonlyMap<string, Judged> {
  const found = new Map<string, Judged>()
  for (const { judgedOf, wrong } of read<
    readonly { judgedOf?: Readonly<Record<string, number>>; wrong: readonly { rule: string }[] }[]
  >('first-contact.json'))
    for (const [rule, all] of Object.entries(judgedOf ?? {}))
      add(found, rule, all, all - wrong.filter(it => it.rule === rule).length)
  return found
}

function add(found: Map<string, Judged>, rule: string, all: number, right: number): void {
  const before = found.get(rule) ?? { right: 0, all: 0 }
  found.set(rule, { right: before.right + right, all: before.all + all })
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as T
}

const TEXT = {
  en: {
    measured: 'How often it is right.',
    nothing: 'No finding of this rule has been judged in a real repository yet.',
    sampled: ({ right, all }: Judged) =>
      `Of ${all} findings that were judged in the repositories that rules are cured on, ${right} ${right === 1 ? 'is' : 'are'} right.`,
    unseen: ({ right, all }: Judged) =>
      `At first contact with repositories that nobody had looked at, ${right} of ${all}; [what was wrong](../../benchmarks.md#how-often-it-is-right-about-code-that-no-rule-has-seen) was mostly cured afterwards.`,
  },
  es: {
    measured: 'Con qué frecuencia acierta.',
    nothing: 'Todavía no se ha juzgado ningún hallazgo de esta regla en un repositorio real.',
    sampled: ({ right, all }: Judged) =>
      `De ${all} hallazgos juzgados en los repositorios con los que se corrigen las reglas, ${right} ${right === 1 ? 'es correcto' : 'son correctos'}.`,
    unseen: ({ right, all }: Judged) =>
      `En el primer contacto con repositorios que nadie había mirado, ${right} de ${all}; [lo equivocado](../../benchmarks.md#con-qué-frecuencia-acierta-en-código-que-ninguna-regla-ha-visto) se corrigió en su mayor parte después.`,
  },
} as const
