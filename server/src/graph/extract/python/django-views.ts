// The views that Django's lists of URLs name: which methods they answer, as far as their file is this one.

import { argument, calleeName } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method } from '../../rows/routes.ts'
import { classNamed, decoratorsOf } from './classes.ts'
import { answers, VIEW_NAME } from './django-classes.ts'
import { isOwn, lastName, methodIn, methodsIn, routerReference } from './routers.ts'

/** A view may be wrapped so often. */
const DEPTH = 6

/** The class or function that a view is, without what is wrapped around it, and what is said where it is used. */
export interface View {
  readonly handler: string
  /** A function of another file. */
  readonly answeredBy?: Reference
  readonly methods: readonly Method[]
  /** A class of another file that tells its methods there. */
  readonly elsewhere?: Reference
  /** A class of this file. */
  readonly made?: SyntaxNode
}

/** `views.index`, `Users.as_view()`, `login_required(Users.as_view())`, `UserViewSet.as_view({"get": "list"})` */
export function viewIn(file: SourceFile, given: SyntaxNode | undefined): View {
  const value = given && file.value(given)
  const call = value?.kind === 'Call' ? asView(value) : undefined
  const owner = call?.child('callee')?.child('object')?.unwrapped
  if (!given || !call || !owner) return functionView(file, given)
  const handler = lastName(owner)
  const [first] = call.children('argument')
  const actions = first && file.value(first)
  if (actions?.kind === 'Dictionary') {
    const keys = actions.children('element').map(it => it.child('key'))
    return { handler, methods: keys.map(it => (it ? methodIn(file, it) : '*')) }
  }
  const made = classNamed(file, owner)
  if (made) return { handler, methods: answers(file, made).methods, made }
  const elsewhere = VIEW_NAME.test(handler) ? routerReference(file, owner) : undefined
  const isFound = elsewhere && isOwn(file, elsewhere)
  return isFound ? { handler, methods: ['*'], elsewhere } : { handler, methods: ['*'] }
}

function asView(call: SyntaxNode): SyntaxNode | undefined {
  if (calleeName(call) === 'as_view') return call
  for (const it of call.descendants('Call')) if (calleeName(it) === 'as_view') return it
  return undefined
}

/** A function, perhaps in a wrapping: `csrf_exempt(index)`. */
function functionView(file: SourceFile, given: SyntaxNode | undefined): View {
  let node = given?.unwrapped
  for (let steps = 0; steps < DEPTH && node?.kind === 'Call'; steps++) node = argument(node, 0)?.unwrapped
  if (node?.kind === 'String')
    return { handler: node.text.slice(1, -1).split('.').at(-1) ?? '', methods: ['*'] }
  if (!node?.is('Name', 'Member')) return { handler: '', methods: ['*'] }
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  const fn = binding?.kind === 'function' ? binding.declaration.parent : undefined
  const of = fn ? undefined : routerReference(file, node)
  return {
    ...{ handler: lastName(node), methods: fn?.kind === 'Function' ? allowed(file, fn) : ['*'] },
    ...(of && of.module !== '' ? { answeredBy: of } : {}),
  }
}

/** `@require_POST`, `@api_view(["GET"])` */
function allowed(file: SourceFile, fn: SyntaxNode): readonly Method[] {
  for (const it of decoratorsOf(fn)) {
    const name = it.kind === 'Call' ? calleeName(it) : lastName(it)
    if (name === 'require_GET' || name === 'require_safe') return ['GET']
    if (name === 'require_POST') return ['POST']
    if (it.kind === 'Call' && (name === 'require_http_methods' || name === 'api_view'))
      return methodsIn(file, argument(it, 0), name === 'api_view' ? 'GET' : '*')
  }
  return ['*']
}
