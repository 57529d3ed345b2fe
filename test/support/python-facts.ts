// What an extractor says of a Python file, in a notation that is short enough to write down.

import { type FactKind, FactWriter, type Row } from '../../server/src/graph/facts.ts'
import type { Reference, TextParts } from '../../server/src/graph/rows/names.ts'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { testParser } from './engine.ts'

const parser = await testParser()

export type Extractor = (file: SourceFile, facts: FactWriter) => void

/** One line a row, with the text that it was read at: `route GET /users router=app list_users @ "/users"`. */
export function rowsOf(extract: Extractor, text: string, path: string): string[] {
  const tree = parser.parseOnce(text, 'python')!
  const file = new SourceFile(path, 'python', analyse(tree), new FileReader(tree))
  const writer = new FactWriter()
  extract(file, writer)
  const { rows, places } = writer.facts
  return KINDS.flatMap(kind =>
    (rows[kind] ?? []).map((row, i) => {
      const [start, end] = places[kind]![i]!
      const at = text.slice(start, end).split('\n')[0]!
      return `${kind} ${SHOWN[kind](row as never)} @ ${at}`
    }),
  )
}

const KINDS = ['router', 'mount', 'route', 'client', 'request', 'wrapper', 'forward'] as const
type Shown = (typeof KINDS)[number] & FactKind

const SHOWN: { readonly [K in Shown]: (row: Row<K>) => string } = {
  router: it => `${it.name}${it.isRoot ? '!' : ''} ${it.prefix ?? '?'}`,
  mount: it => `${named(it.parent)} <- ${named(it.child)} ${it.prefix ?? '?'}`,
  route: it =>
    `${it.methods.join('|')} ${it.path ?? '?'} ${it.router ? named(it.router) : '-'} ${it.handler}`,
  client: it => `${it.name} ${parts(it.base)}`,
  request: it =>
    `${method(it.method)} ${parts(it.url)}${it.client ? ` of ${named(it.client)}` : ''}${it.isSure ? '' : ' perhaps'}`,
  wrapper: it =>
    `${it.name} ${method(it.method)} ${parts(it.url)}${it.client ? ` of ${named(it.client)}` : ''}${
      it.through ? ` through ${named(it.through.callee)}` : ''
    }`,
  forward: it =>
    `${named(it.callee)}(${it.arguments.map(given => (given.kind === 'text' ? parts(given.parts) : given.kind)).join(', ')})`,
}

function named({ module, names }: Reference): string {
  return `${module === '' ? '' : `${module}:`}${names.join('.')}`
}

function method(given: Row<'request'>['method']): string {
  return typeof given === 'string' ? given : JSON.stringify(given)
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
