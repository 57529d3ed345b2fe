// What Rust code asks servers for: by clients, from browsers, in tests, and through functions of the project that do.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import type { Reference, TextPart, TextParts } from '../../rows/names.ts'
import type { Argument, ForwardedCall, RequestShape } from '../../rows/requests.ts'
import { functionAround, rustNameOf, rustReference, withoutTypeArguments } from './bindings.ts'
import { addExchange } from './exchange.ts'
import {
  constantMethod,
  isAddress,
  isDeclaredHere,
  type MethodOf,
  requestOf,
  type SentRequest,
  typeOf,
} from './request-calls.ts'
import { methodObject } from './router-chains.ts'
import { parameterName, rustParameters, rustText } from './text.ts'

const HINTS = new Set(
  (
    'reqwest ureq surf isahc awc minreq attohttpc gloo_net reqwasm hyper TestRequest TestServer TestClient Request ' +
    'RequestBuilder Client'
  ).split(' '),
)
const CALLED =
  /\b(?:get|post|put|patch|delete|fetch|request)\w*(?:::<[^()]*>)?\(\s*(?:&?format!\(\s*)?"\{?\w*\}?\//

/** Servers that only pretend: what is asked of them says nothing about the project. */
const PRETENDERS = /^(?:wiremock|mockito|httpmock|MockServer)$/

export function extractRequestsRust(file: SourceFile, facts: FactWriter): void {
  const { names, text } = file.tree
  if (!names.some(it => HINTS.has(it)) && !CALLED.test(text)) return
  const isPretended = names.some(it => PRETENDERS.test(it))
  if (isPretended && file.isTest) return
  const seen = new Set<string>()
  for (const call of file.root.descendants('Call')) {
    if (isPretended && call.closest('Namespace')) continue
    const request = requestOf(file, call)
    if (request && !request.isOwn) write(file, facts, call, request, seen)
    else forward(file, facts, call, request, seen)
  }
  for (const signature of file.root.descendants('Signature')) declared(facts, signature)
  traits(file, facts)
}

function write(
  file: SourceFile,
  facts: FactWriter,
  call: SyntaxNode,
  { text, method, url: at, isSure }: SentRequest,
  seen: Set<string>,
): void {
  const fn = functionAround(call)
  const name = fn && rustNameOf(fn)
  if (fn && name && isWrapper(fn, text)) {
    const url = text.map(it => keptParameter(fn, it))
    const key = addWrapper(
      facts,
      seen,
      { name, url, method: methodIn(file, fn, method), through: undefined },
      at,
    )
    if (key) addExchange(file, call, key, false, facts)
    return
  }
  const url = text.map(asHole)
  if (!isAddress(url)) return
  // Tests also ask for what must not be there.
  const ofTest = ofTests(call)
  const isMeant = isSure && !ofTest.isOfTest
  const index = facts.add(
    'request',
    { url, method: methodIn(file, undefined, method), client: undefined, isSure: isMeant, ...ofTest },
    at,
  )
  if (!ofTest.isOfTest) addExchange(file, call, { kind: 'request', index }, false, facts)
}

/** In a `mod tests` of a file that is about something else. */
function ofTests(node: SyntaxNode): { readonly isOfTest?: true } {
  const module = node.closest('Namespace')
  return module && /test/.test(module.child('name')?.name ?? '') ? { isOfTest: true } : {}
}

/**
 * The function is a wrapper when a parameter holds the path: it ends the address, and nothing of a path is written before
 * it, or it is called `path`.
 */
function isWrapper(fn: SyntaxNode, text: TextParts): boolean {
  const parameters = rustParameters(fn)
  return text.some((part, i) => {
    if (typeof part === 'string' || !('parameter' in part)) return false
    const behind = text.slice(i + 1).map(it => (typeof it === 'string' ? it : ''))
    if (/[\w/]/.test(behind.join('').replace(/\?.*$/s, ''))) return false
    if (
      text
        .slice(i + 1)
        .some(it => typeof it !== 'string' && 'parameter' in it && isPathName(fn, it.parameter))
    )
      return false
    if (text.slice(0, i).some(it => typeof it === 'string' && it.includes('?'))) return false
    if (isPathName(fn, part.parameter)) return true
    const before = text
      .slice(0, i)
      .some(it => typeof it === 'string' && /\/\w/.test(it.replace(/^\w+:\/\/[^/]*/, '')))
    return !before && /str|String|Url|Uri|Display/.test(parameters[part.parameter]?.child('type')?.text ?? '')
  })
}

/** An argument that is, or ends with, a path that the function around is given. */
function passesPath(fn: SyntaxNode, text: TextParts): boolean {
  const [only] = text
  if (text.length === 1 && typeof only !== 'string' && only && 'parameter' in only)
    return isPathName(fn, only.parameter)
  return (isAddress(text) || typeof only !== 'string') && isWrapper(fn, text)
}

function isPathName(fn: SyntaxNode, parameter: number): boolean {
  const name = parameterName(rustParameters(fn)[parameter])
  return /(?:^|_)(?:path|url|uri|endpoint|route|href|resource|suffix)(?:_|$)/.test(name) && !BASE.test(name)
}

const BASE = /base|server|host|root|domain|gateway|origin|remote/

/** Parameters that are values in a path are holes; those that are addresses stay. */
function keptParameter(fn: SyntaxNode, part: TextPart): TextPart {
  if (typeof part === 'string' || !('parameter' in part)) return part
  const type = rustParameters(fn)[part.parameter]?.child('type')?.text ?? ''
  return /str|String|Url|Uri|Method|impl|^[A-Z]$/.test(type) ? part : asHole(part)
}

function asHole(part: TextPart): TextPart {
  return typeof part !== 'string' && 'parameter' in part ? { hole: part.hole ?? '' } : part
}

function methodIn(file: SourceFile, fn: SyntaxNode | undefined, method: MethodOf): RequestShape['method'] {
  if (typeof method === 'string') return method
  const constant = constantMethod(method)
  if (constant) return constant
  const [only] = fn ? rustText(file, method) : []
  return only && typeof only !== 'string' && 'parameter' in only ? only : '*'
}

interface Wrapper extends RequestShape {
  readonly name: string
  readonly through: ForwardedCall | undefined
}

function addWrapper(
  facts: FactWriter,
  seen: Set<string>,
  wrapper: Wrapper,
  at: SyntaxNode,
): CallKey | undefined {
  const key = JSON.stringify(wrapper)
  if (seen.has(key)) return undefined
  seen.add(key)
  return { kind: 'wrapper', index: facts.add('wrapper', { ...wrapper, client: undefined }, at) }
}

const SENDERS = /get|post|put|patch|delete|head|fetch|req|call|send|api|query|http|client|rpc/i
const NOT_SENDERS = /^[A-Z]|(?:^|_)(?:url|uri|path)(?:_|$)|_err(?:or)?$/
const OTHERS =
  /^(?:std|core|alloc|tokio|axum|actix_web|rocket|serde_json|tower\w*|tracing|utoipa\w*|clap|regex|url)$/

/** A call of a function of the project with an address, or with what the function around is given for one. */
function forward(
  file: SourceFile,
  facts: FactWriter,
  call: SyntaxNode,
  request: SentRequest | undefined,
  seen: Set<string>,
): void {
  const values = positional(call)
  const name = calleeName(call)
  if (values.length === 0 || !SENDERS.test(name) || NOT_SENDERS.test(name)) return
  // A plain text without a slash is no address, and most calls are given nothing else.
  if (values.every(it => it.kind === 'String' && !it.text.includes('/'))) return
  const texts = values.map(it => (mayBeText(it) ? rustText(file, it) : undefined))
  const fn = functionAround(call)
  const own = fn && rustNameOf(fn)
  const isPassedOn = fn !== undefined && own !== undefined && texts.some(it => it && passesPath(fn, it))
  const address = texts.findIndex(
    it => it && isAddress(it) && it.some(part => typeof part === 'string' && /\/\w/.test(part)),
  )
  if (!isPassedOn && address === -1) return
  const callee = calleeOf(file, call)
  if (!callee || OTHERS.test(callee.names[0]!)) return
  const written = (keep: boolean): ForwardedCall => ({
    callee,
    arguments: values.map((it, i) => argumentOf(it, texts[i], fn, keep)),
  })
  if (isPassedOn) {
    const through = written(true)
    if (callee.names.join('.') === own) return
    const key = addWrapper(facts, seen, { name: own, url: [], method: 'GET', through }, call)
    if (key) addExchange(file, call, key, true, facts)
    return
  }
  const through = written(false)
  const at = values[address]!
  const ofTest = ofTests(call)
  if (!request) {
    const index = facts.add('forward', { ...through, ...ofTest }, at)
    if (!ofTest.isOfTest) addExchange(file, call, { kind: 'forward', index }, true, facts)
  } else {
    // Should the project's own function turn out to tell nothing, its name and its argument still do.
    const url = request.text.map(asHole)
    const method = methodIn(file, undefined, request.method)
    const row = { url, method, client: undefined, isSure: false, through, ...ofTest }
    const key: CallKey = { kind: 'request', index: facts.add('request', row, at) }
    if (!ofTest.isOfTest) addExchange(file, call, key, true, facts)
  }
}

function argumentOf(
  value: SyntaxNode,
  text: TextParts | undefined,
  fn: SyntaxNode | undefined,
  keep: boolean,
): Argument {
  const method = constantMethod(value)
  if (method) return { kind: 'text', parts: [method] }
  if (!text) return { kind: 'other' }
  return { kind: 'text', parts: text.map(it => (fn && keep ? keptParameter(fn, it) : asHole(it))) }
}

function mayBeText(node: SyntaxNode): boolean {
  return node.unwrapped.is(
    'String',
    'Name',
    'Borrow',
    'MacroCall',
    'Call',
    'Binary',
    'Path',
    'Await',
    'Propagate',
  )
}

/** The function that is called: by a path, on `self`, or on a value of a known type of the project. */
function calleeOf(file: SourceFile, call: SyntaxNode): Reference | undefined {
  const callee = call.child('callee')
  const direct = callee && rustReference(file, withoutTypeArguments(callee))
  if (direct) return direct
  const object = methodObject(call)
  const type = object && typeOf(file, object)
  if (!type || (type.names.length === 1 && !isDeclaredHere(file, object, type))) return undefined
  return { module: '', names: [...type.names, calleeName(call)] }
}

/** `fn request(&self, method: Method, path: &str)` of a trait: others say how, but not what it does. */
function declared(facts: FactWriter, signature: SyntaxNode): void {
  const parameters = rustParameters(signature)
  const method = parameters.findIndex(it => /(?:^|::)Method$/.test(it.child('type')?.text ?? ''))
  const path = parameters.findIndex(it => /^(?:path|url|uri|endpoint)$/.test(parameterName(it)))
  const name = rustNameOf(signature)
  const at = signature.child('name')
  if (method === -1 || path === -1 || !name || !at) return
  const url = [{ parameter: path, hole: parameterName(parameters[path]) }]
  facts.add(
    'wrapper',
    { name, url, method: { parameter: method }, client: undefined, through: undefined },
    at,
  )
}

/** `impl Requests for User`: what the trait's own functions ask for, values of the type ask for. */
function traits(file: SourceFile, facts: FactWriter): void {
  const wrappers = facts.facts.rows.wrapper ?? []
  if (wrappers.length === 0) return
  for (const it of file.root.descendants('Implementation')) {
    const [superclass, type] = [it.child('superclass'), it.child('type')]
    if (!superclass || !type) continue
    const of = rustReference(file, withoutTypeArguments(superclass))
    const own = rustReference(file, withoutTypeArguments(type))
    const prefix = of && `${of.names.join('.')}.`
    if (of && own && wrappers.some(row => row.name.startsWith(prefix!)))
      facts.add('class', { name: own.names.join('.'), superclass: of }, type)
  }
}
