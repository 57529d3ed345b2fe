// What an extractor says of a Rust file, in a notation that is short enough to write down.

import { type FactKind, FactWriter, type Row } from '../../server/src/graph/facts.ts'
import type { Reference, TextParts } from '../../server/src/graph/rows/names.ts'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { testParser } from './engine.ts'

const parser = await testParser()

/** One line a row: `GET /users router=app handler=list`. Routers that hold nothing special are left out. */
export function rustRows(
  extract: (file: SourceFile, facts: FactWriter) => void,
  text: string,
  path = 'src/routes.rs',
): string[] {
  return linesOf(extract, text, path, (kind, row) => `${SHOWN[kind](row as never)}`)
}

/** The texts that the rows were read at. */
export function rustPlaces(
  extract: (file: SourceFile, facts: FactWriter) => void,
  text: string,
  path = 'src/routes.rs',
): string[] {
  return linesOf(extract, text, path, (kind, _, at) => `${kind} @ ${at}`)
}

function linesOf(
  extract: (file: SourceFile, facts: FactWriter) => void,
  text: string,
  path: string,
  line: (kind: Shown, row: unknown, at: string) => string,
): string[] {
  const tree = parser.parseOnce(text, 'rust')!
  const file = new SourceFile(path, 'rust', analyse(tree), new FileReader(tree))
  const writer = new FactWriter()
  extract(file, writer)
  const { rows, places } = writer.facts
  return KINDS.flatMap(kind =>
    (rows[kind] ?? []).map((row, i) => line(kind, row, text.slice(...places[kind]![i]!).split('\n')[0]!)),
  )
}

const KINDS = [
  'router',
  'mount',
  'route',
  'request',
  'wrapper',
  'forward',
  'constant',
  'alias',
  'class',
] as const
type Shown = (typeof KINDS)[number] & FactKind

const SHOWN: { readonly [K in Shown]: (row: Row<K>) => string } = {
  router: it => `router ${it.name}${it.prefix ? ` below ${it.prefix}` : ''}${it.isRoot ? ' root' : ''}`,
  mount: it => `${named(it.parent)} <- ${named(it.child)} below ${it.prefix ?? '?'}`,
  route: it =>
    `${it.methods.join('|')} ${it.path ?? '?'} router=${it.router ? named(it.router) : '-'} handler=${it.handler}`,
  request: it =>
    `${method(it.method)} ${parts(it.url)}${it.isSure ? '' : ' perhaps'}${it.through ? ` through ${named(it.through.callee)}` : ''}`,
  wrapper: it =>
    it.through
      ? `${it.name} = ${call(it.through.callee, it.through.arguments)}`
      : `${it.name} = ${method(it.method)} ${parts(it.url)}`,
  forward: it => call(it.callee, it.arguments),
  constant: it => `${it.name} = ${parts(it.text)}`,
  alias: it => `${it.name} is ${named(it.of)}`,
  class: it => `${it.name} extends ${named(it.superclass)}`,
}

function named({ names }: Reference): string {
  return names.join('.')
}

function call(callee: Reference, given: Row<'forward'>['arguments']): string {
  return `${named(callee)}(${given.map(it => (it.kind === 'text' ? parts(it.parts) : it.kind)).join(', ')})`
}

function method(given: Row<'request'>['method']): string {
  return typeof given === 'string' ? given : 'parameter' in given ? `<${given.parameter}>` : '*'
}

/** `{hole}`, `<1>` for a parameter, `[a.b]` for what another file knows. */
function parts(all: TextParts): string {
  return all
    .map(it => {
      if (typeof it === 'string') return it
      if ('parameter' in it) return `<${it.parameter}>`
      return 'from' in it ? `[${named(it.from)}]` : `{${it.hole}}`
    })
    .join('')
}
