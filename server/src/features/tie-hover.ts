// What is told of a place that is tied to others: of a call, who answers it; of a route, its whole path and who calls it; of a
// variable, a table or a function of another language, where it comes from and who uses it.

import type { Locale } from '@codeant/shared/locale.ts'
import type { At, Route } from '../graph/routes.ts'
import type { Bridge } from '../graph/rows/foreign.ts'
import type { Framework } from '../graph/rows/routes.ts'
import { isTest } from '../semantics/provenance.ts'
import type { Subject } from './tie-kinds.ts'
import { endsAt, placesOf } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface TieHover {
  readonly at: At
  readonly markdown: string
}

/** `link` names a place in Markdown: `[web/users.ts:3](…)`. */
export function tieHover(
  view: WorkspaceView,
  path: string,
  offset: number,
  locale: Locale,
  link: (at: At) => string,
): TieHover | undefined {
  const ends = endsAt(view, path, offset)
  const [first] = ends
  if (!first) return undefined
  const say = WORDS[locale]
  const subjects = [...new Set(ends.map(it => it.tie.about))]
  const described = [...new Set(subjects.map(it => describe(it, say, link)))]
  const parts = described.slice(0, MOST_SUBJECTS)
  if (described.length > MOST_SUBJECTS) parts.push(say.more(described.length - MOST_SUBJECTS))
  const { kind } = first.tie.about
  const others = (side: 'declared' | 'used') =>
    placesOf(view, ends, side).filter(it => !isAt(it, path, offset))
  // A route says itself where it is.
  if (kind !== 'route') {
    const written = (at: At) =>
      kind === 'field' || kind === 'column' ? `${link(at)}${lineOf(view, at)}` : link(at)
    parts.push(...listed(say.declared[kind], others('declared'), written, say))
  }
  if (kind !== 'route' || first.side === 'declared')
    parts.push(...listed(kind === 'route' ? say.called : say.used, others('used'), link, say))
  return { at: first.at, markdown: parts.join('\n\n') }
}

/** More would not be read. */
const MOST_SUBJECTS = 4
const MOST_PLACES = 8

function isAt({ file, place: [start, end] }: At, path: string, offset: number): boolean {
  return file === path && start <= offset && offset <= end
}

/** How a field is declared says what it may be. */
function lineOf(view: WorkspaceView, { file, place: [start] }: At): string {
  const text = view.text(file)
  if (text === undefined) return ''
  const end = text.indexOf('\n', start)
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, end === -1 ? undefined : end).trim()
  return line.length > LONGEST_LINE || line.includes('`') ? '' : `: \`${line}\``
}

/** What is longer is no declaration alone. */
const LONGEST_LINE = 120

function describe(about: Subject, say: Words, link: (at: At) => string): string {
  switch (about.kind) {
    case 'route':
      return describeRoute(about.route, say, link)
    case 'variable':
      return `\`${about.variable.name}\`: ${say.variable}`
    case 'foreign':
      return `\`${about.of.name}\`: ${say.foreign(BRIDGE_NAMES[about.of.bridge])}`
    case 'module':
      return `\`${about.name}\`: ${say.module}`
    case 'table':
      return `\`${about.table.name}\`: ${say.table}`
    case 'column':
      return `\`${about.column.name}\`: ${say.column(about.column.table.name)}`
    case 'twins':
      return `\`${about.name}\`: ${say.twins}`
    case 'field':
      return `\`${about.field.name}\`: ${say[about.field.field.kind]}`
    case 'schema':
      return `\`${about.name}\`: ${say.schema(about.language)}`
    case 'topic':
      return `\`${about.topic.name}\`: ${say.topic}`
  }
}

function describeRoute(route: Route, say: Words, link: (at: At) => string): string {
  const { methods, path, handler, framework } = route
  const asked = `**${methods.map(it => (it === '*' ? say.any : it)).join(' · ')}** \`${path.replace(/^\{\}/, '…')}\``
  const by = handler === '' ? say.place(link(route)) : say.handler(handler, link(route))
  return `${asked}  \n${FRAMEWORK_NAMES[framework]}, ${by}`
}

/** Those of the product before those of its tests. */
function listed(what: string, places: readonly At[], link: (at: At) => string, say: Words): string[] {
  if (places.length === 0) return []
  const sorted = [...places].sort((a, b) => Number(isTest(a.file)) - Number(isTest(b.file)))
  const shown = sorted.slice(0, MOST_PLACES).map(it => `- ${link(it)}`)
  if (sorted.length > MOST_PLACES) shown.push(`- ${say.more(sorted.length - MOST_PLACES)}`)
  return [[`${what}:`, ...shown].join('\n')]
}

const FRAMEWORK_NAMES: Readonly<Record<Framework, string>> = {
  fastapi: 'FastAPI',
  flask: 'Flask',
  django: 'Django',
  express: 'Express',
  fastify: 'Fastify',
  koa: 'Koa',
  hono: 'Hono',
  nestjs: 'NestJS',
  nextjs: 'Next.js',
  sveltekit: 'SvelteKit',
  nuxt: 'Nuxt',
  'react-router': 'React Router',
  axum: 'axum',
  actix: 'actix-web',
  rocket: 'Rocket',
  openapi: 'OpenAPI',
}

const BRIDGE_NAMES: Readonly<Record<Bridge, string>> = {
  pyo3: 'PyO3',
  tauri: 'Tauri',
  'wasm-bindgen': 'wasm-bindgen',
  napi: 'napi-rs',
  c: 'C',
}

interface Words {
  readonly any: string
  readonly handler: (name: string, place: string) => string
  readonly place: (place: string) => string
  readonly variable: string
  readonly foreign: (bridge: string) => string
  readonly module: string
  readonly table: string
  readonly column: (table: string) => string
  readonly twins: string
  readonly field: string
  readonly parameter: string
  readonly topic: string
  readonly schema: (language: string) => string
  readonly declared: Readonly<Record<Exclude<Subject['kind'], 'route'>, string>>
  readonly used: string
  readonly called: string
  readonly more: (count: number) => string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    any: 'any method',
    handler: (name, place) => `answered by \`${name}\` in ${place}`,
    place: place => `answered in ${place}`,
    variable: 'a variable of the environment',
    foreign: bridge => `written in Rust, handed out by ${bridge}`,
    module: 'a module that is written in Rust',
    table: 'a table of the database',
    column: table => `a column of the table \`${table}\``,
    twins: 'written down in two languages',
    field: 'a field of data that both sides know',
    parameter: 'a parameter of a request',
    topic: 'messages that files send each other',
    schema: language => `declared in ${language}`,
    declared: {
      ...{ variable: 'Set in', foreign: 'Written in', table: 'Made in', twins: 'Also in' },
      ...{ module: 'Written in', column: 'Made in', field: 'Declared in', topic: 'Waited for in' },
      schema: 'Declared in',
    },
    used: 'Used in',
    called: 'Called from',
    more: count => `and ${count} more`,
  },
  es: {
    any: 'cualquier método',
    handler: (name, place) => `responde \`${name}\` en ${place}`,
    place: place => `se responde en ${place}`,
    variable: 'una variable de entorno',
    foreign: bridge => `escrito en Rust y ofrecido con ${bridge}`,
    module: 'un módulo escrito en Rust',
    table: 'una tabla de la base de datos',
    column: table => `una columna de la tabla \`${table}\``,
    twins: 'escrito en dos lenguajes',
    field: 'un campo de datos que ambos lados conocen',
    parameter: 'un parámetro de una petición',
    topic: 'mensajes que los archivos se envían',
    schema: language => `declarado en ${language}`,
    declared: {
      ...{ variable: 'Se define en', foreign: 'Está en', table: 'Se crea en', twins: 'También en' },
      ...{ module: 'Está en', column: 'Se crea en', field: 'Se declara en', topic: 'Se espera en' },
      schema: 'Se declara en',
    },
    used: 'Se usa en',
    called: 'Se llama desde',
    more: count => `y ${count} más`,
  },
}
