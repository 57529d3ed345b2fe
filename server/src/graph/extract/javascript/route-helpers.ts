// Routes that go through a function of the project's own: `apiRoute('get', '/users', list)` where `apiRoute` says
// `router[method](path, wrap(handler))`.

import { calleeName, positional } from '../../../semantics/calls.ts'
import { parametersOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference, TextParts } from '../../rows/names.ts'
import type { Framework, Method } from '../../rows/routes.ts'
import { joined, textIn } from '../text.ts'
import { colonPaths } from './colon-path.ts'
import { describedRoute } from './described-route.ts'
import { handlerName } from './handler-name.ts'
import { loopedArguments } from './looped-arguments.ts'
import { VERBS } from './router-likeness.ts'
import { functionOf, functionTaking } from './script-router-names.ts'
import type { Router, Routers } from './script-routers.ts'

/** What a function routes when it is called: where its parameters go. */
interface Helper {
  readonly fn: SyntaxNode
  readonly method: readonly Method[] | { readonly parameter: number }
  readonly path: TextParts
  readonly router: Router
}

/** A helper of a helper of a helper. */
const DEPTH = 3

export function addHelperRoutes(file: SourceFile, routers: Routers, facts: FactWriter): void {
  const seen = new Set<number>()
  for (const router of routers.all) {
    for (const call of computedCalls(router)) addComputed(file, router, call, facts)
    for (const it of [
      ...router.uses.filter(({ verb }) => VERBS.has(verb)).map(({ call }) => call),
      ...computedCalls(router),
    ]) {
      const helper = helperAround(file, router, it)
      if (helper) addCalls(file, routers, helper, facts, seen, 0)
    }
  }
  addForeign(file, routers, facts, seen)
}

/** `router[method](path, …)` */
export function* computedCalls({ binding }: Router): Generator<SyntaxNode> {
  for (const read of binding?.reads() ?? []) {
    const index = read.role === 'object' && read.parent?.kind === 'Index' ? read.parent : undefined
    if (index?.role === 'callee' && index.parent?.kind === 'Call') yield index.parent
  }
}

/** Those whose path is written there: `['get', 'head'].forEach(verb => app[verb]('/x', show))`. */
function addComputed(file: SourceFile, router: Router, call: SyntaxNode, facts: FactWriter): void {
  const index = call.child('callee')?.child('index')
  const [path, ...handlers] = positional(call)
  const last = handlers.at(-1)
  if (!index || !path || !last) return
  for (const [verb] of loopedArguments(file, [index])) {
    const name = verb && file.constant(verb)
    const methods = name?.kind === 'string' ? (VERBS.get(name.value.toLowerCase()) ?? []) : ['*']
    if (methods.length > 0)
      addPaths(router.reference, router.framework, methods, textIn(file, path), last, path, facts)
  }
}

/** The function that this call makes a helper, because its path or its method is a parameter. */
function helperAround(file: SourceFile, router: Router, call: SyntaxNode): Helper | undefined {
  const callee = call.child('callee')
  const path = positional(call)[0]
  if (!callee || !path) return undefined
  const index = callee.kind === 'Index' ? callee.child('index') : undefined
  const fn = parameterFunction(file, path) ?? (index && parameterFunction(file, index))
  if (!fn) return undefined
  const method = index ? methodOf(file, index) : VERBS.get(calleeName(call))
  return method && { fn, method, path: textIn(file, path), router }
}

function methodOf(file: SourceFile, node: SyntaxNode): Helper['method'] | undefined {
  const [part, ...others] = textIn(file, node)
  if (others.length > 0 || part === undefined) return undefined
  if (typeof part === 'string') return VERBS.get(part.toLowerCase())
  return 'parameter' in part ? part : undefined
}

/** The function that takes what an expression reads. */
function parameterFunction(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  const names = node.kind === 'Name' ? [node] : [...node.ownDescendants('Name')]
  for (const it of names) {
    const binding = file.binding(it)
    const fn = binding && functionTaking(file, binding)
    if (
      fn &&
      parametersOf(fn).some(
        parameter => (parameter.child('target') ?? parameter).row === binding.declaration.row,
      )
    )
      return fn
  }
  return undefined
}

function addCalls(
  file: SourceFile,
  routers: Routers,
  helper: Helper,
  facts: FactWriter,
  seen: Set<number>,
  depth: number,
): void {
  for (const call of callsOf(file, helper.fn)) {
    const given = positional(call)
    const path = substituted(file, helper.path, given)
    const method = 'parameter' in helper.method ? given[helper.method.parameter] : undefined
    const methods = 'parameter' in helper.method ? method && methodOf(file, method) : helper.method
    const router = routerGiven(routers, helper, given)
    const last = given.at(-1)
    if (!methods || !path || !last) continue
    const around =
      path.some(isParameter) || 'parameter' in methods
        ? given.map(it => parameterFunction(file, it)).find(Boolean)
        : undefined
    if (around) {
      if (depth < DEPTH && around.row !== helper.fn.row)
        addCalls(
          file,
          routers,
          { ...helper, fn: around, method: methods, path, router },
          facts,
          seen,
          depth + 1,
        )
    } else if (!('parameter' in methods)) {
      const at = given.find(it => it.is('String', 'Template') && /^.\//.test(it.text)) ?? call
      seen.add(call.row)
      addPaths(router.reference, router.framework, methods, path, last, at, facts)
    }
  }
}

function* callsOf(file: SourceFile, fn: SyntaxNode): Generator<SyntaxNode> {
  const name = fn.child('name') ?? (fn.parent?.kind === 'Declarator' ? fn.parent.child('target') : undefined)
  const binding = name?.kind === 'Name' ? file.binding(name) : undefined
  for (const read of binding?.reads() ?? [])
    if (read.role === 'callee' && read.parent?.kind === 'Call' && functionOf(file, read)?.row === fn.row)
      yield read.parent
}

function substituted(file: SourceFile, path: TextParts, given: readonly SyntaxNode[]): TextParts | undefined {
  const parts = path.map(it => {
    if (!isParameter(it)) return [it]
    const value = given[it.parameter]
    return value && textIn(file, value)
  })
  return parts.includes(undefined) ? undefined : joined(parts.flatMap(it => it ?? []))
}

function isParameter(part: TextParts[number]): part is { readonly parameter: number } {
  return typeof part !== 'string' && 'parameter' in part
}

/** A helper may be given the router too. */
function routerGiven(routers: Routers, { fn, router }: Helper, given: readonly SyntaxNode[]): Router {
  if (router.taker?.row !== fn.row) return router
  return given.map(it => routers.at(it)).find(it => it !== undefined) ?? router
}

function addForeign(file: SourceFile, routers: Routers, facts: FactWriter, seen: Set<number>): void {
  for (const { binding, reference, framework } of routers.all) {
    for (const read of binding?.reads() ?? []) {
      const call = read.role === 'argument' && read.parent?.kind === 'Call' ? read.parent : undefined
      const found = call && !seen.has(call.row) ? describedRoute(file, call, read) : undefined
      const path = found && textIn(file, found.path)
      if (path?.every(it => typeof it === 'string'))
        addPaths(reference, framework, found!.methods, path, found!.handler, found!.path, facts)
    }
  }
}

function addPaths(
  router: Reference,
  framework: Framework,
  methods: readonly Method[],
  path: TextParts,
  handler: SyntaxNode,
  at: SyntaxNode,
  facts: FactWriter,
): void {
  const [text, ...others] = path
  const paths =
    others.length > 0 || (text !== undefined && typeof text !== 'string') ? undefined : colonPaths(text ?? '')
  for (const it of paths ?? [undefined])
    facts.add('route', { router, methods, path: it, handler: handlerName(handler), framework }, at)
}
