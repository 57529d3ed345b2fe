// Whether something that was not made here is a router. Clients of HTTP have the same methods: `api.post('/users', user)`
// asks, `app.post('/users', create)` answers. A function that takes a request tells them apart, or a type, or a name.

import { positional, property } from '../../../semantics/calls.ts'
import { parameterName, parametersOf } from '../../../semantics/definitions.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Framework, Method } from '../../rows/routes.ts'
import { referenceOf } from '../reference.ts'
import { functionTaking } from './script-router-names.ts'

/** A call on a router: `app.get('/x', show)`. */
export interface Use {
  readonly call: SyntaxNode
  readonly verb: string
  /** The path of `router.route('/x')` before. */
  readonly route: SyntaxNode | undefined
}

/** Methods of routers that add a route, and which methods of HTTP it answers. */
export const VERBS: ReadonlyMap<string, readonly Method[]> = new Map([
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map(
    it => [it, [it.toUpperCase()]] as const,
  ),
  ['del', ['DELETE']],
  ['all', ['*']],
])

export interface Likeness {
  readonly framework: Framework
}

/** Routers go by these names, and clients do not. */
const ROUTER_NAME = /^_?(?:app|router|fastify|expressApp)$|(?:[a-z]Router|[a-z]App)$/
/** They hand functions to methods that are called as those of routers are. */
const OTHERS =
  /^(?:msw|miragejs|pretender|nock|fetch-mock|supertest|axios|ky|got|needle|superagent|jquery|cypress|vue|@vue\/.*|vue-router|@angular\/.*|expo-router|next\/.*|react-router.*)$/

/** Undefined when it is no router, as far as anybody can tell. */
export function likenessOf(
  file: SourceFile,
  base: SyntaxNode,
  binding: Binding | undefined,
  uses: readonly Use[],
): Likeness | undefined {
  if (!base.is('Name', 'Member')) return undefined
  const module = binding && referenceOf(file, base)?.module
  if (module && OTHERS.test(module)) return undefined
  if (isMadeByOthers(file, base)) return undefined
  const typed = binding && typedAs(file, binding)
  if (typed === 'other') return undefined
  if (typed) return { framework: typed }
  const routes = uses.filter(isRoute)
  const handlers = [...routes, ...uses.filter(it => it.verb === 'openapi')]
    .flatMap(it => positional(it.call))
    .filter(isHandler)
  const name = base.name || base.child('property')?.name || ''
  const isNamed = ROUTER_NAME.test(name) && (routes.some(mayAnswer) || uses.some(mayMount))
  if (handlers.length === 0 && !isNamed && !/fastify/i.test(name) && !uses.some(isDescribed)) return undefined
  return { framework: isPluginOf(file, binding, uses) ? 'fastify' : frameworkOf(file, name, handlers) }
}

/** Fastify's `app.route({ method, url, handler })`. */
function isDescribed({ call, verb }: Use): boolean {
  const options = positional(call)[0]
  return verb === 'route' && !!property(options, 'method') && !!property(options, 'url')
}

/** `async function (app, options) { app.register(…) }` */
function isPluginOf(file: SourceFile, binding: Binding | undefined, uses: readonly Use[]): boolean {
  if (uses.some(isDescribed)) return true
  const fn = binding && functionTaking(file, binding)
  const [first, second] = fn ? parametersOf(fn) : []
  if (!first?.contains(binding!.declaration)) return false
  if (uses.some(it => it.verb === 'register')) return true
  const hasOptions = second !== undefined && /^_*(?:opts?|options)$/.test(parameterName(second))
  return hasOptions && /fastify|\breply\b/i.test(file.tree.text)
}

/** `app.use('/users', users)`, `app.use((req, res, next) => …)`, `app.use(require('./routes'))` */
function mayMount({ call, verb }: Use): boolean {
  const [first, second] = positional(call)
  if (verb !== 'use' || !first) return false
  if (second && first.is('String', 'Template')) return /^['"`](?:\/|['"`]$)/.test(first.text)
  return isHandler(first) || (first.is('Name', 'Member', 'Call') && /rout/i.test(first.text.slice(0, 80)))
}

/** `const app = axios.create()` */
function isMadeByOthers(file: SourceFile, base: SyntaxNode): boolean {
  const callee = base.kind === 'Name' ? file.value(base).child('callee') : undefined
  const made = callee?.is('Name', 'Member') ? file.qualifiedName(callee).split('.')[0]! : ''
  return made !== '' && OTHERS.test(made)
}

/** `x.get('/path', …)` */
function isRoute({ call, verb, route }: Use): boolean {
  if (!VERBS.has(verb)) return false
  if (route) return true
  const path = positional(call)[0]?.unwrapped
  if (path?.kind === 'List') return path.children('element')[0]?.is('String', 'Template', 'Regex') ?? false
  return (
    path?.kind === 'Regex' ||
    (path?.is('Binary', 'Template', 'String') === true && /^['"`](?:\/|\*|\$\{|['"`])/.test(path.text))
  )
}

/** The last argument is not plainly data. */
function mayAnswer({ call, route }: Use): boolean {
  const all = positional(call)
  const last = all.at(-1)
  return (all.length > 1 || route !== undefined) && !!last?.is('Name', 'Member', 'Call', 'Function', 'List')
}

/** `(req, res) => …`, `ctx => …`, `async function (request, reply) {}`, also where something wraps it. */
function isHandler(node: SyntaxNode): boolean {
  const it = node.unwrapped
  if (it.kind === 'Call')
    return it.children('argument').some(inner => inner.kind === 'Function' && isHandler(inner))
  if (it.kind !== 'Function') return false
  const [first, second] = parametersOf(it)
  if (!first) return false
  if (/:\s*(?:\w+\.)?(?:\w*Request|\w*Context|Koa\.\w+)\b/.test(first.text)) return true
  const name = parameterName(first)
  if (/^_*(?:ctx|context|c)$/.test(name)) return true
  return (
    second !== undefined &&
    /^_*(?:res|response|reply|rep|resp)$/.test(parameterName(second)) &&
    /^_*(?:req|request)?$/.test(name)
  )
}

/** What is a router for other reasons, by what its file says of frameworks. */
export function likenessOfFile(file: SourceFile, name: string): Likeness {
  return { framework: frameworkOf(file, name, []) }
}

function frameworkOf(file: SourceFile, name: string, handlers: readonly SyntaxNode[]): Framework {
  if (/fastify/i.test(name)) return 'fastify'
  const { text } = file.tree
  for (const [framework, pattern] of IMPORTS) if (pattern.test(text)) return framework
  for (const it of handlers) {
    const fn = it.kind === 'Function' ? it : [...it.descendants('Function')][0]
    const [first, second] = (fn ? parametersOf(fn) : []).map(parameterName)
    if (second === 'reply') return 'fastify'
    if (first === 'ctx') return 'koa'
    if (first === 'c') return 'hono'
  }
  return 'express'
}

const IMPORTS: readonly (readonly [Framework, RegExp])[] = [
  ['express', /['"]express['"]/],
  ['fastify', /['"](?:fastify|fastify-plugin)['"]/],
  ['hono', /['"](?:hono[\w/-]*|@hono\/[\w-]+)['"]/],
  ['koa', /['"](?:koa|koa-router|@koa\/router)['"]/],
]

/** What the type of a variable or of the function around says. */
function typedAs(file: SourceFile, binding: Binding): Framework | 'other' | undefined {
  const { declaration } = binding
  const holder = declaration.closest('Parameter', 'Declarator')
  const type = holder?.child('target')?.row === declaration.row ? holder.child('type') : undefined
  if (type) return frameworkOfType(file, type)
  const fn = functionTaking(file, binding)
  const outer = fn?.parent?.kind === 'Declarator' ? fn.parent.child('type')?.text : undefined
  return outer && /\bFastifyPlugin/.test(outer) ? 'fastify' : undefined
}

function frameworkOfType(file: SourceFile, type: SyntaxNode): Framework | 'other' | undefined {
  const text = type.text.replace(/^:\s*/, '')
  if (/^\w*Fastify\w*Instance\b/.test(text)) return 'fastify'
  if (/^(?:OpenAPI)?Hono\b/.test(text)) return 'hono'
  if (/^(?:Koa\b|Koa\.)/.test(text)) return 'koa'
  if (/^(?:Express|express\.\w+|core\.Express|IRouter)\b/.test(text)) return 'express'
  if (!/^(?:\w+\.)?(?:Router|Application)\b/.test(text)) return undefined
  const name = [...type.descendants('TypeName', 'Name')][0]
  const module = name && referenceOf(file, name)?.module
  if (!module) return undefined
  if (/express/.test(module)) return 'express'
  if (/koa/.test(module)) return 'koa'
  return /^[.~@#]/.test(module) && !OTHERS.test(module) ? undefined : 'other'
}
