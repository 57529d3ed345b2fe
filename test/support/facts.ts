// What a file says to others, in a notation that is short enough to write down.

import { isCode } from '../../server/src/features/analyse-file.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { factsOf } from '../../server/src/graph/extract.ts'
import { type FactKind, FactWriter, type FileFacts, type Row } from '../../server/src/graph/facts.ts'
import type { Reference, TextParts } from '../../server/src/graph/rows/names.ts'
import type { ForwardedCall } from '../../server/src/graph/rows/requests.ts'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { testParser } from './engine.ts'

const parser = await testParser()

export type Extractor = (file: SourceFile, facts: FactWriter) => void

/** One line a row: `route GET /users/{id} of router by show`; `?` for what nobody can tell, `!` for an application. */
export function rowsOf(extract: Extractor, text: string, path: string): string[] {
  return linesOf(factsBy(extract, text, path), (_, shown) => shown)
}

/** The same, and the text that each row was read at: `… @ '/users/:id'`. */
export function rowsWithPlaces(extract: Extractor, text: string, path: string): string[] {
  return linesOf(factsBy(extract, text, path), (_, shown, place) => `${shown} @ ${textAt(text, place)}`)
}

/** What the rows were read at alone: `route @ '/users/:id'`. */
export function placesOf(extract: Extractor, text: string, path: string): string[] {
  return linesOf(factsBy(extract, text, path), (kind, _, place) => `${kind} @ ${textAt(text, place)}`)
}

/** All that one extractor says of a file. */
export function factsBy(extract: Extractor, text: string, path: string): FileFacts {
  const writer = new FactWriter()
  extract(sourceFile(text, path), writer)
  return writer.facts
}

/** All that a file says to others. */
export function allFacts(text: string, path: string): FileFacts {
  return factsOf(sourceFile(text, path))
}

export function sourceFile(text: string, path: string): SourceFile {
  const language = languageOf(path)!
  if (!isCode(language)) throw new Error(`${path} is no code`)
  const tree = parser.parseOnce(text, grammarOf(language, path)!)!
  return new SourceFile(path, language, analyse(tree), new FileReader(tree))
}

function linesOf(
  { rows, places }: FileFacts,
  line: (kind: Shown, shown: string, place: readonly [number, number]) => string,
): string[] {
  return KINDS.flatMap(kind =>
    (rows[kind] ?? []).map((row, i) =>
      line(kind, `${kind} ${SHOWN[kind](row as never)}`.trimEnd(), places[kind]![i]!),
    ),
  )
}

function textAt(text: string, [start, end]: readonly [number, number]): string {
  return text.slice(start, end).split('\n')[0]!
}

const KINDS = [
  'router',
  'alias',
  'mount',
  'route',
  'client',
  'request',
  'wrapper',
  'forward',
  'constant',
  'class',
] as const
type Shown = (typeof KINDS)[number] & FactKind

const SHOWN: { readonly [K in Shown]: (row: Row<K>) => string } = {
  router: it => `${it.framework} ${it.name}${it.isRoot ? '!' : ''} ${it.prefix ?? '?'}`,
  alias: it => `${it.name} = ${named(it.of)}`,
  mount: it => `${named(it.parent)} <- ${named(it.child)} ${it.prefix ?? '?'}`,
  route: it =>
    `${it.methods.join('|')} ${it.path ?? '?'}${it.router ? ` of ${named(it.router)}` : ''}${it.handler === '' ? '' : ` by ${it.handler}`}`,
  client: it => `${it.name} ${parts(it.base)}`,
  request: it =>
    `${asked(it)}${it.isSure ? '' : ' perhaps'}${it.through ? ` through ${called(it.through)}` : ''}`,
  wrapper: it => `${it.name} ${asked(it)}${it.through ? ` through ${called(it.through)}` : ''}`,
  forward: it => called(it),
  constant: it => `${it.name} = ${parts(it.text)}`,
  class: it => `${it.name} of ${named(it.superclass)}`,
}

function asked({ method, url, client }: Row<'request'> | Row<'wrapper'>): string {
  const shown =
    typeof method === 'string'
      ? method
      : 'parameter' in method
        ? `<${method.parameter}>`
        : `<${method.optionsOf}>.method`
  return `${shown} ${parts(url)}${client ? ` of ${named(client)}` : ''}`
}

function called({ callee, arguments: given }: ForwardedCall): string {
  return `${named(callee)}(${given.map(it => (it.kind === 'text' ? parts(it.parts) : it.kind)).join(', ')})`
}

function named({ module, names }: Reference): string {
  return `${module === '' ? '' : `${module}:`}${names.join('.')}`
}

/** `{hole}`, `<1>` for a parameter, `[module:name]` for what another file knows. */
function parts(all: TextParts): string {
  return all
    .map(it => {
      if (typeof it === 'string') return it
      if ('parameter' in it) return `<${it.parameter}>`
      return 'from' in it ? `[${named(it.from)}]` : `{${it.hole}}`
    })
    .join('')
}
