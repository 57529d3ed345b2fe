// `codeant search`: functions that are about some words, whatever their language and that of the words.

import type { Locale } from '@codeant/shared/locale.ts'
import { SearchIndex } from '../../inference/similarity/search-index.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { ACCOUNT_OPTIONS } from '../endpoint-account.ts'
import { gatherFunctions } from '../functions.ts'
import { functionJson, functionText } from '../output/functions.ts'
import { paint } from '../terminal.ts'
import { openWorkspace } from '../workspace.ts'
import { searchTeam } from './search-team.ts'
import { readLimit } from './similar.ts'

const HITS = 10

export const search: Command = {
  name: 'search',
  usage: { en: '<words…>', es: '<palabras…>' },
  summary: {
    en: 'Find functions by what they do, in English or Spanish',
    es: 'Busca funciones por lo que hacen, en español o en inglés',
  },
  options: {
    in: {
      type: 'string',
      value: 'PATHS',
      help: {
        en: 'where to look, separated by commas (default: the current folder)',
        es: 'dónde buscar, separado por comas (por defecto, la carpeta actual)',
      },
    },
    limit: {
      type: 'string',
      value: 'N',
      help: {
        en: 'how many to list (default: 10; 0 for all)',
        es: 'cuántas enumerar (por defecto, 10; 0 para todas)',
      },
    },
    team: {
      type: 'boolean',
      help: {
        en: 'ask your endpoint for functions that your team shared, instead of looking here',
        es: 'pregunta a tu servidor por las funciones que tu equipo ha compartido, en vez de buscar aquí',
      },
    },
    ...ACCOUNT_OPTIONS,
    tests: { type: 'boolean', help: { en: 'look in tests as well', es: 'busca también en las pruebas' } },
    format: {
      type: 'string',
      choices: ['text', 'json'],
      help: { en: 'how to write them (default: text)', es: 'cómo escribirlas (por defecto, text)' },
    },
    'no-cache': { type: 'boolean', help: { en: 'read everything again', es: 'lee todo de nuevo' } },
  },
  examples: [
    'codeant search parse the command line',
    'codeant search ordenar una lista por fecha',
    'codeant search retry a failed request --in src,lib --limit 3',
    'codeant search --team send an e-mail',
  ],

  async run(given, terminal) {
    const { out, locale } = terminal
    const say = WORDS[locale]
    const question = given.positionals.join(' ')
    if (question.trim() === '') throw new UsageError(say.what)
    const limit = readLimit(given.value('limit'), locale) ?? HITS
    if (given.flag('team')) return searchTeam(question, limit, given, terminal)
    const places =
      given
        .value('in')
        ?.split(',')
        .map(it => it.trim()) ?? []
    const workspace = openWorkspace(terminal, { cache: false })
    const began = performance.now()
    try {
      const gathered = await gatherFunctions(
        workspace,
        { places, also: [], tests: given.flag('tests'), cache: !given.flag('no-cache') },
        terminal,
      )
      if (!gathered) return EXIT.failure
      const { functions, files, unreadable } = gathered
      const index = new SearchIndex(functions.map(it => it.about))
      const all = index.search(question, limit === 0 ? functions.length : limit)
      const milliseconds = Math.round(performance.now() - began)
      if (given.value('format') === 'json') {
        const hits = all.map(({ id, score, share }) => ({
          score: Math.round(score * 100) / 100,
          share: Math.round(share * 100) / 100,
          ...functionJson(functions[id]!, terminal),
        }))
        const summary = { files, functions: functions.length, milliseconds }
        out.write(`${JSON.stringify({ hits, summary }, null, 2)}\n`)
        return unreadable > 0 ? EXIT.usage : EXIT.ok
      }
      for (const { id, share } of all)
        out.write(
          `${paint(out, share > 0.99 ? 'green' : 'yellow', `${String(Math.round(share * 100)).padStart(3)} %`)}  ${functionText(functions[id]!, terminal)}\n`,
        )
      out.write(all.length === 0 ? `${say.none}\n` : `\n${say.share}\n`)
      out.write(`${paint(out, 'gray', say.read(files, functions.length, milliseconds / 1000))}\n`)
      return unreadable > 0 ? EXIT.usage : EXIT.ok
    } finally {
      await workspace.scanner.close()
    }
  },
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly what: string
      readonly none: string
      readonly share: string
      readonly read: (files: number, functions: number, seconds: number) => string
    }
  >
> = {
  en: {
    what: 'Which words? `codeant search parse a date` finds functions that do that',
    none: 'No function is about any of these words.',
    share: 'The best first; in front, how many of your words the function is about.',
    read: (files, functions, seconds) =>
      `${functions.toLocaleString('en')} functions in ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}, ${seconds.toFixed(1)} s.`,
  },
  es: {
    what: '¿Qué palabras? `codeant search leer una fecha` encuentra funciones que hacen eso',
    none: 'Ninguna función trata de estas palabras.',
    share: 'Primero las mejores; delante, de cuántas de tus palabras trata la función.',
    read: (files, functions, seconds) =>
      `${functions.toLocaleString('es')} funciones en ${files.toLocaleString('es')} ${files === 1 ? 'archivo' : 'archivos'}, ${seconds.toLocaleString('es', { maximumFractionDigits: 1 })} s.`,
  },
}
