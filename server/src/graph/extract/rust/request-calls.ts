// Which calls of Rust ask a server for something: clients, builders of requests, and what tests ask an application with.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference, TextParts } from '../../rows/names.ts'
import type { Method } from '../../rows/routes.ts'
import { METHODS } from './attributes.ts'
import { lastName, rustReference, withoutTypeArguments } from './bindings.ts'
import { chainHead, methodObject } from './router-chains.ts'
import { rustText } from './text.ts'

/** A call that sends a request, or begins one. */
export interface SentRequest {
  /** Where its address is written. */
  readonly url: SyntaxNode
  readonly text: TextParts
  readonly method: MethodOf
  /** See `RequestRow.isSure`. */
  readonly isSure: boolean
  /** What is called is a function of the project, which knows better. */
  readonly isOwn: boolean
}

/** What is known of the receiver of a call. */
type Client = Pick<SentRequest, 'isSure' | 'isOwn'>

/** A method as it is written, or the expression that tells it. */
export type MethodOf = Method | SyntaxNode

const CLIENT_CRATES = new Set(
  (
    'reqwest reqwest_middleware ureq surf isahc awc minreq attohttpc gloo_net gloo reqwasm ehttp http hyper hyper_util ' +
    'axum_test actix_test actix_http_test actix_web rocket axum web_sys wreq'
  ).split(' '),
)
const CLIENT_TYPES =
  /^(?:Client|HttpClient|ClientWithMiddleware|BlockingClient|Agent|TestServer|TestClient|LocalClient|Session)$/
const CLIENT_NAMES =
  /client|http|server|service|agent|session|anon|user|^(?:app|api|srv|ctx|c)$|request|fetch/i

/** What is said of a request between its beginning and its sending. */
const SENDING = new Set(
  (
    'send send_json send_string send_form send_bytes send_body call dispatch json query header headers bearer_auth ' +
    'basic_auth body form multipart timeout insert_header add_header append_header set authorization_bearer expect_success ' +
    'credentials to_request to_srv_request cookie add_cookie private_cookie remote query_pairs add_query_param set_json'
  ).split(' '),
)

export function requestOf(file: SourceFile, call: SyntaxNode): SentRequest | undefined {
  return methodObject(call) ? methodRequest(file, call) : functionRequest(file, call)
}

/** `reqwest::get(url)`, `Request::post(url)`, `TestRequest::with_uri(url)` */
function functionRequest(file: SourceFile, call: SyntaxNode): SentRequest | undefined {
  const called = calleeName(call)
  if (!METHODS.test(called) && !/^(?:new|with_uri|new_with_str(?:_and_init)?)$/.test(called)) return undefined
  const callee = call.child('callee')
  const [first, second] = positional(call)
  const names = callee && first ? rustReference(file, withoutTypeArguments(callee))?.names : undefined
  if (!names || !first || names.length < 2) return undefined
  const name = names.at(-1)!
  const type = names.at(-2)!
  const isKnown = CLIENT_CRATES.has(names[0]!) || names.length === 2
  if (!isKnown) return undefined
  if (METHODS.test(name) && (type === 'Request' || CLIENT_CRATES.has(type) || type === 'blocking'))
    return sent(file, first, name.toUpperCase())
  if (type === 'TestRequest' && name === 'with_uri') return sent(file, first, chainMethod(call) ?? 'GET')
  if (type === 'RequestBuilder' && name === 'new')
    return sent(file, first, chainMethod(call) ?? usedMethod(file, call))
  if (type === 'Request' && /^new_with_str(_and_init)?$/.test(name))
    return sent(file, first, second ? '*' : 'GET')
  if (type === 'Request' && name === 'new' && second && isMethod(first)) return sent(file, second, first)
  return undefined
}

function methodRequest(file: SourceFile, call: SyntaxNode): SentRequest | undefined {
  const [first, second] = positional(call)
  if (!first) return undefined
  const name = calleeName(call)
  if (name === 'uri') return isBuilder(file, call) ? sent(file, first, builderMethod(call)) : undefined
  if (/^(?:request|method|req|request_builder)$/.test(name) && second) {
    const client = clientOf(file, call, second)
    return client && sent(file, second, first, client)
  }
  const verb =
    /^(get|post|put|patch|delete|head|options)(?:_(?:\w+_)?(?:encoded|raw|query|str|json|body|form|auth|headers?|request))?$/.exec(
      name,
    )?.[1]
  const client = verb ? clientOf(file, call, first) : undefined
  return client && sent(file, first, verb!.toUpperCase(), client)
}

function sent(
  file: SourceFile,
  url: SyntaxNode,
  method: MethodOf,
  { isSure, isOwn }: Client = { isSure: true, isOwn: false },
): SentRequest | undefined {
  const text = rustText(file, url)
  return isAddress(text) || text.some(it => typeof it !== 'string' && 'parameter' in it)
    ? { url, text, method, isSure, isOwn }
    : undefined
}

/** It begins like a path or a URL: with a slash, with a scheme, or with something unknown and a slash behind it. */
export function isAddress(text: TextParts): boolean {
  const [first, second] = text
  if (text.some(it => typeof it === 'string' && /\s/.test(it))) return false
  if (typeof first === 'string')
    return (
      /^(?:\/(?!\/)|(?:https?|wss?):\/\/)/.test(first) &&
      !/^\/(?:etc|tmp|usr|var|home|dev|proc|bin|opt)\//.test(first)
    )
  return typeof second === 'string' && /^(?::\d*)?\/\w/.test(second)
}

/** `Method::GET`, `reqwest::Method::POST`, `"PUT"` */
export function isMethod(node: SyntaxNode): boolean {
  return constantMethod(node) !== undefined
}

export function constantMethod(node: SyntaxNode): Method | undefined {
  const it = node.kind === 'Borrow' ? (node.child('value') ?? node) : node
  if (it.kind === 'Path') return /\bMethod::(\w+)$/.exec(it.text)?.[1]?.toUpperCase()
  return it.kind === 'String' ? /^"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"$/.exec(it.text)?.[1] : undefined
}

/** The receiver sends requests: surely by its type, or by its name and what is done with the result. */
function clientOf(file: SourceFile, call: SyntaxNode, url: SyntaxNode): Client | undefined {
  const object = methodObject(call)
  if (!object) return undefined
  const { isAwaited, names } = linksBehind(call)
  const isSent = names.some(it => it === 'send' || it === 'dispatch')
  const isUsed = isSent || isAwaited || names.some(it => SENDING.has(it))
  const type = typeOf(file, object)
  const [root] = type?.names ?? []
  const isSelf = object.unwrapped.kind === 'This'
  if (isSelf || (root !== undefined && (type!.names.length > 1 || isDeclaredHere(file, object, type!)))) {
    if (root !== undefined && CLIENT_CRATES.has(root)) return { isSure: true, isOwn: false }
    const isOwn = isSelf || /^(?:crate|super|self)$/.test(root!) || type!.names.length === 1
    return isOwn && isUsed && isAddress(rustText(file, url)) ? { isSure: false, isOwn } : undefined
  }
  if (root !== undefined) return CLIENT_TYPES.test(root) ? { isSure: true, isOwn: false } : undefined
  const isCalledSo = CLIENT_NAMES.test(lastName(object))
  if (isAddress(rustText(file, url)))
    return isUsed && (isCalledSo || isSent || file.isTest) ? { isSure: isSent, isOwn: false } : undefined
  return isCalledSo && isSent ? { isSure: true, isOwn: false } : undefined
}

/** A type of the project, which has its own methods. */
export function isDeclaredHere(file: SourceFile, node: SyntaxNode, type: Reference): boolean {
  for (const it of file.root.named(type.names[0]!, 'any'))
    if (it.role === 'name' && it.parent?.is('Struct', 'Interface', 'Enum') && it.row !== node.row) return true
  return false
}

/** The methods that are called on the result of a call, and whether it is awaited. */
function linksBehind(call: SyntaxNode): { readonly names: string[]; readonly isAwaited: boolean } {
  const names: string[] = []
  let isAwaited = false
  let it = call
  for (let steps = 0; steps < 60; steps++) {
    const { parent } = it
    if (!parent) break
    if (parent.kind === 'Member' && it.role === 'object') names.push(parent.child('property')?.name ?? '')
    else if (parent.kind === 'Await') isAwaited ||= names.length === 0
    else if (!parent.is('Call', 'GenericType', 'Propagate', 'Parenthesized') || it.role === 'argument') break
    it = parent
  }
  return { names, isAwaited }
}

/** `Request::builder().uri(…)`, `TestRequest::post().uri(…)`, also of a builder in a variable. */
function isBuilder(file: SourceFile, call: SyntaxNode): boolean {
  const head = chainHead(call)
  const made = head.kind === 'Name' ? chainHead(file.value(head)) : head
  if (made.kind !== 'Call') return false
  const path = made.child('callee')?.text ?? ''
  return (
    /(?:^|::)(?:Test)?Request(?:::<.*>)?::\w+$/s.test(path) ||
    /(?:^|::)(?:request::)?Builder::new$/.test(path)
  )
}

/** The method of a chain with `uri`: from its beginning, or from a link. */
function builderMethod(call: SyntaxNode): MethodOf {
  const head = chainHead(call)
  const verb = head.kind === 'Call' ? lastName(head.child('callee')) : ''
  if (METHODS.test(verb)) return verb.toUpperCase()
  for (let it: SyntaxNode | undefined = call; it?.kind === 'Call'; it = methodObject(it)?.unwrapped) {
    const [argument] = calleeName(it) === 'method' ? positional(it) : []
    if (argument) return argument
  }
  return chainMethod(call) ?? (head.kind === 'Name' ? '*' : 'GET')
}

/** `.method(Method::POST)` behind a call. */
function chainMethod(call: SyntaxNode): MethodOf | undefined {
  let it = call
  for (let steps = 0; steps < 60; steps++) {
    const { parent } = it
    if (
      !parent ||
      it.role === 'argument' ||
      !parent.is('Member', 'Call', 'GenericType', 'Propagate', 'Await')
    )
      return undefined
    if (parent.kind === 'Call' && calleeName(parent) === 'method') return positional(parent)[0]
    it = parent
  }
  return undefined
}

/** A builder in a variable: some branch may name a method. */
function usedMethod(file: SourceFile, call: SyntaxNode): Method {
  const declarator = call.closest('Declarator')
  const target = declarator?.child('target')
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  if (!binding) return 'GET'
  for (const it of binding.reads()) {
    const links =
      it.parent?.kind === 'Member' ? [it.parent.child('property')?.name, ...linksBehind(it).names] : []
    if (links.includes('method')) return '*'
  }
  return 'GET'
}

const WRAPPERS = new Set(
  'Arc Rc Box Option Result Mutex RwLock Data State Extension Cow RefCell OnceCell'.split(' '),
)

/** The type of an expression, where the file says it: of a parameter, of a field, of what a constructor makes. */
export function typeOf(file: SourceFile, given: SyntaxNode, depth = 0): Reference | undefined {
  if (depth > 5) return undefined
  const node = given.unwrapped
  switch (node.kind) {
    case 'Borrow':
    case 'Await':
    case 'Propagate': {
      const value = node.child('value')
      return value && typeOf(file, value, depth + 1)
    }
    case 'StructLiteral': {
      const name = node.child('name')
      return name && rustReference(file, name)
    }
    case 'Call':
      return constructed(file, node)
    case 'Member': {
      const type = node.child('object')?.kind === 'This' ? fieldType(file, node) : undefined
      return type && named(file, type)
    }
    case 'Name': {
      const binding = file.binding(node)
      const holder = binding?.declaration.parent
      const type = holder?.is('Parameter', 'Declarator') ? holder.child('type') : undefined
      if (type) return named(file, type)
      const value = binding?.onlyValue
      return value && value.row !== node.row ? typeOf(file, value, depth + 1) : undefined
    }
    default:
      return undefined
  }
}

/** `Client::new()`, `Client::builder().build()?` */
function constructed(file: SourceFile, call: SyntaxNode): Reference | undefined {
  const head = chainHead(call)
  if (head.kind !== 'Call')
    return head.kind === 'Name' && /^(clone|as_ref)$/.test(calleeName(call)) ? typeOf(file, head) : undefined
  const callee = head.child('callee')
  const reference = callee && rustReference(file, callee)
  const names = reference?.names.slice(0, -1)
  return names &&
    /^[A-Z]/.test(names.at(-1) ?? '') &&
    /^(new|default|builder|with_\w+|from_\w+|tracked|untracked)$/.test(reference!.names.at(-1)!)
    ? { module: '', names }
    : undefined
}

/** The first type in `Arc<Client>`, `&mut Client`, `Option<reqwest::Client>` that is not a wrapper. */
function named(file: SourceFile, type: SyntaxNode): Reference | undefined {
  const all = type.is('TypeName', 'Path') ? [type] : [...type.descendants('TypeName', 'Path')]
  const found = all.find(it => !WRAPPERS.has(lastName(it)))
  return found && rustReference(file, found)
}

function fieldType(file: SourceFile, member: SyntaxNode): SyntaxNode | undefined {
  const owner = member.closest('Implementation')?.child('type')
  const name = owner && withoutTypeArguments(owner)
  const property = member.child('property')?.name
  const struct = name && file.binding(name)?.declaration.parent
  if (struct?.kind !== 'Struct') return undefined
  for (const it of struct.descendants('Field'))
    if (it.child('name')?.name === property) return it.child('type')
  return undefined
}
