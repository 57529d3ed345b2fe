// `codeant similar`: functions that do nearly the same, in one language or across languages.

import type { Locale } from '@codeant/shared/locale.ts'
import { type Divergence, divergenceOf } from '../../features/divergence.ts'
import {
  functionAt,
  LEAST_NODES,
  NEIGHBOURS,
  neighboursOf,
  type SimilarPair,
  similarPairs,
} from '../../features/similar-functions.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { gatherFunctions } from '../functions.ts'
import { functionJson, functionText } from '../output/functions.ts'
import { Progress } from '../progress.ts'
import { paint, type Terminal } from '../terminal.ts'
import { absolute, openWorkspace, readText } from '../workspace.ts'

/** From here on most pairs of one language are copies; across languages, where words differ, from there on. */
const LEAST = { same: 0.8, across: 0.6 }
const PAIRS = 50

export const similar: Command = {
  name: 'similar',
  usage: { en: '[paths…]', es: '[rutas…]' },
  summary: { en: 'List functions that do nearly the same', es: 'Enumera funciones que hacen casi lo mismo' },
  options: {
    to: {
      type: 'string',
      value: 'FILE:LINE',
      help: {
        en: 'only what resembles the function at this place, however small',
        es: 'solo lo que se parece a la función de este lugar, por pequeña que sea',
      },
    },
    'across-languages': {
      type: 'boolean',
      help: {
        en: 'only pairs of different languages',
        es: 'solo parejas de lenguajes distintos',
      },
    },
    diverged: {
      type: 'boolean',
      help: {
        en: 'only functions of one name that are nearly copies, with the lines in which they differ',
        es: 'solo funciones de igual nombre que son casi copias, con las líneas en que difieren',
      },
    },
    min: {
      type: 'string',
      value: 'SHARE',
      help: {
        en: 'the least similarity, from 0 to 1 (default: 0.8; 0.6 across languages; 0.3 with --to)',
        es: 'la similitud mínima, de 0 a 1 (por defecto, 0.8; 0.6 entre lenguajes; 0.3 con --to)',
      },
    },
    limit: {
      type: 'string',
      value: 'N',
      help: {
        en: 'how many to list (default: 50; 10 with --to; 0 for all)',
        es: 'cuántas enumerar (por defecto, 50; 10 con --to; 0 para todas)',
      },
    },
    tests: {
      type: 'boolean',
      help: { en: 'compare tests as well', es: 'compara también las pruebas' },
    },
    format: {
      type: 'string',
      choices: ['text', 'json'],
      help: { en: 'how to write them (default: text)', es: 'cómo escribirlas (por defecto, text)' },
    },
    'no-cache': { type: 'boolean', help: { en: 'read everything again', es: 'lee todo de nuevo' } },
  },
  examples: [
    'codeant similar',
    'codeant similar api web --across-languages',
    'codeant similar --to src/cart.ts:40',
    'codeant similar --diverged',
    'codeant similar --min 0.95 --format json',
  ],

  async run(given, terminal) {
    const { locale } = terminal
    const to = readPlace(given, terminal)
    const acrossLanguages = given.flag('across-languages')
    const least =
      readShare(given.value('min'), locale) ??
      (to ? NEIGHBOURS.least : acrossLanguages ? LEAST.across : LEAST.same)
    const limit = readLimit(given.value('limit'), locale) ?? (to ? NEIGHBOURS.count : PAIRS)
    const workspace = openWorkspace(terminal, { cache: false })
    const began = performance.now()
    try {
      const places = [...given.positionals]
      const tests = given.flag('tests')
      const gathered = await gatherFunctions(
        workspace,
        { places, also: to ? [to.file] : [], tests, cache: !given.flag('no-cache') },
        terminal,
      )
      if (!gathered) return EXIT.failure
      const { functions, files, unreadable } = gathered
      const diverged = given.flag('diverged') ? divergences(pairs()) : undefined
      const all = diverged ? diverged.map(it => it.pair) : to ? neighbours() : pairs()
      const shown = limit === 0 ? all : all.slice(0, limit)
      const counts = {
        files,
        functions: functions.length,
        compared: to ? functions.length : functions.filter(it => it.size >= LEAST_NODES).length,
        pairs: all.length,
        milliseconds: Math.round(performance.now() - began),
      }
      if (diverged && given.value('format') !== 'json')
        writeDiverged(diverged.slice(0, limit || undefined), counts, terminal)
      else if (given.value('format') === 'json') writeJson(shown, counts, terminal)
      else writeText(shown, counts, to !== undefined, least, terminal)
      return unreadable > 0 ? EXIT.usage : EXIT.ok

      function neighbours(): SimilarPair[] {
        const fn = functionAt(functions, to!.file, to!.line)
        if (!fn) throw new UsageError(WORDS[locale].noFunction(given.value('to')!))
        return neighboursOf(functions, fn, { count: limit || functions.length, least, acrossLanguages })
      }

      function pairs(): SimilarPair[] {
        const progress = new Progress(terminal.err, () => performance.now())
        const step = (done: number) => progress.show(() => WORDS[locale].comparing(done))
        try {
          return similarPairs(functions, { least, acrossLanguages, step })
        } finally {
          progress.clear()
        }
      }
    } finally {
      await workspace.scanner.close()
    }
  },
}

interface Counts {
  readonly files: number
  readonly functions: number
  /** Those that are large enough. */
  readonly compared: number
  readonly pairs: number
  readonly milliseconds: number
}

function writeText(
  pairs: readonly SimilarPair[],
  counts: Counts,
  isNeighbours: boolean,
  least: number,
  terminal: Terminal,
): void {
  const { out, locale } = terminal
  const say = WORDS[locale]
  const first = pairs[0]
  if (isNeighbours && first) out.write(`${functionText(first.one, terminal)}\n\n`)
  for (const { one, other, similarity, alike } of pairs) {
    const share = paint(
      out,
      similarity >= 0.95 ? ['bold', 'red'] : similarity >= 0.8 ? 'yellow' : 'cyan',
      alike === 'similar' ? similarity.toFixed(2) : say[alike],
    )
    if (isNeighbours) out.write(`${share}  ${functionText(other, terminal)}\n`)
    else out.write(`${share}  ${functionText(one, terminal)}\n      ${functionText(other, terminal)}\n\n`)
  }
  if (isNeighbours && pairs.length > 0) out.write('\n')
  const left = counts.pairs - pairs.length
  const found =
    counts.pairs === 0
      ? say.none(least)
      : isNeighbours
        ? say.neighbours(counts.pairs)
        : say.pairs(counts.pairs)
  out.write(`${found}${left > 0 ? ` ${say.left(left)}` : ''}\n`)
  out.write(
    `${paint(out, 'gray', say.read(counts.files, counts.functions, counts.compared, counts.milliseconds / 1000))}\n`,
  )
}

function divergences(pairs: readonly SimilarPair[]): Divergence[] {
  const texts = new Map<string, string | undefined>()
  const textOf = (file: string) => {
    if (!texts.has(file)) texts.set(file, readText(file))
    return texts.get(file)
  }
  return pairs.flatMap(it => divergenceOf(it, textOf) ?? [])
}

function writeDiverged(diverged: readonly Divergence[], counts: Counts, terminal: Terminal): void {
  const { out, locale } = terminal
  const say = WORDS[locale]
  for (const { pair, onlyOne, onlyOther } of diverged) {
    out.write(`${functionText(pair.one, terminal)}\n`)
    for (const it of onlyOne)
      out.write(`  ${paint(out, 'red', `${String(it.line).padStart(5)} - ${it.text}`)}\n`)
    out.write(`${functionText(pair.other, terminal)}\n`)
    for (const it of onlyOther)
      out.write(`  ${paint(out, 'green', `${String(it.line).padStart(5)} + ${it.text}`)}\n`)
    out.write('\n')
  }
  const left = counts.pairs - diverged.length
  out.write(`${say.diverged(counts.pairs)}${left > 0 ? ` ${say.left(left)}` : ''}\n`)
  out.write(
    `${paint(out, 'gray', say.read(counts.files, counts.functions, counts.compared, counts.milliseconds / 1000))}\n`,
  )
}

function writeJson(pairs: readonly SimilarPair[], counts: Counts, terminal: Terminal): void {
  const plain = pairs.map(({ one, other, similarity, alike }) => ({
    similarity: Math.round(similarity * 1e4) / 1e4,
    alike,
    one: functionJson(one, terminal),
    other: functionJson(other, terminal),
  }))
  terminal.out.write(`${JSON.stringify({ pairs: plain, summary: counts }, null, 2)}\n`)
}

/** `file:line`, where the file may have colons of its own. */
function readPlace(
  given: Arguments,
  terminal: Terminal,
): { readonly file: string; readonly line: number } | undefined {
  const value = given.value('to')
  if (value === undefined) return undefined
  const [, file, line] = /^(.+):(\d+)$/.exec(value) ?? []
  if (!file) throw new UsageError(WORDS[terminal.locale].place(value))
  return { file: absolute(terminal, file), line: Number(line) }
}

function readShare(value: string | undefined, locale: Locale): number | undefined {
  if (value === undefined) return undefined
  // Where a comma divides, people write one.
  const share = Number(value.replace(',', '.'))
  if (!(share > 0 && share <= 1)) throw new UsageError(WORDS[locale].share(value))
  return share
}

export function readLimit(value: string | undefined, locale: Locale): number | undefined {
  if (value === undefined) return undefined
  const limit = Number(value)
  if (!Number.isInteger(limit) || limit < 0) throw new UsageError(WORDS[locale].limit(value))
  return limit
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly exact: string
      readonly renamed: string
      readonly comparing: (functions: number) => string
      readonly none: (least: number) => string
      readonly pairs: (count: number) => string
      readonly diverged: (count: number) => string
      readonly neighbours: (count: number) => string
      readonly left: (count: number) => string
      readonly read: (files: number, functions: number, compared: number, seconds: number) => string
      readonly noFunction: (place: string) => string
      readonly place: (value: string) => string
      readonly share: (value: string) => string
      readonly limit: (value: string) => string
    }
  >
> = {
  en: {
    exact: 'copy',
    diverged: count =>
      `${count.toLocaleString('en')} ${count === 1 ? 'copy has' : 'copies have'} gone ${count === 1 ? 'its' : 'their'} own way.`,
    renamed: 'copy, renamed',
    comparing: functions => `${functions.toLocaleString('en')} functions compared …`,
    none: least => `Nothing is as similar as ${least}.`,
    pairs: count => `${count.toLocaleString('en')} similar ${count === 1 ? 'pair' : 'pairs'}.`,
    neighbours: count => `${count.toLocaleString('en')} similar ${count === 1 ? 'function' : 'functions'}.`,
    left: count => `${count.toLocaleString('en')} more: --limit 0 lists all.`,
    read: (files, functions, compared, seconds) =>
      `${functions.toLocaleString('en')} functions in ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}, ${compared.toLocaleString('en')} of them large enough to compare, ${seconds.toFixed(1)} s.`,
    noFunction: place => `there is no function at ${place}`,
    place: value => `--to cannot be "${value}"; it is a file and a line, like src/cart.ts:40`,
    share: value => `--min cannot be "${value}"; it is a number above 0, up to 1`,
    limit: value => `--limit cannot be "${value}"; it is a whole number, 0 for all`,
  },
  es: {
    exact: 'copia',
    diverged: count =>
      `${count.toLocaleString('es')} ${count === 1 ? 'copia ha tomado su' : 'copias han tomado su'} propio camino.`,
    renamed: 'copia con otros nombres',
    comparing: functions => `${functions.toLocaleString('es')} funciones comparadas …`,
    none: least => `Nada se parece tanto como ${least.toLocaleString('es')}.`,
    pairs: count => `${count.toLocaleString('es')} ${count === 1 ? 'pareja similar' : 'parejas similares'}.`,
    neighbours: count =>
      `${count.toLocaleString('es')} ${count === 1 ? 'función similar' : 'funciones similares'}.`,
    left: count => `${count.toLocaleString('es')} más: --limit 0 las enumera todas.`,
    read: (files, functions, compared, seconds) =>
      `${functions.toLocaleString('es')} funciones en ${files.toLocaleString('es')} ${files === 1 ? 'archivo' : 'archivos'}, ${compared.toLocaleString('es')} de tamaño suficiente para compararlas, ${seconds.toLocaleString('es', { maximumFractionDigits: 1 })} s.`,
    noFunction: place => `no hay ninguna función en ${place}`,
    place: value => `--to no puede ser «${value}»; es un archivo y una línea, como src/cart.ts:40`,
    share: value => `--min no puede ser «${value}»; es un número mayor que 0 y hasta 1`,
    limit: value => `--limit no puede ser «${value}»; es un número entero, 0 para todas`,
  },
}
