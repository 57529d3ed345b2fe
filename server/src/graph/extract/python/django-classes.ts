// Classes that answer requests in Django and its REST framework: views by their methods, viewsets by their actions.

import { argument, calleeName, isTrue, keywordArgument } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { classNamed, decoratorsOf, lineage, methodsOf, ownMethods, superclassesOf } from './classes.ts'
import { ofExpression } from './django-paths.ts'
import type { RouterRows } from './router-rows.ts'
import { isOwn, lastName, methodsIn, routerReference, wholeText } from './routers.ts'

/** A class of this name is looked for by its name, so its file must tell of it whatever it is made of. */
export const VIEW_NAME = /(Views?|View[Ss]et|Endpoint|API|Api|Mixin)$/

/** What the classes of Django and of the REST framework answer. */
const LIBRARY: ReadonlyMap<string, readonly Method[]> = new Map(
  Object.entries({
    View: '',
    APIView: '',
    GenericAPIView: '',
    ViewSet: '',
    GenericViewSet: '',
    ViewSetMixin: '',
    TemplateView: 'GET',
    ListView: 'GET',
    DetailView: 'GET',
    FormView: 'GET POST',
    CreateView: 'GET POST',
    UpdateView: 'GET POST',
    DeleteView: 'GET POST DELETE',
    LoginView: 'GET POST',
    LogoutView: 'GET POST',
    ListAPIView: 'GET',
    RetrieveAPIView: 'GET',
    CreateAPIView: 'POST',
    DestroyAPIView: 'DELETE',
    UpdateAPIView: 'PUT PATCH',
    ListCreateAPIView: 'GET POST',
    RetrieveUpdateAPIView: 'GET PUT PATCH',
    RetrieveDestroyAPIView: 'GET DELETE',
    RetrieveUpdateDestroyAPIView: 'GET PUT PATCH DELETE',
    ObtainAuthToken: 'POST',
  }).map(([name, methods]) => [name, methods.split(' ').filter(it => it !== '')]),
)

/** What the REST framework's own viewsets and mixins do. */
const LIBRARY_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    ModelViewSet: 'list create retrieve update partial_update destroy',
    ReadOnlyModelViewSet: 'list retrieve',
    ListModelMixin: 'list',
    CreateModelMixin: 'create',
    RetrieveModelMixin: 'retrieve',
    UpdateModelMixin: 'update partial_update',
    DestroyModelMixin: 'destroy',
  }).map(([name, actions]) => [name, actions.split(' ')]),
)

/** What a class answers as a view, and the classes of other files that it takes more from. */
export interface Answers {
  readonly methods: readonly Method[]
  /** Names of actions of a viewset that the REST framework brings. */
  readonly actions: readonly string[]
  /** Functions that a viewset is made of: its own, and those of superclasses in this file. */
  readonly functions: ReadonlyMap<string, SyntaxNode>
  readonly inherited: readonly Reference[]
  readonly isViewSet: boolean
}

export function answers(file: SourceFile, made: SyntaxNode): Answers {
  const methods = new Set<Method>()
  const actions = new Set<string>()
  const functions = new Map<string, SyntaxNode>()
  const inherited: Reference[] = []
  let isViewSet = /View[Ss]et$/.test(made.child('name')?.name ?? '')
  let isKnown = true
  for (const node of lineage(file, made)) {
    for (const it of ownMethods(node)) methods.add(it)
    for (const { name, fn } of methodsOf(node)) if (!functions.has(name)) functions.set(name, fn)
    for (const it of superclassesOf(node)) {
      const name = lastName(it)
      if (/View[Ss]et$/.test(name)) isViewSet = true
      if (classNamed(file, it)) continue
      const reference = routerReference(file, it)
      if (reference && reference.module !== '' && isOwn(file, reference)) {
        if (VIEW_NAME.test(name)) inherited.push(reference)
        continue
      }
      for (const action of LIBRARY_ACTIONS.get(name) ?? []) actions.add(action)
      for (const method of LIBRARY.get(name) ?? []) methods.add(method)
      if (!LIBRARY.has(name) && !LIBRARY_ACTIONS.has(name) && /Views?$/.test(name)) isKnown = false
    }
  }
  const isSilent =
    methods.size === 0 &&
    inherited.length === 0 &&
    !isViewSet &&
    !/Mixin$/.test(made.child('name')?.name ?? '')
  const all = !isKnown || isSilent ? ['*'] : [...methods]
  return { methods: all, actions: [...actions], functions, inherited, isViewSet }
}

/** Classes whose name or superclass says that they are views, in files that could hold some. */
export function isViewClass(made: SyntaxNode): boolean {
  const name = made.child('name')?.name ?? ''
  const said = [name, ...superclassesOf(made).map(lastName)].filter(it => VIEW_NAME.test(it))
  // What is mixed in says something of a view only when it is mixed into one.
  return said.includes(name) || said.some(it => !it.endsWith('Mixin'))
}

/** The router that each view class is to those who give it a path in another file. */
export function addViewClasses(file: SourceFile, served: ReadonlySet<number>, rows: RouterRows): void {
  for (const made of file.root.descendants('Class')) {
    const name = made.child('name')
    if (!name || served.has(made.row) || made.closest('Function', 'Class') || !isViewClass(made)) continue
    const router: Reference = { module: '', names: [name.name] }
    const found = answers(file, made)
    rows.declare({ reference: router, prefix: '', isRoot: false, isSure: true, at: name })
    for (const child of found.inherited) rows.mount({ parent: router, child, prefix: '' }, name)
    const hasActions = found.methods.length === 0 || found.isViewSet
    if (!found.isViewSet) addMethods(made, router, found, rows)
    if (hasActions) addActions(file, made, router, found, rows)
  }
}

/** `def get(self, request)` */
function addMethods(
  made: SyntaxNode,
  router: Reference,
  { methods, functions }: Answers,
  rows: RouterRows,
): void {
  const name = router.names[0]!
  for (const method of methods) {
    const fn = functions.get(method.toLowerCase())
    const at = (fn ?? made).child('name') ?? made
    rows.route(
      { router, methods: [method], path: '', handler: fn ? `${name}.${method.toLowerCase()}` : name },
      at,
    )
  }
}

const COLLECTION: readonly (readonly [string, Method])[] = [
  ['list', 'GET'],
  ['create', 'POST'],
]
const ITEM: readonly (readonly [string, Method])[] = [
  ['retrieve', 'GET'],
  ['update', 'PUT'],
  ['partial_update', 'PATCH'],
  ['destroy', 'DELETE'],
]

function addActions(
  file: SourceFile,
  made: SyntaxNode,
  router: Reference,
  { actions, functions }: Answers,
  rows: RouterRows,
): void {
  const item = `/{${settingOf(file, made, 'lookup_url_kwarg') ?? settingOf(file, made, 'lookup_field') ?? 'pk'}}/`
  const listed = allowedBy(file, made)
  const add = (action: string, method: Method, path: RoutePath, at: SyntaxNode) => {
    if (!listed || listed.includes(method))
      rows.route({ router, methods: [method], path, handler: action }, at)
  }
  for (const [names, path] of [
    [COLLECTION, '/'],
    [ITEM, item],
  ] as const) {
    for (const [action, method] of names) {
      const at = (functions.get(action) ?? (actions.includes(action) ? made : undefined))?.child('name')
      if (at) add(`${router.names[0]}.${action}`, method, path, at)
    }
  }
  for (const [name, fn] of functions) {
    for (const it of actionsOf(file, name, fn, functions))
      for (const method of it.methods)
        for (const path of it.paths)
          add(`${router.names[0]}.${name}`, method, it.isItem ? item + path : `/${path}`, it.at)
  }
}

interface Action {
  readonly methods: readonly Method[]
  /** Below that of the collection or the item, with a slash at their ends. */
  readonly paths: readonly RoutePath[]
  readonly isItem: boolean
  readonly at: SyntaxNode
}

/** `@action(detail=True, methods=["post"], url_path="publish")`, `@publish.mapping.delete` */
function* actionsOf(
  file: SourceFile,
  name: string,
  fn: SyntaxNode,
  functions: ReadonlyMap<string, SyntaxNode>,
): Generator<Action> {
  for (const it of decoratorsOf(fn)) {
    const called = it.kind === 'Call' ? calleeName(it) : ''
    if (/^(action|detail_route|list_route)$/.test(called)) {
      const detail = keywordArgument(it, 'detail') ?? argument(it, 1)
      const given = keywordArgument(it, 'methods') ?? argument(it, 0)
      const written = keywordArgument(it, 'url_path')
      const text = written ? wholeText(file, written) : name
      if (text === undefined) continue
      const paths = ofExpression(text, false).map(path => `${path.replace(/^\/|\/$/g, '')}/`)
      const isItem = called === 'detail_route' || isTrue(file, detail)
      yield { methods: methodsIn(file, given, 'GET'), paths, isItem, at: written ?? it }
    }
    const mapped = /^(\w+)\.mapping\.(get|post|put|patch|delete)$/.exec(it.text)
    const first = mapped && mapped[1] !== name ? functions.get(mapped[1]!) : undefined
    if (!mapped || !first) continue
    for (const action of actionsOf(file, mapped[1]!, first, new Map()))
      yield { ...action, methods: [mapped[2]!.toUpperCase()], at: it }
  }
}

/** `http_method_names = ["get", "head"]` */
function allowedBy(file: SourceFile, made: SyntaxNode): readonly Method[] | undefined {
  const value = settingIn(made, 'http_method_names')
  const methods = value && methodsIn(file, value, '*')
  return methods?.includes('*') ? undefined : methods
}

function settingOf(file: SourceFile, made: SyntaxNode, name: string): string | undefined {
  const value = settingIn(made, name)
  const text = value && wholeText(file, value)
  return text !== undefined && /^\w+$/.test(text) ? text : undefined
}

/** What a class gives to a name of its own. */
function settingIn(made: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const it of made.child('body')?.children() ?? []) {
    const assignment = it.child('value')
    if (assignment?.kind === 'Assignment' && assignment.child('target')?.name === name)
      return assignment.child('value')
  }
  return undefined
}
