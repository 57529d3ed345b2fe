// Routes of React Router and Remix: those that `routes.ts` lists, and those whose path is the name of their file.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { joinPaths } from '../../path-pattern.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { pathsAt } from './colon-path.ts'
import { exportedNames } from './file-routes.ts'

export function extractReactRouter(file: SourceFile, facts: FactWriter): void {
  if (file.tree.text.includes('@react-router/dev/routes')) return addListed(file, facts)
  const below = /(?:^|\/)app\/routes\/(.+)\.[cm]?[jt]sx?$/.exec(file.path)?.[1]
  if (below !== undefined && !/\.(?:test|spec|d)$/.test(below)) addNamed(file, below, facts)
}

/** `route('api/render', './render.tsx')`, `index('./home.tsx')`, both below `prefix('admin', […])` and other routes. */
function addListed(file: SourceFile, facts: FactWriter): void {
  for (const call of file.root.descendants('Call')) {
    const name = calleeName(call)
    if (name !== 'route' && name !== 'index') continue
    const [first] = positional(call)
    if (!first) continue
    for (const before of pathsAbove(file, call))
      for (const own of name === 'route' ? pathsAt(file, first) : [''])
        facts.add('route', listedRow(before, own), first)
  }
}

function listedRow(before: RoutePath | undefined, own: RoutePath | undefined) {
  const path = before === undefined || own === undefined ? undefined : joinPaths(before, own) || '/'
  return { router: undefined, methods: ['*'], path, handler: '', framework: 'react-router' } as const
}

/**
 * What the lists put before a route that it stands in. A list in a variable may stand below anything, and most of what stands
 * there are pages, which answer no call: it says nothing.
 */
function pathsAbove(file: SourceFile, call: SyntaxNode): (RoutePath | undefined)[] {
  let paths: (RoutePath | undefined)[] = ['']
  for (const it of call.ancestors()) {
    if (it.kind === 'Function' || (it.kind === 'Declarator' && !isExported(it))) return []
    if (it.kind !== 'Call' || !/^(?:route|prefix)$/.test(calleeName(it))) continue
    const [first] = positional(it)
    const own = first ? pathsAt(file, first) : ['']
    paths = own.flatMap(above =>
      paths.map(path => (above === undefined || path === undefined ? undefined : joinPaths(above, path))),
    )
  }
  return paths
}

/** `const routes: RouteConfig = […]`, which the file exports as its only list. */
function isExported(declarator: SyntaxNode): boolean {
  const name = declarator.child('target')?.name ?? ''
  return (
    name !== '' &&
    new RegExp(`\\bexport\\s+default\\s+${name.replace(/\$/g, '\\$')}\\b`).test(declarator.tree.text)
  )
}

/** What a module exports for the server to call, with the methods that it answers. */
const ANSWERS: readonly (readonly [string, readonly Method[]])[] = [
  ['loader', ['GET', 'HEAD']],
  ['action', ['POST', 'PUT', 'PATCH', 'DELETE']],
]

/** `app/routes/users.$id.ts`, `app/routes/api+/users.$id.ts`, `app/routes/users/$id.ts`. */
function addNamed(file: SourceFile, below: string, facts: FactWriter): void {
  const { text } = file.tree
  for (const [name, methods] of ANSWERS) {
    const at = exportOf(file, name)
    if (!at) continue
    // What also shows a page is asked for by links and forms as well, which nobody counts.
    const isPage = /\bexport\s+default\b/.test(text)
    for (const path of namedPaths(below))
      facts.add(
        'route',
        {
          ...{ router: undefined, methods: isPage ? ['*'] : methods, path, handler: name },
          framework: 'react-router',
        },
        at,
      )
  }
}

function exportOf(file: SourceFile, name: string): SyntaxNode | undefined {
  if (!file.tree.names.includes(name)) return undefined
  for (const it of exportedNames(file)) if (it.name === name) return it
  return undefined
}

/** The paths of a file, one more for each part that may be missing. */
function namedPaths(below: string): RoutePath[] {
  const folders = below.split('/')
  const file = folders.pop()!
  const isOnlyName = folders.length > 0 && /^(?:_?(?:index|route|layout)|page)$/.test(file)
  const names = [...folders.map(it => it.replace(/\+$/, '')), ...(isOnlyName ? [] : [file])]
  let paths = ['']
  for (const it of names.flatMap(partsOf)) {
    const variants = variantsOf(it)
    paths = paths.flatMap(path => variants.map(segment => (segment === '' ? path : `${path}/${segment}`)))
  }
  return paths.map(it => it || '/')
}

/** Split at its dots, but for those in brackets: `sitemap[.]xml`. */
function partsOf(name: string): string[] {
  return name.match(/(?:\[[^\]]*\]|[^.[])+/g) ?? []
}

/** `_shared` and `_index` add nothing, `users_` only leaves a frame, `$id` and `$` are filled, `(lang)` may be missing. */
function variantsOf(part: string): string[] {
  const optional = /^\((.*)\)$/.exec(part)
  if (optional) return ['', ...variantsOf(optional[1]!)]
  if (part.startsWith('_') || part === 'index') return ['']
  if (part === '$') return ['{path*}']
  if (part.startsWith('$')) return [`{${part.slice(1).replace(/_$/, '')}}`]
  return [part.replace(/_$/, '').replace(/\[([^\]]*)\]/g, '$1')]
}
