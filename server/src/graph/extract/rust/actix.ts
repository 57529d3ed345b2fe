// Actix Web: which routes applications and scopes hold, and which functions configure them.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { type Attribute, type AttributedRoute, attributesOf, METHODS, textOf } from './attributes.ts'
import { lastName, rustReference } from './bindings.ts'
import { type Answerer, answererIn, attributedHandlers, NOBODY } from './handlers.ts'
import { chainHead, type Dialect, madeBefore, methodObject } from './router-chains.ts'
import { leavesOf } from './router-leaves.ts'
import { RouterWriter } from './routers.ts'
import { functionCalled, rustPath, tailOf } from './text.ts'

const ACTIX: Dialect = {
  framework: 'actix',
  below(_file, call, argument) {
    if (!methodObject(call)) return undefined
    const name = calleeName(call)
    return (name === 'service' || name === 'configure') && call.child('argument')?.row === argument.row
      ? ['']
      : undefined
  },
  made(file, call) {
    const callee = call.child('callee')
    if (!callee) return undefined
    const [first] = positional(call)
    // `scope` of another module is somebody's own function.
    if (/^(?:(?:actix_web::)?web::|utoipa_actix_web::)?(?:scope|resource)$/.test(callee.text))
      return first && !functionCalled(file, call) ? pathsOf(file, first) : undefined
    if (lastName(callee) !== 'new') return undefined
    const type = /(?:^|::)(\w+)(?:::<.*>)?::new$/s.exec(callee.text)?.[1]
    if (type === 'App') return ['']
    return (type === 'Scope' || type === 'Resource') && first ? pathsOf(file, first) : undefined
  },
  isRouterName: names => /rout|service|scope|config|endpoints|(^|_)(app|api)(_|$)/.test(names.at(-1) ?? ''),
}

export function extractActix(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  const isKnown = /\bactix|\bServiceConfig\b/.test(text)
  const isAttributed = /#\[(?:\w+::)*(?:get|post|put|patch|delete|head|route)\(\s*"/.test(text)
  if (!isKnown && !(isAttributed && /\b(?:HttpResponse|Responder|web::)/.test(text))) return
  if (isAttributed && !/\brocket\b/.test(text))
    attributedHandlers(
      file,
      facts,
      'actix',
      fn => attributesOf(fn).flatMap(it => attributedRoute(file, it) ?? []),
      fn => scopeAround(file, fn),
    )
  const writer = new RouterWriter(file, facts, ACTIX)
  const isConfigured = /\bServiceConfig\b|\bconfigure\s*\(/.test(text)
  const calls = [...file.root.descendants('Call')].filter(
    it => LINKS.has(calleeName(it)) || (isConfigured && !methodObject(it)),
  )
  for (const call of calls.sort((a, b) => a.end - b.end)) readCall(writer, call)
  for (const fn of file.root.descendants('Function')) readFunction(writer, fn)
  writer.finish()
}

const LINKS = new Set(
  'new route to get post put patch delete head service configure default_service'.split(' '),
)

/** `/users/{id:\d+}`, `/{tail:.*}` and `/{tail}*` in our notation. */
export function actixPath(path: RoutePath): RoutePath {
  const inOurs = path
    .replace(/\{(\w*):((?:[^{}]|\{[^{}]*\})*)\}\*?/g, (_, name: string, expression: string) =>
      /[.][*+]|\[\^(?![^\]]*\/)[^\]]*\][*+]|\/|\\S[*+]/.test(expression) ? `{${name}*}` : `{${name}}`,
    )
    .replace(/\{(\w+)\}\*/g, '{$1*}')
  return inOurs === '' || inOurs.startsWith('/') ? inOurs : `/${inOurs}`
}

/** The path of `web::scope("/x")`, the paths of `web::resource(["/x", "/y"])`. */
function pathsOf(file: SourceFile, node: SyntaxNode): readonly (RoutePath | undefined)[] {
  const value = file.value(node)
  const all = value.kind === 'List' ? value.children('element') : [node]
  return all.map(it => {
    const path = rustPath(file, it)
    // An unknown beginning stays one.
    return path === undefined || path.startsWith('{') ? path : actixPath(path)
  })
}

/** `#[get("/x")]`, `#[route("/x", method = "GET")]` */
function attributedRoute(file: SourceFile, attribute: Attribute): AttributedRoute | undefined {
  const verb = attribute.name.replace(/^(?:actix_web|web)::/, '')
  const path = textOf(file, attribute.arguments[0])
  if (!path || attribute.arguments[0]?.name !== '') return undefined
  const methods: Method[] = METHODS.test(verb) ? [verb.toUpperCase()] : []
  if (verb === 'route')
    for (const it of attribute.arguments) {
      const method = it.name === 'method' ? textOf(file, it) : undefined
      if (method) methods.push(method.text.toUpperCase())
    }
  return methods.length > 0 ? { methods, path: actixPath(path.text), at: path.at } : undefined
}

/** `#[scope("/api")] mod api { … }` */
function scopeAround(file: SourceFile, fn: SyntaxNode): RoutePath {
  const module = fn.closest('Namespace')
  const scope = module && attributesOf(module).find(it => /^(actix_web::)?scope$/.test(it.name))
  return scope ? actixPath(textOf(file, scope.arguments[0])?.text ?? '') : ''
}

function readCall(writer: RouterWriter, call: SyntaxNode): void {
  const { file } = writer
  const object = methodObject(call)
  const [first, second] = positional(call)
  const name = calleeName(call)
  if (!object) {
    if (ACTIX.made(file, call)?.[0] === '' && lastName(call.child('callee')) === 'new') writer.serves(call)
    else configuredBy(writer, call)
    return
  }
  if (!first) return
  switch (name) {
    case 'route':
      if (second) onPath(writer, call, first, second)
      else if (isResource(file, call)) answer(writer, call, '', first, first)
      return
    case 'to':
    case 'get':
    case 'post':
    case 'put':
    case 'patch':
    case 'delete':
    case 'head':
      if (chainHead(call).kind === 'Call' && isResource(file, call))
        writer.route(
          call,
          '',
          [name === 'to' ? '*' : name.toUpperCase()],
          answererIn(file, first),
          pathNode(call) ?? first,
        )
      return
    case 'service':
    case 'configure':
      if (holdsRoutes(file, call)) put(writer, call, first)
      return
    case 'default_service':
      if (!isResource(file, call) && holdsRoutes(file, call)) fallback(writer, call, first)
      return
  }
}

/** `.route("/x", web::get().to(handler))` */
function onPath(writer: RouterWriter, call: SyntaxNode, path: SyntaxNode, route: SyntaxNode): void {
  const answers = answersOf(writer.file, route)
  if (!answers) return
  for (const it of pathsOf(writer.file, path)) writer.route(call, it, answers.methods, answers.answerer, path)
}

/** `web::resource("/x").route(web::get().to(handler))` */
function answer(
  writer: RouterWriter,
  call: SyntaxNode,
  path: RoutePath,
  route: SyntaxNode,
  otherwise: SyntaxNode,
): void {
  const answers = answersOf(writer.file, route)
  if (answers) writer.route(call, path, answers.methods, answers.answerer, pathNode(call) ?? otherwise)
}

/** Where the path of a resource is written. */
function pathNode(call: SyntaxNode): SyntaxNode | undefined {
  const head = chainHead(call)
  return head.kind === 'Call' ? head.child('argument') : undefined
}

/** What the chain of a route says: `web::get().guard(…).to(handler)`, `web::method(Method::PUT).to(handler)`. */
function answersOf(
  file: SourceFile,
  given: SyntaxNode,
): { readonly methods: Method[]; readonly answerer: Answerer } | undefined {
  const route = file.value(given)
  const head = chainHead(route)
  const verb = head.kind === 'Call' ? lastName(head.child('callee')) : ''
  let methods: Method[]
  if (METHODS.test(verb)) methods = [verb.toUpperCase()]
  else if (verb === 'method') methods = methodsIn(head.text)
  else if (verb === 'route' || (verb === 'new' && /\bRoute::new$/.test(head.child('callee')?.text ?? '')))
    methods = []
  else if (verb === 'to' && /\bweb::to\b/.test(head.text))
    return { methods: ['*'], answerer: answererIn(file, argumentOf(head)) }
  else return undefined
  let answerer: Answerer | undefined
  for (
    let it: SyntaxNode | undefined = route;
    it?.kind === 'Call' && it.row !== head.row;
    it = methodObject(it)?.unwrapped
  ) {
    const name = calleeName(it)
    if (name === 'to' || name === 'to_async' || name === 'service')
      answerer ??= answererIn(file, argumentOf(it))
    else if (name === 'guard' || name === 'method') methods.push(...methodsIn(argumentOf(it)?.text ?? ''))
  }
  if (!answerer) return undefined
  return { methods: methods.length > 0 ? methods : ['*'], answerer }
}

function argumentOf(call: SyntaxNode): SyntaxNode | undefined {
  return positional(call)[0]
}

/** `Method::GET`, `guard::Get()`, `guard::Any(guard::Get()).or(guard::Head())` */
function methodsIn(text: string): Method[] {
  return [
    ...text.matchAll(/\b(?:Method::([A-Z]+)|guard::(Get|Post|Put|Patch|Delete|Head|Options)\(\))/g),
  ].map(it => (it[1] ?? it[2])!.toUpperCase())
}

/** What is handed to `service` and `configure`. */
function put(writer: RouterWriter, call: SyntaxNode, child: SyntaxNode): void {
  const { file } = writer
  for (const it of child.kind === 'Tuple' ? child.children('element') : [child]) {
    const head = chainHead(file.value(it))
    const [path, to] = head.kind === 'Call' ? positional(head) : []
    const made = head.kind === 'Call' ? (head.child('callee')?.text ?? '') : ''
    if (path && /(^|::)Files::new$/.test(made)) {
      const below = rustPath(file, path)
      writer.route(call, below && `${actixPath(below).replace(/\/+$/, '')}/{path*}`, ['GET'], NOBODY, path)
    } else if (path && to && /(^|::)redirect$/.test(made)) {
      writer.route(call, rustPath(file, path), ['*'], NOBODY, path)
    } else {
      for (const { node, reference } of leavesOf(file, ACTIX, it)) writer.mount(node, reference, node)
    }
  }
}

function fallback(writer: RouterWriter, call: SyntaxNode, service: SyntaxNode): void {
  const answers = answersOf(writer.file, service)
  if (!answers || /not_?found|404|method_not_allowed/i.test(service.text.slice(0, 400))) return
  writer.route(call, '/{path*}', answers.methods, answers.answerer, service)
}

/** `config(cfg, limits)` where `cfg` is what a closure or a function is to configure. */
function configuredBy(writer: RouterWriter, call: SyntaxNode): void {
  const { file } = writer
  const callee = call.child('callee')
  if (!callee || !positional(call).some(it => isConfiguration(file, it.unwrapped))) return
  const reference = rustReference(file, callee)
  if (reference) writer.mount(call, reference, call)
}

function isConfiguration(file: SourceFile, node: SyntaxNode): boolean {
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  if (binding?.kind !== 'parameter') return false
  const parameter = binding.declaration.parent
  if (parameter?.kind === 'Parameter')
    return /^&\s*(?:'\w+\s+)?mut\b.*\bServiceConfig\b/.test(parameter.child('type')?.text ?? '')
  const closure = binding.declaration.function
  const call = closure?.role === 'argument' ? closure.parent : undefined
  return call?.kind === 'Call' && calleeName(call) === 'configure'
}

/** The chain that a call belongs to begins with `web::resource`. */
function isResource(file: SourceFile, call: SyntaxNode): boolean {
  const head = chainHead(call)
  const made = head.kind === 'Name' ? chainHead(file.value(head)) : head
  return made.kind === 'Call' && /(^|::)(resource|Resource::new)$/.test(made.child('callee')?.text ?? '')
}

/** The chain that a call belongs to is an application, a scope, or what a function is to configure. */
function holdsRoutes(file: SourceFile, call: SyntaxNode): boolean {
  if (madeBefore(file, ACTIX, call)) return true
  const head = chainHead(call)
  if (isConfiguration(file, head)) return true
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  if (binding) return /app|scope|cfg|config|server/i.test(binding.name)
  const fn = head.kind === 'Call' ? functionCalled(file, head) : undefined
  return fn !== undefined && RETURNED.test(fn.child('returnType')?.text ?? '')
}

const RETURNED = /\b(?:Scope|Resource|App|HttpServiceFactory)\b/

/** `fn users() -> Scope { users_of(version) }`: what it gives back may come from elsewhere. */
function readFunction(writer: RouterWriter, fn: SyntaxNode): void {
  const type = fn.child('returnType')
  const tail = type && RETURNED.test(type.text) ? tailOf(fn.child('body')) : undefined
  if (!tail || fn.type === 'closure_expression') return
  for (const { node, reference } of leavesOf(writer.file, ACTIX, tail))
    if (ACTIX.isRouterName(reference.names)) writer.mount(node, reference, node)
}
