// Django's lists of URLs: `path("users/", views.users)`, `re_path(r"^api/", include("api.urls"))`.

import { argument, calleeName, isFalse, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { ofExpression, ofPath } from './django-paths.ts'
import { viewIn } from './django-views.ts'
import type { RouterRows } from './router-rows.ts'
import { lastName, placeOf, routerReference, wholeText } from './routers.ts'

export function isUrlList(file: SourceFile, node: SyntaxNode): boolean {
  if (node.kind === 'Binary')
    return [node.child('left'), node.child('right')].some(it => it !== undefined && isUrlList(file, it))
  return node.is('List', 'Tuple') && node.children('element').some(it => isUrlCall(file, it))
}

/** Where patterns are read, and to whom they belong. */
export interface List {
  readonly file: SourceFile
  readonly holder: Reference
  /** Rows of classes that have got their paths. */
  readonly served: Set<number>
  readonly rows: RouterRows
}

/** Lists in lists go so deep at most. */
const DEPTH = 12

/** `[path(…), *more] + static(…)`, below one of `prefixes`. */
export function readList(
  list: List,
  given: SyntaxNode,
  prefixes: readonly string[] | undefined,
  depth = 0,
): void {
  const node = given.unwrapped
  if (depth > DEPTH) return
  const inner = (it: SyntaxNode | undefined) => it && readList(list, it, prefixes, depth + 1)
  switch (node.kind) {
    case 'List':
    case 'Tuple':
      for (const it of node.children('element')) inner(it)
      return
    case 'Spread':
      return inner(node.child('value'))
    case 'Binary':
      inner(node.child('left'))
      return inner(node.child('right'))
    case 'Conditional':
      inner(node.child('consequence'))
      return inner(node.child('alternative'))
    case 'Call':
      return readListed(list, node, prefixes, depth)
    case 'Name':
    case 'Member':
      return mountList(list, node, prefixes)
    default:
  }
}

function readListed(
  list: List,
  call: SyntaxNode,
  prefixes: readonly string[] | undefined,
  depth: number,
): void {
  if (isUrlCall(list.file, call)) return readPattern(list, call, prefixes, depth)
  const name = calleeName(call)
  if (/^(format_suffix_patterns|list|sorted|patterns)$/.test(name)) {
    for (const it of positional(call)) if (it.kind !== 'String') readList(list, it, prefixes, depth + 1)
  }
  if (name !== 'i18n_patterns') return
  const below = prefixes?.map(it => `${it}{language}/`)
  const isOptional = isFalse(list.file, keywordArgument(call, 'prefix_default_language'))
  for (const it of positional(call)) {
    readList(list, it, below, depth + 1)
    if (isOptional) readList(list, it, prefixes, depth + 1)
  }
}

/** `router.urls`, `other_urlpatterns` */
function mountList(
  { file, holder, rows }: List,
  node: SyntaxNode,
  prefixes: readonly string[] | undefined,
): void {
  const isRouter = node.kind === 'Member' && lastName(node) === 'urls'
  const child = routerReference(file, isRouter ? node.child('object')! : node)
  if (!child) return
  for (const it of prefixes ?? [undefined])
    rows.mount({ parent: holder, child, prefix: it && `/${it}` }, node)
}

function isUrlCall(file: SourceFile, node: SyntaxNode): boolean {
  const callee = node.kind === 'Call' ? node.child('callee') : undefined
  if (!callee || !/^(path|re_path|url)$/.test(calleeName(node))) return false
  return /^(django|wagtail|rest_framework)\b|^(path|re_path|url)$/.test(file.qualifiedName(callee))
}

/** What cannot be read makes `undefined` of the prefixes: nobody can tell the path then. */
function readPattern(
  list: List,
  call: SyntaxNode,
  prefixes: readonly string[] | undefined,
  depth: number,
): void {
  const route = argument(call, 0, 'route') ?? argument(call, -1, 'regex')
  const view = argument(call, 1, 'view')
  if (!route || !view) return
  const included =
    view.kind === 'Call' && /^(\w+_)?include$/.test(calleeName(view)) ? positional(view)[0] : undefined
  const own = pathsOf(list.file, call, route, !included)
  const paths = own && prefixes?.flatMap(before => own.map(it => before + it))
  if (included) readIncluded(list, included, paths, route, depth)
  else if (view.kind === 'Member' && lastName(view) === 'urls')
    addEverything(list, paths, lastName(view), route)
  else if (!(view.kind === 'Call' && calleeName(view) === 'as_asgi'))
    addView(list, view, paths, placeOf(route, call))
}

function pathsOf(
  file: SourceFile,
  call: SyntaxNode,
  route: SyntaxNode,
  isWhole: boolean,
): RoutePath[] | undefined {
  const text = wholeText(file, route) ?? translated(file, route)
  if (text === undefined) return undefined
  if (calleeName(call) === 'path') return [ofPath(text)]
  const paths = ofExpression(text, isWhole)
  return paths.length > 0 ? paths : undefined
}

/** `_("about/")` */
function translated(file: SourceFile, node: SyntaxNode): string | undefined {
  const [first] = node.kind === 'Call' ? positional(node) : []
  return first?.kind === 'String' ? wholeText(file, first) : undefined
}

function addView(list: List, view: SyntaxNode, paths: readonly string[] | undefined, at: SyntaxNode): void {
  const { handler, methods, answeredBy, elsewhere, made } = viewIn(list.file, view)
  if (made) list.served.add(made.row)
  for (const it of paths ?? [undefined]) {
    const path = it === undefined ? undefined : `/${it}`
    if (elsewhere) list.rows.mount({ parent: list.holder, child: elsewhere, prefix: path }, at)
    else
      list.rows.route(
        { router: list.holder, methods, path, handler, ...(answeredBy ? { answeredBy } : {}) },
        at,
      )
  }
}

/** Others answer below these paths, and nobody can tell what. */
function addEverything(
  list: List,
  paths: readonly string[] | undefined,
  handler: string,
  at: SyntaxNode,
): void {
  for (const it of paths ?? [undefined]) {
    const path = it === undefined ? undefined : `/${it}{path*}`
    list.rows.route({ router: list.holder, methods: ['*'], path, handler }, at)
  }
}

/** `include("users.urls")`, `include((patterns, "users"))`, `include(router.urls)`, `include([path(…)])` */
function readIncluded(
  list: List,
  given: SyntaxNode,
  paths: readonly string[] | undefined,
  at: SyntaxNode,
  depth: number,
): void {
  const node = given.kind === 'Tuple' ? given.children('element')[0]?.unwrapped : given.unwrapped
  if (!node) return
  if (node.is('List', 'Binary')) return readList(list, node, paths, depth + 1)
  const child = includedReference(list.file, node)
  if (!child) return addEverything(list, paths, '', at)
  for (const it of paths ?? [undefined])
    list.rows.mount({ parent: list.holder, child, prefix: it && `/${it}` }, at)
}

function includedReference(file: SourceFile, node: SyntaxNode): Reference | undefined {
  const module = node.kind === 'Call' ? undefined : wholeText(file, node)
  if (module !== undefined) return { module, names: ['urlpatterns'] }
  if (!node.is('Name', 'Member')) return undefined
  const object =
    node.kind === 'Member' && lastName(node) === 'urls' ? node.child('object')?.unwrapped : undefined
  if (object && /(router|api)$/i.test(lastName(object))) return routerReference(file, object)
  const reference = routerReference(file, node)
  const isModule = reference?.module !== '' && !/patterns$/.test(lastName(node))
  return reference && isModule ? { ...reference, names: [...reference.names, 'urlpatterns'] } : reference
}
