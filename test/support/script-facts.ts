// What an extractor says of a JavaScript or TypeScript file, a line per row: `GET /users/{id} of router by show`.

import { factsOf } from '../../server/src/graph/extract.ts'
import { FactWriter, type FileFacts, type Row } from '../../server/src/graph/facts.ts'
import type { Reference } from '../../server/src/graph/rows/names.ts'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { testParser } from './engine.ts'

const parser = await testParser()

/** Routers (`!`: an application on its own), aliases, mounts, then routes; with `?` for what nobody can tell. */
export function rowsOf(
  extract: (file: SourceFile, facts: FactWriter) => void,
  text: string,
  path = 'src/server.ts',
): string[] {
  const { rows } = factsBy(extract, text, path)
  return [
    ...(rows.router ?? []).map(shownRouter),
    ...(rows.alias ?? []).map(it => `alias ${it.name} = ${named(it.of)}`),
    ...(rows.mount ?? []).map(it =>
      `${named(it.parent)} <- ${named(it.child)} at ${it.prefix ?? '?'}`.trimEnd(),
    ),
    ...(rows.route ?? []).map(shownRoute),
  ]
}

/** All that the file says to others. */
export function allFacts(text: string, path: string): FileFacts {
  const tree = parser.parseOnce(text, 'typescript')!
  return factsOf(new SourceFile(path, 'typescript', analyse(tree), new FileReader(tree)))
}

/** All that one extractor says of it. */
export function factsBy(
  extract: (file: SourceFile, facts: FactWriter) => void,
  text: string,
  path = 'src/server.ts',
): FileFacts {
  const tree = parser.parseOnce(text, 'typescript')!
  const writer = new FactWriter()
  extract(new SourceFile(path, 'typescript', analyse(tree), new FileReader(tree)), writer)
  return writer.facts
}

/** What the first of the routes underlines. */
export function placeOf(extract: (file: SourceFile, facts: FactWriter) => void, text: string): string {
  const [start, end] = factsBy(extract, text).places.route![0]!
  return text.slice(start, end)
}

function shownRouter({ name, prefix, framework, isRoot }: Row<'router'>): string {
  return `${framework} ${name}${isRoot ? '!' : ''} ${prefix ?? '?'}`.trimEnd()
}

function shownRoute({ methods, path, router, handler }: Row<'route'>): string {
  const of = router ? ` of ${named(router)}` : ''
  return `${methods.join('|')} ${path ?? '?'}${of}${handler === '' ? '' : ` by ${handler}`}`
}

function named({ module, names }: Reference): string {
  return `${module === '' ? '' : `${module}:`}${names.join('.')}`
}
