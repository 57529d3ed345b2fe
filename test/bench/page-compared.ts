// What the page of benchmarks says of findings that only one side tells: how many of them are right, and what we miss.

import type { Locale } from '@codeant/shared/locale.ts'
import {
  type ComparedVerdict,
  comparedVerdicts,
  isOnlyOurs,
  MISSING,
  type Missing,
} from '../precision/compared.ts'
import { CHECK_NAMES, COMPARED_TOOLS } from './comparable-checks.ts'
import { numbers, shares } from './numbers.ts'
import { checkNames } from './report-peers.ts'
import { table } from './statistics.ts'

export function comparedSection(locale: Locale): string[] {
  const judged = comparedVerdicts()
  if (judged.length === 0) return []
  const words = WORDS[locale]
  const checks = checkNames(locale)
  const show = numbers(locale)
  const share = shares(show)
  const right = (of: readonly ComparedVerdict[]) => of.filter(it => it.verdict).length
  const cells = (of: readonly ComparedVerdict[]) =>
    of.length === 0 ? ['–', '–'] : [`${show(right(of))} / ${show(of.length)}`, share(right(of), of.length)]
  const sides = (of: readonly ComparedVerdict[]) => [
    ...cells(of.filter(isOnlyOurs)),
    ...cells(of.filter(it => !isOnlyOurs(it))),
  ]
  const missed = judged.filter(it => it.missing !== undefined)
  return [
    `## ${words.title}`,
    words.method(show(judged.length), show(new Set(judged.map(it => it.repository)).size)),
    `### ${words.byCheck}`,
    table(words.byCheckHead, [
      ...CHECK_NAMES.map(check => [checks[check], ...sides(judged.filter(it => it.check === check))]),
      [words.all, ...sides(judged)],
    ]),
    `### ${words.byTool}`,
    table(
      words.byToolHead,
      COMPARED_TOOLS.map(tool => {
        const own = judged.filter(it => it.tools.includes(tool))
        return [tool, show(own.length), show(right(own)), share(right(own), own.length)]
      }),
    ),
    `### ${words.missed}`,
    words.missedMethod,
    table(
      words.missedHead,
      CHECK_NAMES.flatMap(check =>
        MISSING.flatMap(missing => {
          const own = missed.filter(it => it.check === check && it.missing === missing)
          const tools = COMPARED_TOOLS.filter(tool => own.some(it => it.tools.includes(tool)))
          return own.length === 0
            ? []
            : [[checks[check], words.missing[missing], show(own.length), tools.join(', ')]]
        }),
      ),
    ),
  ]
}

interface Words {
  readonly title: string
  readonly method: (judged: string, repositories: string) => string
  readonly byCheck: string
  readonly byCheckHead: readonly string[]
  readonly all: string
  readonly byTool: string
  readonly byToolHead: readonly string[]
  readonly missed: string
  readonly missedMethod: string
  readonly missedHead: readonly string[]
  readonly missing: Readonly<Record<Missing, string>>
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: 'What only one side tells, judged',
    method: (judged, repositories) =>
      `Where CodeAnt and its peers look for the same and only one side speaks, a digest chose up to ten places of each check and side, and the
code there was read: would a careful reviewer want to know? ${judged} places in ${repositories} repositories. [The
verdicts](../../test/precision/compared.json) give the place and the reason for each. What both sides tell is not in it, so these figures say where they differ, not how good
anybody is as a whole. CodeAnt's rules were cured on these repositories; the peers' were not.`,
    byCheck: 'By check: right of those judged',
    byCheckHead: ['Check', 'only CodeAnt', '%', 'only peers', '%'],
    all: 'all',
    byTool: 'By tool, of the places that it tells in the sample',
    byToolHead: ['Tool', 'Judged', 'Right', '%'],
    missed: 'What we miss',
    missedMethod: 'What a peer tells in the sample, rightly, and CodeAnt does not:',
    missedHead: ['Check', 'What is missing', 'In the sample', 'Told by'],
    missing: {
      never: 'no rule asks for this kind of it',
      place: 'in a folder of tests, documentation or specimens, of which the rule says nothing',
      flow: 'the rule does not follow the value far enough',
      form: 'the rule does not know this way to write it',
    },
  },
  es: {
    title: 'Lo que solo dice una parte, juzgado',
    method: (judged, repositories) =>
      `Donde CodeAnt y las demás buscan lo mismo y solo habla una parte, un resumen criptográfico eligió hasta diez lugares de cada
comprobación y parte, y se leyó el código: ¿querría saberlo un revisor atento? ${judged} lugares en ${repositories} repositorios. [Los
veredictos](../../test/precision/compared.json) dan el lugar y el motivo de cada uno. Lo que dicen ambas partes no está, así que estas cifras
muestran en qué difieren, no lo buena que es cada una en conjunto. Las reglas de CodeAnt se corrigieron en estos repositorios; las de las demás, no.`,
    byCheck: 'Por comprobación: acertados entre los juzgados',
    byCheckHead: ['Comprobación', 'solo CodeAnt', '%', 'solo otras', '%'],
    all: 'todas',
    byTool: 'Por herramienta, entre los lugares de la muestra que señala',
    byToolHead: ['Herramienta', 'Juzgados', 'Acertados', '%'],
    missed: 'Lo que no encontramos',
    missedMethod: 'Lo que otra herramienta dice con razón en la muestra y CodeAnt no:',
    missedHead: ['Comprobación', 'Qué falta', 'En la muestra', 'Lo dice'],
    missing: {
      never: 'ninguna regla busca esta clase',
      place: 'está en una carpeta de pruebas, documentación o muestras, de las que la regla no dice nada',
      flow: 'la regla no sigue el valor lo bastante lejos',
      form: 'la regla no conoce esta forma de escribirlo',
    },
  },
}
