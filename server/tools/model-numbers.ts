// What `docs/<locale>/models.md` and the card of the bug finder say in numbers, from what `npm run train` measured and wrote into `models/*/model.json`.

import { readFileSync } from 'node:fs'
import type { Locale } from '@codeant/shared/locale.ts'

interface Injected {
  readonly n: number
  readonly located: number
  readonly repaired: number
  readonly joint: number
  readonly auc: number
  readonly 'recall@0.1%': number
  readonly 'recall@0.5%': number
  readonly 'recall@1.0%': number
}

interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

interface Real {
  readonly n: number
  readonly located: Share
  readonly joint: Share
  readonly ordered: Share
  readonly found: Share
  readonly falseAlarms: Share
}

interface Training {
  /** Functions with or without an injected bug. */
  readonly samples: number
  /** Mined fixes of the last phase; a run that did not write it down leaves it out. */
  readonly fixes?: number
  readonly minutes: number
  /** Which machine, in English. */
  readonly on?: string
}

/** `Gate` of `server/src/features/learned/bug-finder.ts`. */
interface Gate {
  readonly passed: boolean
  readonly read: number
  readonly worth: number
  readonly withEvidence?: Gate
}

type Gates = Readonly<Record<string, Readonly<Record<string, Gate>>>>

interface Numbers {
  readonly injected?: Record<string, Injected>
  readonly real?: Record<string, Real>
  readonly training?: Training
}

/** The page with the numbers of today between its marks. */
export function withNumbers(page: string, locale: Locale): string {
  const file = new URL('../../models/bug-finder/model.json', import.meta.url)
  const { numbers, gates } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly numbers: Numbers
    readonly gates: Gates
  }
  return page.replace(
    /(<!-- (numbers|training): bug-finder -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, part: 'numbers' | 'training', end: string) =>
      `${begin}${part === 'numbers' ? measured(numbers, gates, locale) : trained(numbers, locale)}\n${end}`,
  )
}

function trained({ training }: Numbers, locale: Locale): string {
  return training ? TEXT[locale].trained(training, new Intl.NumberFormat(locale)) : ''
}

function measured(numbers: Numbers, gates: Gates, locale: Locale): string {
  const say = TEXT[locale]
  const number = new Intl.NumberFormat(locale)
  const percent = (it: number) => `${number.format(Math.round(it * 1000) / 10)} %`
  const share = ({ share: it, low, high }: Share) =>
    `${Math.round(it * 100)} % (${Math.round(low * 100)}–${Math.round(high * 100)})`
  const injected = Object.entries(numbers.injected ?? {}).filter(([key]) => !key.includes('/'))
  const real = Object.entries(numbers.real ?? {}).filter(([key]) => !key.includes('/'))
  return [
    say.injected,
    table(
      say.injectedColumns,
      injected.map(([key, it]) => [
        say.keys[key] ?? key,
        number.format(it.n),
        ...[it.located, it.repaired, it.joint].map(percent),
        number.format(Math.round(it.auc * 1000) / 1000),
        ...[it['recall@0.1%'], it['recall@0.5%'], it['recall@1.0%']].map(percent),
      ]),
    ),
    say.real,
    table(
      say.realColumns,
      real.map(([key, it]) => [
        say.keys[key] ?? key,
        number.format(it.n),
        ...[it.located, it.joint, it.ordered, it.found, it.falseAlarms].map(share),
      ]),
    ),
    ...readFindings(gates, locale),
  ].join('\n\n')
}

/** What came of reading findings on untouched code, by language and kind. */
function readFindings(gates: Gates, locale: Locale): string[] {
  const say = TEXT[locale]
  const rows = Object.entries(gates).flatMap(([language, kinds]) =>
    Object.entries(kinds).flatMap(([kind, gate]) =>
      [
        { gate, suffix: '' },
        ...(gate.withEvidence ? [{ gate: gate.withEvidence, suffix: say.evidence }] : []),
      ]
        .filter(it => it.gate.read > 0)
        .map(it => [
          language,
          (say.keys[kind] ?? kind) + it.suffix,
          String(it.gate.read),
          `${it.gate.worth} (${Math.round((100 * it.gate.worth) / it.gate.read)} %)`,
          it.gate.passed ? say.on : say.off,
        ]),
    ),
  )
  return rows.length === 0 ? [say.unread] : [say.gate, table(say.gateColumns, rows)]
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map(it => `| ${it.join(' | ')} |`).join('\n')
}

const TEXT = {
  en: {
    trained: ({ samples, fixes, minutes, on }: Training, { format }: Intl.NumberFormat) =>
      `This version: ${format(samples)} injected samples${fixes === undefined ? '' : ` and ${format(fixes)} real fixes`}, some ${format(minutes)} minutes${on ? ` on ${on}` : ''}.`,
    injected:
      '**Injected bugs**, in functions of repositories that it never saw: one token changed as people err. *Placed*: the likeliest place is the right one; *repaired*: given the place, what it would put there is right; *both*; the area under the curve of “is there a bug at all?”; and the share of bugs that it places and repairs at a score that only 0.1, 0.5 and 1 % of clean functions reach.',
    injectedColumns: ['', 'functions', 'placed', 'repaired', 'both', 'AUC', '0.1 %', '0.5 %', '1 %'],
    real: '**Real bugs**, the number that counts: one-token fixes mined from the histories of repositories that it never saw, and their repaired twins, with 95 % intervals. A change counts when its commit calls it a fix, or changes nothing else; *every mined change* takes all, also settings and expectations of tests. *Above its twin*: it holds the broken function to be likelier broken than the repaired one (chance is 50 %). *Found*: placed and repaired, and above the threshold from which findings are shown; *false alarms*: the repaired twin is above it.',
    gate: '**The gate**, findings above their threshold on untouched code of repositories that it never saw, read one by one. *Worth a look*: a good reviewer would want to be told. Where something else speaks for a wrong variable (the place bears the other name, or the other one is used nowhere), it is counted apart. A kind is on by default from 20 findings and 80 % on.',
    gateColumns: ['language', 'kind', 'read', 'worth a look', 'by default'],
    unread: 'No findings on untouched code were read for this version, so no kind is on by default.',
    evidence: ', with evidence',
    on: 'on',
    off: 'off',
    realColumns: ['', 'fixes', 'placed', 'both', 'above its twin', 'found', 'false alarms'],
    keys: {
      all: '**all**',
      mined: 'every mined change',
      variable: 'wrong variable',
      operator: 'operator',
      literal: 'value',
      negation: 'negation',
      await: '`await`',
    } as Record<string, string>,
  },
  es: {
    trained: ({ samples, fixes, minutes }: Training, { format }: Intl.NumberFormat) =>
      `Esta versión: ${format(samples)} muestras inyectadas${fixes === undefined ? '' : ` y ${format(fixes)} correcciones reales`}, unos ${format(minutes)} minutos.`,
    injected:
      '**Errores inyectados**, en funciones de repositorios que no había visto nunca: un elemento cambiado como se equivocan las personas. *Localizado*: el lugar más probable es el correcto; *corregido*: dado el lugar, lo que pondría ahí es correcto; *ambos*; el área bajo la curva de «¿hay algún error?»; y la parte de los errores que localiza y corrige con una puntuación que solo alcanzan el 0,1, el 0,5 y el 1 % de las funciones sanas.',
    injectedColumns: ['', 'funciones', 'localizado', 'corregido', 'ambos', 'AUC', '0,1 %', '0,5 %', '1 %'],
    real: '**Errores reales**, la cifra que cuenta: correcciones de un solo elemento extraídas del historial de repositorios que no había visto nunca, y sus gemelas ya corregidas, con intervalos del 95 %. Un cambio cuenta si su commit lo llama corrección o no cambia nada más; *todo cambio extraído* los toma todos, también ajustes y expectativas de pruebas. *Por encima de su gemela*: considera más probable que esté rota la función rota que la corregida (al azar, el 50 %). *Encontrado*: localizado y corregido, y por encima del umbral desde el que se muestran los avisos; *falsas alarmas*: la gemela corregida lo supera.',
    gate: '**La barrera**: avisos por encima de su umbral en código intacto de repositorios que no había visto nunca, leídos uno por uno. *Merece una mirada*: una buena revisora querría saberlo. Cuando algo más habla a favor de una variable equivocada (el lugar lleva el otro nombre, o la otra no se usa en ningún sitio), se cuenta aparte. Un tipo se activa por defecto a partir de 20 avisos y del 80 %.',
    gateColumns: ['lenguaje', 'tipo', 'leídos', 'merecen una mirada', 'por defecto'],
    unread:
      'Para esta versión no se han leído avisos en código intacto, así que ningún tipo está activado por defecto.',
    evidence: ', con indicios',
    on: 'sí',
    off: 'no',
    realColumns: [
      '',
      'correcciones',
      'localizado',
      'ambos',
      'por encima de su gemela',
      'encontrado',
      'falsas alarmas',
    ],
    keys: {
      all: '**todo**',
      mined: 'todo cambio extraído',
      variable: 'variable',
      operator: 'operador',
      literal: 'valor',
      negation: 'negación',
      await: '`await`',
    } as Record<string, string>,
  },
} as const
