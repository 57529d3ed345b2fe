// Routes whose path is that of their file: Next.js, SvelteKit, and Nuxt with its server Nitro.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework, Method, RoutePath } from '../../rows/routes.ts'
import { methodsAnswered } from './methods-answered.ts'

export function extractFileRoutes(file: SourceFile, facts: FactWriter): void {
  const { path } = file
  if (/(?:^|\/)route\.[cm]?[jt]sx?$/.test(path)) return addNextRoute(file, facts)
  if (/(?:^|\/)pages\/api(?:\/.+)?\.[jt]sx?$/.test(path)) return addNextApi(file, facts)
  if (/(?:^|\/)\+server\.[jt]s$/.test(path)) return addSvelteKit(file, facts)
  if (/(?:^|\/)server\/(?:api|routes)\/.+\.[cm]?[jt]s$/.test(path)) addNitro(file, facts)
}

const EXPORTED: ReadonlyMap<string, Method> = new Map([
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map(it => [it, it] as const),
  // SvelteKit's for what has no function of its own.
  ['fallback', '*'],
])

/** `app/users/[id]/route.ts` with `export function GET()`. */
function addNextRoute(file: SourceFile, facts: FactWriter): void {
  const folders = foldersBelow(file.path, 'app')
  if (!folders || folders.some(it => it.startsWith('_')) || isHandedOn(file)) return
  addExported(file, pathsOf(folders.filter(it => !it.startsWith('@')).map(nextSegment)), 'nextjs', facts)
}

/** `src/routes/users/[id]/+server.ts` */
function addSvelteKit(file: SourceFile, facts: FactWriter): void {
  const folders = foldersBelow(file.path, 'routes')
  if (folders) addExported(file, pathsOf(folders.map(svelteSegment)), 'sveltekit', facts)
}

function addExported(
  file: SourceFile,
  paths: readonly RoutePath[],
  framework: Framework,
  facts: FactWriter,
): void {
  for (const name of exportedNames(file)) {
    const method = EXPORTED.get(name.name)
    if (!method || (method === '*' && framework !== 'sveltekit')) continue
    for (const path of paths)
      facts.add('route', { router: undefined, methods: [method], path, handler: name.name, framework }, name)
  }
}

/** The names that a module exports, where they are written. */
export function* exportedNames(file: SourceFile): Generator<SyntaxNode> {
  for (const statement of file.root.children('statement')) {
    if (statement.kind !== 'Export') continue
    const definition = statement.child('definition')
    const name = definition?.kind === 'Function' ? definition.child('name') : undefined
    if (name) yield name
    for (const it of definition?.kind === 'Declaration' ? definition.children('definition') : []) {
      const target = it.child('target')
      if (target?.kind === 'Name') yield target
      else for (const inner of target?.descendants('Name') ?? []) yield inner
    }
    for (const it of statement.children('name')) {
      const inner = it.child('alias') ?? it.child('name') ?? it
      if (inner.kind === 'Name') yield inner
    }
  }
}

/** `export const GET = handle(app)` of Hono: the routes are those of `app`. */
function isHandedOn(file: SourceFile): boolean {
  return /['"]hono\/(?:vercel|nextjs)['"]/.test(file.tree.text)
}

/** `pages/api/users/[id].ts` with one function for all methods. */
function addNextApi(file: SourceFile, facts: FactWriter): void {
  const handler = defaultExport(file)
  if (!handler) return
  const [, below] = /(?:^|.*\/)pages\/(api(?:\/.+)?)\.[jt]sx?$/.exec(file.path) ?? []
  if (below === undefined) return
  const folders = below.split('/')
  if (folders.at(-1) === 'index') folders.pop()
  const methods = methodsAnswered(file, handler)
  for (const path of pathsOf(folders.map(nextSegment)))
    facts.add(
      'route',
      {
        router: undefined,
        methods,
        path,
        handler: nameOf(handler),
        answeredBy: DEFAULT,
        framework: 'nextjs',
      },
      handler,
    )
}

/** `server/api/users/[id].get.ts`, `server/routes/health.ts`. */
function addNitro(file: SourceFile, facts: FactWriter): void {
  const handler = defaultExport(file)
  if (!handler || !/\b(?:define\w*Handler|\w*[eE]ventHandler|fromNodeMiddleware)\b/.test(file.tree.text))
    return
  const [, kind, below] = /(?:^|.*?\/)server\/(api|routes)\/(.+)\.[cm]?[jt]s$/.exec(file.path) ?? []
  if (!kind || below === undefined) return
  const [, stem, method] =
    /^(.*?)(?:\.(get|post|put|patch|delete|head|options))?(?:\.(?:dev|prod|prerender))?$/.exec(below)!
  const folders = stem!.split('/')
  if (folders.at(-1) === 'index') folders.pop()
  const methods = method ? [method.toUpperCase()] : methodsAnswered(file, handler)
  const all = [...(kind === 'api' ? ['api'] : []), ...folders]
  for (const path of pathsOf(all.map(nitroSegment)))
    facts.add(
      'route',
      { router: undefined, methods, path, handler: nameOf(handler), answeredBy: DEFAULT, framework: 'nuxt' },
      handler,
    )
}

const DEFAULT: Reference = { module: '', names: ['default'] }

/** `export default …`, `module.exports = …`: what is exported. */
function defaultExport(file: SourceFile): SyntaxNode | undefined {
  for (const statement of file.root.children('statement')) {
    if (statement.kind === 'Export') {
      if (/^export\s+default\b/.test(statement.text.slice(0, 40)))
        return statement.child('definition') ?? statement.child('value')
      const named = statement
        .children('name')
        .find(it => (it.child('alias') ?? it.child('name'))?.name === 'default')
      if (named) return named
    }
    const assignment = statement.kind === 'ExpressionStatement' ? statement.child('value') : undefined
    if (assignment?.kind === 'Assignment' && assignment.child('target')?.text === 'module.exports')
      return assignment.child('value')
  }
  return undefined
}

function nameOf(handler: SyntaxNode): string {
  return handler.kind === 'Name' ? handler.name : (handler.child('name')?.name ?? '')
}

/** The folders between the one that holds all routes and the file. A package may be called as that one is: `app/src/app`. */
function foldersBelow(path: string, holder: string): string[] | undefined {
  const folders = path.split('/').slice(0, -1)
  let at = folders.indexOf(holder)
  const inSource = folders.findIndex((it, i) => it === 'src' && folders[i + 1] === holder)
  if (inSource !== -1) at = inSource + 1
  else while (at !== -1 && folders[at + 1] === holder) at++
  return at === -1 ? undefined : folders.slice(at + 1)
}

/** What one folder puts into the path; several where it may be missing. */
type Segment = readonly string[]

function pathsOf(segments: readonly Segment[]): RoutePath[] {
  let paths = ['']
  for (const variants of segments)
    paths = variants.flatMap(it => paths.map(path => (it === '' ? path : `${path}/${it}`)))
  return paths.map(it => it || '/')
}

/** `(group)`, `[id]`, `[...rest]`, `[[...rest]]` */
function nextSegment(folder: string): Segment {
  if (/^\(.*\)$/.test(folder)) return ['']
  const rest = /^\[\[?\.\.\.(.+?)\]\]?$/.exec(folder)
  if (rest) return [`{${rest[1]}*}`]
  return [decoded(folder.replace(/\[([^\]]+)\]/g, '{$1}'))]
}

/** `(group)`, `[id=integer]`, `[[lang]]`, `[...rest]`, `[x+2e]` for what no folder may be called. */
function svelteSegment(folder: string): Segment {
  if (/^\(.*\)$/.test(folder)) return ['']
  const written = folder.replace(/\[x\+([0-9a-f]{2})\]/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  const rest = /^\[\.\.\.(\w+)(?:=\w+)?\]$/.exec(written)
  if (rest) return [`{${rest[1]}*}`]
  const whole = written
    .replace(/\[\[(\w+)(?:=\w+)?\]\]/g, '{$1}')
    .replace(/\[(?:\.\.\.)?(\w+)(?:=\w+)?\]/g, '{$1}')
  return written.includes('[[') ? [whole, written.replace(/\[\[.*?\]\]/g, '')] : [whole]
}

/** `[id]`, `[[id]]`, `[...rest]`, `[...]`, `(group)` */
function nitroSegment(folder: string): Segment {
  if (/^\(.*\)$/.test(folder)) return ['']
  const rest = /^\[\.\.\.(\w*)\]$/.exec(folder)
  if (rest) return [`{${rest[1] || 'path'}*}`]
  const optional = /^\[\[(\w+)\]\]$/.exec(folder)
  if (optional) return [`{${optional[1]}}`, '']
  return [folder.replace(/\[(\w+)\]/g, '{$1}')]
}

/** `%5Fnext` is how Next.js lets a folder begin with an underscore. */
function decoded(folder: string): string {
  return folder.replace(/%5F/gi, '_')
}
