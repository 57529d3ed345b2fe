// `codeant graph`: what the files of a project have to do with each other, as data or as a picture.

import { writeFileSync } from 'node:fs'
import { basename, resolve, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { type Picture, TIE_KINDS, type TieKind } from '@codeant/shared/picture.ts'
import { pictureOf, READABLE } from '../../features/architecture-picture.ts'
import { MOST_FILES as MOST_FILES_OF_PAGE, pageOf } from '../../features/picture-page.ts'
import { type Architecture, gatherArchitecture } from '../architecture.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { graphPage } from '../output/graph-html.ts'
import { dotOf, mermaidOf } from '../output/graph-text.ts'
import type { Terminal } from '../terminal.ts'
import { absolute, openWorkspace } from '../workspace.ts'

/** What a page can show, and a program can read. Pictures that do not move hold a tenth of that. */
const MOST_FILES = {
  html: MOST_FILES_OF_PAGE,
  json: Number.POSITIVE_INFINITY,
  dot: READABLE,
  mermaid: READABLE,
} as const
type Format = keyof typeof MOST_FILES

export const graph: Command = {
  name: 'graph',
  usage: { en: '[paths…]', es: '[rutas…]' },
  summary: {
    en: 'Draw what files have to do with each other',
    es: 'Dibuja qué tienen que ver unos archivos con otros',
  },
  options: {
    format: {
      type: 'string',
      choices: ['json', 'dot', 'mermaid', 'html'],
      help: {
        en: 'data, a drawing for Graphviz or Markdown, or a page to look around in (default: json)',
        es: 'datos, un dibujo para Graphviz o Markdown, o una página para explorar (por defecto, json)',
      },
    },
    by: {
      type: 'string',
      choices: ['file', 'folder'],
      help: {
        en: `a box for each file, or for each folder; folders are opened, the fullest first, while there are at most ${READABLE} boxes. Default: file in json; in drawings up to ${READABLE} files, in a page up to ${MOST_FILES.html}, else folder`,
        es: `una caja por archivo o por carpeta; las carpetas se abren, primero la más llena, mientras haya como mucho ${READABLE} cajas. Por defecto, file en json; en dibujos hasta ${READABLE} archivos, en una página hasta ${MOST_FILES.html}; si no, folder`,
      },
    },
    ties: {
      type: 'string',
      value: 'KINDS',
      help: {
        en: `which ties, separated by commas: ${TIE_KINDS.join(', ')} (default: all; without variable in dot and mermaid)`,
        es: `qué lazos, separados por comas: ${TIE_KINDS.join(', ')} (por defecto, todos; sin variable en dot y mermaid)`,
      },
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: { en: 'write to this file', es: 'escribe en este archivo' },
    },
    tests: { type: 'boolean', help: { en: 'show tests as well', es: 'muestra también las pruebas' } },
    links: {
      type: 'boolean',
      help: {
        en: 'places in the page open in VS Code; the page then holds the path of this folder',
        es: 'los lugares de la página se abren en VS Code; la página contiene entonces la ruta de esta carpeta',
      },
    },
    'no-cache': { type: 'boolean', help: { en: 'read everything again', es: 'lee todo de nuevo' } },
  },
  examples: [
    'codeant graph --format html --output graph.html',
    'codeant graph --format mermaid --by folder',
    'codeant graph web --format dot | dot -Tsvg > web.svg',
    'codeant graph --ties call,foreign',
  ],

  async run(given, terminal) {
    const { out, err, locale } = terminal
    const format = (given.value('format') ?? 'json') as Format
    const kinds = readKinds(given, format, locale)
    const workspace = openWorkspace(terminal, { cache: !given.flag('no-cache') })
    try {
      const asked = { places: given.positionals, tests: given.flag('tests') }
      const architecture = await gatherArchitecture(workspace, asked, terminal)
      const written = write(
        format,
        architecture,
        { kinds, by: given.value('by') as Picture['by'] },
        given,
        terminal,
      )
      const output = given.value('output')
      if (output === undefined) out.write(written)
      else {
        save(output, written, terminal)
        err.write(`${WORDS[locale].written(output)}\n`)
      }
      return architecture.unreadable > 0 ? EXIT.usage : EXIT.ok
    } finally {
      await workspace.scanner.close()
    }
  },
}

function write(
  format: Format,
  { ties, lineOf }: Architecture,
  { kinds, by: asked }: { readonly kinds: readonly TieKind[]; readonly by: Picture['by'] | undefined },
  given: Arguments,
  { cwd, locale }: Terminal,
): string {
  if (format === 'html') {
    const title = basename(given.positionals.length === 1 ? resolve(cwd, given.positionals[0]!) : cwd)
    const page = pageOf(ties, { title, locale, kinds, by: asked, lineOf })
    return graphPage({ ...page, ...(given.flag('links') && { linkBase: linkBase(cwd) }) })
  }
  const files = pictureOf(ties, { by: 'file', kinds, lineOf })
  const by = asked ?? (files.nodes.length > MOST_FILES[format] ? 'folder' : 'file')
  const one = by === 'file' ? files : pictureOf(ties, { by: 'folder', kinds, lineOf })
  if (format === 'json') return `${JSON.stringify(one, undefined, 2)}\n`
  return format === 'dot' ? dotOf(one) : mermaidOf(one)
}

function save(output: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(absolute(terminal, output), text)
  } catch (error) {
    throw new UsageError(WORDS[terminal.locale].unwritable(output, (error as Error).message))
  }
}

function linkBase(cwd: string): string {
  const path = cwd.split(sep).map(encodeURIComponent).join('/')
  return `vscode://file/${path.replace(/^\//, '')}/`
}

function readKinds(given: Arguments, format: Format, locale: Locale): readonly TieKind[] {
  const value = given.value('ties')
  // Everything reads the environment: in a drawing that stands still such lines hide the others.
  if (value === undefined)
    return format === 'dot' || format === 'mermaid' ? TIE_KINDS.filter(it => it !== 'variable') : TIE_KINDS
  const kinds = value.split(',').map(it => it.trim())
  const unknown = kinds.find(it => !TIE_KINDS.some(kind => kind === it))
  if (unknown !== undefined) throw new UsageError(WORDS[locale].noKind(unknown))
  return TIE_KINDS.filter(it => kinds.includes(it))
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly noKind: (kind: string) => string
      readonly written: (file: string) => string
      readonly unwritable: (file: string, why: string) => string
    }
  >
> = {
  en: {
    noKind: kind => `--ties cannot be "${kind}"; it is one of: ${TIE_KINDS.join(', ')}`,
    written: file => `codeant: written to ${file}`,
    unwritable: (file, why) => `cannot write ${file}: ${why}`,
  },
  es: {
    noKind: kind => `--ties no puede ser «${kind}»; puede ser: ${TIE_KINDS.join(', ')}`,
    written: file => `codeant: escrito en ${file}`,
    unwritable: (file, why) => `no se puede escribir ${file}: ${why}`,
  },
}
