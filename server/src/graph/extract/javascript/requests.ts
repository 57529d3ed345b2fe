// Calls that ask a server for something, in JavaScript and TypeScript: `fetch`, axios, ky, jQuery, Angular's client, and functions
// of the project that may turn out to wrap one of them.

import { calleeName, calleeOf, positional, property, receiver } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { TextParts } from '../../rows/names.ts'
import type { Argument, ForwardedCall, RequestRow } from '../../rows/requests.ts'
import { exportedNameOf, referenceOf } from '../reference.ts'
import { parametersIn, textIn, textsIn } from '../text.ts'

type Method = RequestRow['method']

/** What one call asks for, as it is written. */
interface Asked {
  readonly url: SyntaxNode
  readonly method: Method
  readonly isSure?: boolean
}

export function extractRequestsJavaScript(file: SourceFile, facts: FactWriter): void {
  if (!/['"`]|\bfetch\b/.test(file.tree.text)) return
  for (const call of file.root.descendants('Call', 'New')) {
    addClient(file, call, facts)
    const asked = askedBy(file, call) ?? guessed(file, call)
    if (asked) addRequest(file, call, asked, facts)
    else if (call.kind === 'Call') addForward(file, call, facts)
  }
  addDefaults(file, facts)
}

const METHODS: Readonly<Record<string, string>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  del: 'DELETE',
  head: 'HEAD',
  options: 'OPTIONS',
  getJSON: 'GET',
  postForm: 'POST',
  putForm: 'PUT',
  patchForm: 'PATCH',
  $get: 'GET',
  $post: 'POST',
  $put: 'PUT',
  $patch: 'PATCH',
  $delete: 'DELETE',
}

/** Functions of the platform and of libraries that take a URL and options like `fetch`. */
const FETCHES = new Set(
  'fetch $fetch ofetch useFetch useLazyFetch nodeFetch fetchJson useSWR useSWRImmutable'.split(' '),
)
/** Libraries whose main export is called as `client(url)`, `client({ url })` and `client.get(url)`. */
const CLIENTS =
  /^(axios|ky|got|superagent|request|request-promise|request-promise-native|ky-universal|redaxios|wretch|needle|jquery|supertest|undici|node-fetch|cross-fetch|isomorphic-fetch|ofetch|@nuxt\/http)(\.|$)/
/** Names by which a class keeps its client. */
const KEPT_CLIENT = /^(?:(?:this\.)?(?:_?http|_?httpClient|\$http)|axios|\$|jQuery|ajax)$/

/** The URL and the method of a call of a known client. */
function askedBy(file: SourceFile, call: SyntaxNode): Asked | undefined {
  const name = calleeName(call)
  const callee = calleeOf(call)
  const [first, second, third] = positional(call)
  if (!callee || !first) return undefined
  if (call.kind === 'New') {
    if (name === 'EventSource') return { url: first, method: 'GET' }
    return name === 'Request' ? { url: first, method: methodIn(file, second, 'GET') } : undefined
  }
  if (FETCHES.has(name) && isFetch(file, callee)) return { url: first, method: methodIn(file, second, 'GET') }
  if (callee.kind === 'Member' && name === 'open' && first.kind === 'String' && second) {
    const method = textOf(file, first)
    return /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(method ?? '')
      ? { url: second, method: method! }
      : undefined
  }
  if (name === 'sendBeacon') return { url: first, method: 'POST' }
  if (callee.kind === 'Name') return isClient(file, callee) ? ofConfiguration(file, call) : undefined
  if (callee.kind !== 'Member') return undefined
  const object = callee.child('object')?.unwrapped
  if (!object || !isClient(file, object)) return undefined
  if (name === 'request' || name === 'ajax') {
    // Angular's `request(method, url)`.
    const method = textOf(file, first)
    if (second && method && /^[A-Z]+$/.test(method)) return { url: second, method }
    return ofConfiguration(file, call)
  }
  const method = METHODS[name]
  if (!method) return undefined
  return {
    url: first,
    method: third === undefined && name === 'get' ? methodIn(file, undefined, method) : method,
  }
}

/**
 * `api.get('/users')`, `get('/users')` of whatever it is: a method of HTTP is called with a path and without a function, as
 * the routes of a server are given.
 */
function guessed(file: SourceFile, call: SyntaxNode): Asked | undefined {
  const name = calleeName(call)
  const method = METHODS[name] ?? (UPPER.test(name) ? name : name === 'request' ? '*' : undefined)
  if (!method || call.kind !== 'Call') return undefined
  const given = positional(call)
  if (given.length === 0 || given.some(it => it.unwrapped.kind === 'Function')) return undefined
  const callee = calleeOf(call)
  const object = callee?.kind === 'Member' ? callee.child('object')?.unwrapped : undefined
  if (object && (SERVER.test(object.text) ? given.length > 1 : NO_CLIENT.test(object.text))) return undefined
  if (callee?.kind === 'Name' && !isTakenOut(file, callee)) return undefined
  if (name === 'request') {
    if (!object) return undefined
    const [first, second] = given
    const said = first && textOf(file, first)
    if (second && said && UPPER.test(said)) return { url: second, method: said, isSure: false }
    const asked = ofConfiguration(file, call)
    return asked && looksLikePath(file, asked.url)
      ? { url: asked.url, method: asked.method, isSure: false }
      : undefined
  }
  return looksLikePath(file, given[0]!) ? { url: given[0]!, method, isSure: false } : undefined
}

const UPPER = /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/
/** With a path and something else, these declare a route. */
const SERVER =
  /^(app|server|router|fastify|\w*Router|\w*Routes?|rest|http|api\.route|nock\(.*|mock\w*|\w*Mock)$/
const NO_CLIENT =
  /(map|cache|headers?|cookies?|storage|params|store|registry|config|settings|state|options|session|env|memo|redis|fs|path|container|injector|reflector)$/i

/** `const { get } = useApi()` */
function isTakenOut(file: SourceFile, name: SyntaxNode): boolean {
  const binding = file.binding(name)
  if (binding?.kind !== 'constant' && binding?.kind !== 'variable') return false
  const pattern = binding.declaration.closest('ObjectPattern')
  return pattern?.parent?.child('value')?.unwrapped.kind === 'Call'
}

function looksLikePath(file: SourceFile, node: SyntaxNode): boolean {
  const it = node.unwrapped
  if (!it.is('String', 'Template', 'Name', 'Member', 'Call', 'Binary', 'Conditional')) return false
  return textsIn(file, it).some(([first, second]) => {
    if (typeof first === 'string') return /^(\/[\w{:$-]|api\/|https?:\/\/)/.test(first) && !/\s/.test(first)
    return first !== undefined && !('from' in first) && typeof second === 'string' && /^\/\w/.test(second)
  })
}

/** `client(url, { method })`, `client({ url, method })` */
function ofConfiguration(file: SourceFile, call: SyntaxNode): Asked | undefined {
  const [first, second] = positional(call)
  if (!first) return undefined
  const options = literal(file, first)
  if (!options) return { url: first, method: methodIn(file, second, 'GET') }
  const url = property(options, 'url') ?? property(options, 'uri') ?? property(options, 'path')
  return url && { url, method: methodIn(file, options, 'GET') }
}

/** Of the platform, or of a library that takes its place. */
function isFetch(file: SourceFile, callee: SyntaxNode): boolean {
  if (callee.kind === 'Member') return /^(window|globalThis|self|global)\.fetch$/.test(callee.text)
  if (file.isFree(callee)) return true
  const from = file.importedName(callee) ?? ''
  return CLIENTS.test(from) ||
    /^(swr|#app|#imports|nuxt|svelte|@sveltejs|undici|ofetch|node-fetch)/.test(from)
    ? true
    : isGivenFetch(file, callee)
}

/** `load({ fetch })` of SvelteKit, and other functions that are handed theirs. */
function isGivenFetch(file: SourceFile, callee: SyntaxNode): boolean {
  return callee.name === 'fetch' && file.binding(callee)?.kind === 'parameter'
}

function isClient(file: SourceFile, node: SyntaxNode): boolean {
  if (!node.is('Name', 'Member')) return false
  let head = node
  while (head.kind === 'Member') {
    const object = head.child('object')?.unwrapped
    // `import.meta` is a member of nothing.
    if (!object) return false
    head = object
  }
  const binding = head.kind === 'Name' ? file.binding(head) : undefined
  const imported = binding && file.importedName(head)
  if (imported !== undefined) return CLIENTS.test(file.qualifiedName(node))
  // A global, or what a class or a function was given.
  if (!KEPT_CLIENT.test(node.text)) return false
  return node.kind === 'Member' || !binding || (binding.kind === 'parameter' && node.name !== 'ajax')
}

/** A method, the parameter that tells it, or `*` when somebody else decides. */
function methodIn(file: SourceFile, given: SyntaxNode | undefined, otherwise: string): Method {
  if (!given) return otherwise
  const node = given.unwrapped
  if (node.is('Null', 'Undefined')) return otherwise
  if (node.kind === 'Conditional') {
    const one = methodIn(file, node.child('consequence'), otherwise)
    const other = methodIn(file, node.child('alternative'), otherwise)
    return one === other ? one : '*'
  }
  const parameter = parametersIn(textIn(file, node))[0]
  const options = literal(file, node)
  if (!options) {
    if (parameter !== undefined && node.kind === 'Name') return { optionsOf: parameter }
    return node.is('Name', 'Member', 'Call', 'Conditional') ? '*' : otherwise
  }
  const said = property(options, 'method') ?? property(options, 'type')
  if (!said) {
    const spread = options.children('element').find(it => it.kind === 'Spread')
    if (!spread) return otherwise
    const [of] = parametersIn(textIn(file, spread.child('value') ?? spread))
    return of === undefined ? '*' : { optionsOf: of }
  }
  const method = textOf(file, said)
  if (method !== undefined) return method.toUpperCase()
  const [of] = parametersIn(textIn(file, said))
  return of === undefined ? '*' : { parameter: of }
}

function literal(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  let value = node.unwrapped.kind === 'Name' ? file.value(node.unwrapped) : node.unwrapped
  while (value.is('Cast', 'Parenthesized')) {
    const inner = value.child('value')
    if (!inner) break
    value = inner
  }
  return value.kind === 'Dictionary' ? value : undefined
}

function textOf(file: SourceFile, node: SyntaxNode): string | undefined {
  const constant = file.constant(node.unwrapped)
  return constant?.kind === 'string' ? constant.value : undefined
}

function addRequest(
  file: SourceFile,
  call: SyntaxNode,
  { url, method, isSure = true }: Asked,
  facts: FactWriter,
): void {
  const callee = isSure ? undefined : calleeOf(call)
  const reference = callee && referenceOf(file, callee)
  const given = positional(call).slice(0, MOST_ARGUMENTS)
  const through = reference && { callee: reference, arguments: given.map(it => argumentOf(file, it)) }
  for (const text of textsIn(file, url)) {
    const client = clientOf(file, call)
    facts.add('request', { url: text, method, client, isSure, ...(through && { through }) }, url)
    addWrapper(file, call, url, text, method, through, facts)
  }
}

/** The client of this project that is called, if it is one: whether it has a base is known where it is made. */
function clientOf(file: SourceFile, call: SyntaxNode): RequestRow['client'] {
  const callee = calleeOf(call)
  const object = callee?.kind === 'Member' ? callee.child('object')?.unwrapped : callee
  const reference = object?.is('Name', 'Member') ? referenceOf(file, object) : undefined
  return reference && !NEVER.test(reference.module) ? reference : undefined
}

/** A function of this or another file is called with something that looks like a path: it may be a wrapper. */
function addForward(file: SourceFile, call: SyntaxNode, facts: FactWriter): void {
  const callee = calleeOf(call)
  if (!callee?.is('Name', 'Member')) return
  const given = positional(call).slice(0, MOST_ARGUMENTS)
  const asks = ASKS.test(calleeName(call))
  if (!given.some(it => mayBePath(it, asks))) return
  const reference = referenceOf(file, callee)
  if (!reference || NEVER.test(reference.module)) return
  const all = given.map(it => argumentOf(file, it))
  const at = given.findIndex((_, i) => isPath(all[i]!))
  if (at === -1) return
  const row: ForwardedCall = { callee: reference, arguments: all }
  facts.add('forward', row, given[at]!)
  const shown = all[at]!
  const text = shown.kind === 'text' ? shown.parts : shown.kind === 'options' ? (shown.url ?? []) : []
  addWrapper(file, call, given[at]!, text, 'GET', row, facts)
}

const MOST_ARGUMENTS = 3
const NEVER =
  /^(node:)?(path|fs|url|os|util|assert|events|stream|crypto|child_process|react|react-dom|vue|vue-router|react-router|react-router-dom|next\/\w+|lodash|rxjs|chalk|vitest|@jest\/globals|zod)$/

/** Names of functions that may ask somebody: what they are given is looked at, whatever it is. */
const ASKS =
  /^_?(?:get|post|put|patch|del|delete|fetch|request|req|api|call|query|mutate|send|load|download|upload|http|use|axios|ajax|client|invoke|execute|json)/i

/** Cheap: most calls are given nothing of the kind. */
function mayBePath(node: SyntaxNode, asks: boolean): boolean {
  const it = node.unwrapped
  if (it.is('String', 'Template', 'Binary')) return it.text.includes('/')
  return asks && it.is('Name', 'Member', 'Call', 'Dictionary', 'Conditional')
}

function argumentOf(file: SourceFile, node: SyntaxNode): Argument {
  const it = node.unwrapped
  const options = it.is('Dictionary', 'Name') ? literal(file, it) : undefined
  if (options) {
    const method = property(options, 'method') ?? property(options, 'type')
    const url = property(options, 'url') ?? property(options, 'path') ?? property(options, 'endpoint')
    return {
      kind: 'options',
      method: method && textOf(file, method)?.toUpperCase(),
      url: url && textIn(file, url),
    }
  }
  if (!it.is('String', 'Template', 'Name', 'Member', 'Call', 'Binary')) return { kind: 'other' }
  return { kind: 'text', parts: textIn(file, it) }
}

/** Begins like a path, or with what another file or a caller has to tell. */
function isPath(argument: Argument): boolean {
  const parts =
    argument.kind === 'text' ? argument.parts : argument.kind === 'options' ? argument.url : undefined
  const [first, second] = parts ?? []
  if (first === undefined) return false
  if (typeof first === 'string') return /^(\/|https?:\/\/|[\w-]+\/)/.test(first) && !/[\s<>]/.test(first)
  if ('parameter' in first) return argument.kind === 'text'
  if ('hole' in first) return typeof second === 'string' && second.startsWith('/')
  return true
}

/** The function around passes on what it is given: whoever calls it makes the request. */
function addWrapper(
  file: SourceFile,
  call: SyntaxNode,
  url: SyntaxNode,
  text: TextParts,
  method: Method,
  through: ForwardedCall | undefined,
  facts: FactWriter,
): void {
  if (!isPassedOn(file, url, text)) return
  const fn = outermost(call)
  const name = fn && exportedNameOf(fn)
  if (!fn || !name) return
  const parameters = [...url.descendants('Name'), url]
    .filter(it => it.kind === 'Name')
    .map(it => file.binding(it))
  const isOwn = parameters.some(
    it => it?.kind === 'parameter' && it.declaration.closest('Function')?.row === fn.row,
  )
  if (!isOwn && parameters.some(it => it?.kind === 'parameter')) return
  facts.add('wrapper', { name, url: text, method, client: undefined, through }, url)
}

/** A parameter stands for a path, not for a part of one. */
function isPassedOn(file: SourceFile, url: SyntaxNode, text: TextParts): boolean {
  const at = text.findIndex(it => typeof it !== 'string' && 'parameter' in it)
  if (at === -1) return false
  if (at === 0) return true
  const before = text[at - 1]!
  if (typeof before !== 'string') return at === 1 || isNamed(file, url, PATH_NAME)
  if (at > 2) return false
  // `'/users/' + id` is a part of a path, `'/api' + path` is not, `'/users' + query` neither.
  return before.endsWith('/') ? isNamed(file, url, PATH_NAME) : !isNamed(file, url, QUERY_NAME)
}

/** A parameter in here goes by such a name. */
function isNamed(file: SourceFile, url: SyntaxNode, name: RegExp): boolean {
  for (const it of url.kind === 'Name' ? [url] : url.descendants('Name'))
    if (name.test(it.name) && file.binding(it)?.kind === 'parameter') return true
  return false
}

const PATH_NAME = /^(url|uri|path|pathname|endpoint|route|resource|href|input|api|apiPath|suffix|subPath)$/i
const QUERY_NAME = /quer|param|search|^qs$|hash|ext/i

/** The last function around that is not inside of another one. */
function outermost(node: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  for (const it of node.ancestors()) if (it.kind === 'Function') found = it
  return found
}

/** `const api = axios.create({ baseURL: '/api' })` */
function addClient(file: SourceFile, call: SyntaxNode, facts: FactWriter): void {
  const name = calleeName(call)
  if (!/^(create|extend|createInstance|defaults)$/.test(name) || call.kind !== 'Call') return
  const object = receiver(call)?.unwrapped
  if (!object || !(CLIENTS.test(file.qualifiedName(object)) || /^\$?fetch$/.test(object.text))) return
  const holder = clientName(call)
  if (!holder) return
  const options = positional(call)
    .map(it => literal(file, it))
    .find(it => it)
  const base =
    options && (property(options, 'baseURL') ?? property(options, 'prefixUrl') ?? property(options, 'prefix'))
  const isComputed = positional(call).length > 0 && !options
  facts.add(
    'client',
    { name: holder, base: base ? textIn(file, base) : isComputed ? [{ hole: '' }] : [] },
    call,
  )
}

function clientName(call: SyntaxNode): string | undefined {
  let { parent } = call
  while (parent?.is('Cast', 'Await', 'Parenthesized')) parent = parent.parent
  if (parent?.is('Declarator', 'Assignment')) {
    const target = parent.child('target')
    if (target?.kind === 'Name') return target.name
    const kept = /^this\.(\w+)$/.exec(target?.text ?? '')?.[1]
    const owner = kept && parent.closest('Class')?.child('name')?.name
    return owner ? `${owner}.${kept}` : /^module\.exports$/.test(target?.text ?? '') ? 'default' : undefined
  }
  if (parent?.kind === 'Export') return 'default'
  if (parent?.kind === 'Field') {
    const owner = parent.closest('Class')?.child('name')?.name
    const name = parent.child('name')?.name
    return owner && name ? `${owner}.${name}` : undefined
  }
  return undefined
}

/** `axios.defaults.baseURL = '/api'`: all plain requests go below it. */
function addDefaults(file: SourceFile, facts: FactWriter): void {
  if (!file.tree.text.includes('defaults.baseURL')) return
  for (const it of file.root.descendants('Assignment')) {
    const target = it.child('target')
    const value = it.child('value')
    if (value && /^(axios|this\.\$?axios)\.defaults\.baseURL$/.test(target?.text ?? ''))
      facts.add('client', { name: 'axios.defaults', base: textIn(file, value) }, it)
  }
}
