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
      'tested-again': 'a value that is tested once more inside the branch that its test opened',
      'never-null': '`??` behind what is never null, such as `Boolean(…)`',
      'asserted-on-itself':
        'in a test, a result that is compared with the variable that it was just put into',
      'assigned-twice': '`a = a = …`, and `a = a` behind an `a := …`',
      'same-field': 'a class field that is given the value that it already has',
      'package-import': 'an import in `__init__.py` that nobody takes from there',
      'cause-lost': 'a handler that tells of a failure and throws its cause away',
      'assertion-swallowed': 'in a test, a handler that also takes the failed assertion',
      'defaults-kept': 'a handler that goes on with values from before the `try`',
      'part-of-class': 'a part of a character class that another part holds already, as `_` beside `\\w`',
      quadratic: 'quadratic time, which takes longer texts than exponential time does',
      'exponential-in-test': 'exponential time, in the code of a test',
      unheard: 'a promise whose failure nobody hears, where nothing else waits for it',
      'async-afar':
        'a function that is async in another file or inside another function, or that hands on a promise without being async',
      'unused-map': '`map` for a list that nobody looks at',
      'some-paths': 'a callback that returns a value on some of its paths only',
    },
  },
  es: {
    title: 'Lo que solo dice una parte, juzgado',
    method: (judged, repositories) =>
      `Donde CodeAnt y las demás buscan lo mismo y solo habla una parte, se tomaron al azar, según una huella del lugar, hasta diez de cada
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
      'tested-again': 'un valor que se vuelve a comprobar dentro de la rama que abrió su comprobación',
      'never-null': '`??` detrás de lo que nunca es nulo, como `Boolean(…)`',
      'asserted-on-itself':
        'en una prueba, un resultado que se compara con la variable en la que se acaba de guardar',
      'assigned-twice': '`a = a = …`, y `a = a` detrás de un `a := …`',
      'same-field': 'un campo de clase que vuelve a recibir el valor que ya tiene',
      'package-import': 'una importación en `__init__.py` que nadie toma de ahí',
      'cause-lost': 'un bloque que informa de un fallo y pierde su causa',
      'assertion-swallowed': 'en una prueba, un bloque que captura también la aserción fallida',
      'defaults-kept': 'un bloque que sigue con los valores de antes del `try`',
      'part-of-class': 'una parte de una clase de caracteres que otra ya contiene, como `_` junto a `\\w`',
      quadratic: 'tiempo cuadrático, que pide textos más largos que el exponencial',
      'exponential-in-test': 'tiempo exponencial, en el código de una prueba',
      unheard: 'una promesa cuyo fallo no oye nadie, sin que nada más la espere',
      'async-afar':
        'una función asíncrona de otro archivo o de dentro de otra función, o que entrega una promesa sin ser asíncrona',
      'unused-map': '`map` para una lista que nadie mira',
      'some-paths': 'una función que devuelve un valor solo en algunos de sus caminos',
    },
  },
}
