// Routes of Django: lists of URLs, what they include, and the routers of the REST framework.

import { argument, calleeName, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { RoutePath } from '../../rows/routes.ts'
import { addViewClasses } from './django-classes.ts'
import { addDjangoHandlers } from './django-handlers.ts'
import { ofExpression } from './django-paths.ts'
import { isUrlList, readList } from './django-patterns.ts'
import { RouterRows } from './router-rows.ts'
import { lastName, routerReference, wholeText } from './routers.ts'

export function extractDjango(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'python' || !MAY_HOLD_ROUTES.test(file.tree.text)) return
  const rows = new RouterRows(facts, 'django')
  const served = new Set<number>()
  if (MAY_HOLD_URLS.test(file.tree.text)) {
    for (const it of file.root.descendants('Assignment', 'AugmentedAssignment'))
      readAssignment(file, it, served, rows)
    for (const it of file.root.descendants('Call')) readCall(file, it, served, rows)
  }
  if (MAY_HOLD_VIEWS.test(file.tree.text) && !file.isTest) addViewClasses(file, served, rows)
  rows.write()
  if (MAY_HOLD_VIEWS.test(file.tree.text) || MAY_HOLD_FUNCTIONS.test(file.tree.text))
    addDjangoHandlers(file, facts)
}

const MAY_HOLD_URLS = /urlpatterns|\bdjango\.(urls|conf\.urls)\b|Router\(|outer\.register\(/
const MAY_HOLD_VIEWS = /\brest_framework|\bdjango\.(views|contrib\.auth\.mixins)|View[Ss]et\b|APIView\b/
const MAY_HOLD_FUNCTIONS = /\bdjango\.(http|shortcuts)\b/
const MAY_HOLD_ROUTES = new RegExp(
  `${MAY_HOLD_URLS.source}|${MAY_HOLD_VIEWS.source}|${MAY_HOLD_FUNCTIONS.source}`,
)

function readAssignment(file: SourceFile, node: SyntaxNode, served: Set<number>, rows: RouterRows): void {
  const target = node.child('target')
  const value = node.child('value')?.unwrapped
  if (target?.kind !== 'Name' || !value || node.closest('Function', 'Class')) return
  if (value.kind === 'Call' && readRouter(file, target, value, rows)) return
  if (target.name !== 'urlpatterns' && !isUrlList(file, value)) return
  const holder = declareList(target, rows)
  readList({ file, holder, served, rows }, value, [''])
}

function declareList(target: SyntaxNode, rows: RouterRows): Reference {
  const reference: Reference = { module: '', names: [target.name] }
  rows.declare({ reference, prefix: '', isRoot: false, isSure: true, at: target })
  return reference
}

/** `router = DefaultRouter()`, `users_router = NestedSimpleRouter(router, "groups", lookup="group")` */
function readRouter(file: SourceFile, target: SyntaxNode, call: SyntaxNode, rows: RouterRows): boolean {
  const name = calleeName(call)
  const callee = call.child('callee')
  if (
    !callee ||
    !/Router$/.test(name) ||
    /^(fastapi|starlette|ninja|channels)\b/.test(file.qualifiedName(callee))
  )
    return false
  const reference = routerReference(file, target)
  if (!reference) return false
  const prefix = /Nested/.test(name) ? nestedPrefix(file, call, rows) : ''
  const isSure = /^rest_framework/.test(file.qualifiedName(callee))
  rows.declare({ reference, prefix, isRoot: false, isSure, at: call })
  return true
}

/** Below one item of the router around: `/groups/{group_pk}`. */
function nestedPrefix(file: SourceFile, call: SyntaxNode, rows: RouterRows): RoutePath | undefined {
  const router = argument(call, 0, 'parent_router')
  const below = argument(call, 1, 'parent_prefix')
  const lookup = keywordArgument(call, 'lookup')
  const text = below && wholeText(file, below)
  const key = lookup ? wholeText(file, lookup) : 'nested'
  const around = rows.prefixOf(router && routerReference(file, router))
  if (text === undefined || key === undefined || around === undefined) return undefined
  return `${around}${text === '' ? '' : `/${text}`}/{${key}_pk}`
}

function readCall(file: SourceFile, call: SyntaxNode, served: Set<number>, rows: RouterRows): void {
  const object = call.child('callee')?.unwrapped.child('object')?.unwrapped
  if (!object) return
  const name = calleeName(call)
  if (name === 'register') return readRegister(file, call, object, rows)
  if (!/^(append|extend|insert)$/.test(name) || call.closest('Function', 'Class')) return
  const given = positional(call).at(-1)
  const holder = object.kind === 'Member' ? undefined : ({ module: '', names: [object.name] } as const)
  if (lastName(object) === 'registry') readRegistry(file, object, given, rows)
  else if (holder && given && (object.name === 'urlpatterns' || rows.has(holder)))
    readList({ file, holder, served, rows }, given, [''])
}

/** `router.register("users", UserViewSet)` */
function readRegister(file: SourceFile, call: SyntaxNode, object: SyntaxNode, rows: RouterRows): void {
  const prefix = argument(call, 0, 'prefix')
  const viewset = argument(call, 1, 'viewset')
  const parent = routerReference(file, object)
  if (!prefix || !viewset || !parent || !prefix.is('String', 'Template', 'Name', 'Member', 'Binary')) return
  if (!(rows.has(parent) || /router$/i.test(lastName(object)))) return
  const child = routerReference(file, viewset)
  if (!child) return
  const text = wholeText(file, prefix)
  const paths = text === undefined ? [undefined] : ofExpression(text, false)
  for (const path of paths) {
    const below = path?.replace(/^\/|\/$/g, '')
    rows.mount({ parent, child, prefix: below === '' ? '' : below && `/${below}/` }, prefix)
  }
}

/** `router.registry.extend(users_router.registry)` */
function readRegistry(
  file: SourceFile,
  object: SyntaxNode,
  given: SyntaxNode | undefined,
  rows: RouterRows,
): void {
  const own = object.child('object')
  const other = given?.kind === 'Member' && lastName(given) === 'registry' ? given.child('object') : undefined
  const parent = own && routerReference(file, own)
  const child = other && routerReference(file, other)
  if (parent && child) rows.mount({ parent, child, prefix: '' }, given!)
}
