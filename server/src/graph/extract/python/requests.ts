// Calls that ask a server for something, in Python: requests, httpx, aiohttp, urllib, and the clients of tests.

import { argument, calleeName, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import type { Reference, TextParts } from '../../rows/names.ts'
import type { RequestRow } from '../../rows/requests.ts'
import { parametersIn, textIn } from '../text.ts'
import { addClients, clientOf } from './clients.ts'
import { addExchange } from './exchange.ts'
import { below, urlsIn } from './text.ts'
import { addForward, addWrapper, isPath, VERBS } from './wrappers.ts'

type Method = RequestRow['method']

/** What one call asks for, as it is written. */
interface Asked {
  readonly url: SyntaxNode
  readonly method: Method
  readonly client?: Reference | undefined
  readonly base?: TextParts | undefined
  /** It must look like a path: only names say that it is a request. */
  readonly isGuess: boolean
}

export function extractRequestsPython(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'python' || !MAY_ASK.test(file.tree.text)) return
  addClients(file, facts)
  const calls = [...file.root.descendants('Call')]
  const wrappers = new Set<string>()
  const others: SyntaxNode[] = []
  for (const call of calls) {
    const asked = askedBy(file, call)
    if (asked) addRequest(file, call, asked, wrappers, facts)
    else others.push(call)
  }
  // Functions that call wrappers of this file are wrappers, too.
  for (const call of others) addForward(file, call, wrappers, facts)
}

const MAY_ASK = /\brequests\b|httpx|aiohttp|urlopen|client|session|['"]\/\w|\}\/\w/i

/** Their first argument is the method. */
const LISTED = new Set(['request', 'stream', 'build_request', 'generic'])
const MODULE = /^(requests|requests\.api|httpx|aiohttp|grequests|curl_cffi\.requests)$/

function askedBy(file: SourceFile, call: SyntaxNode): Asked | undefined {
  const name = calleeName(call)
  const callee = call.child('callee')?.unwrapped
  if (!callee) return undefined
  if (name === 'urlopen' || name === 'Request') return ofUrllib(file, call, callee)
  const isListed = LISTED.has(name)
  if (!VERBS.has(name) && !isListed && name !== 'open')
    return callee.kind === 'Name' ? ofNamed(file, call, callee) : undefined
  if (callee.kind !== 'Member') return isLibrary(file, callee) ? asked(file, call, name) : undefined
  const object = callee.child('object')
  if (!object) return undefined
  if (MODULE.test(file.qualifiedName(object)) && file.importedName(headOf(object)) !== undefined)
    return name === 'open' ? undefined : asked(file, call, name)
  if (!mayBeUrl(call, object)) return undefined
  const client = clientOf(file, object)
  const found = client && asked(file, call, name)
  return (
    found && {
      ...found,
      client: client.reference,
      base: client.base,
      isGuess: client.isGuess || name === 'open',
    }
  )
}

/** `send = getattr(client, method.lower())`, and then `send(url)` */
function ofNamed(file: SourceFile, call: SyntaxNode, callee: SyntaxNode): Asked | undefined {
  const value = file.binding(callee)?.kind === 'variable' ? file.value(callee) : undefined
  if (value?.kind !== 'Call' || calleeName(value) !== 'getattr') return undefined
  const [object, method] = positional(value)
  const url = argument(call, 0, 'url')
  const client = object && clientOf(file, object)
  if (!url || !method || !client) return undefined
  return {
    url,
    method: methodIn(file, method),
    client: client.reference,
    base: client.base,
    isGuess: client.isGuess,
  }
}

/** Most things that something is got from are dictionaries. */
function mayBeUrl(call: SyntaxNode, object: SyntaxNode): boolean {
  const first = call.child('argument')
  return (
    first?.kind !== 'String' ||
    first.text.includes('/') ||
    /client|session|http|request/i.test(object.text.slice(-40))
  )
}

function headOf(node: SyntaxNode): SyntaxNode {
  let it = node
  while (it.kind === 'Member') {
    const object = it.child('object')
    if (!object) return it
    it = object
  }
  return it
}

/** `from requests import get` */
function isLibrary(file: SourceFile, callee: SyntaxNode): boolean {
  return /^(requests|httpx)\.(get|post|put|patch|delete|head|request|stream)$/.test(
    file.importedName(callee) ?? '',
  )
}

/** `get(url)`, `request(method, url)`, `open(path, method="POST")` */
function asked(file: SourceFile, call: SyntaxNode, name: string): Asked | undefined {
  if (LISTED.has(name)) {
    const url = argument(call, 1, 'url')
    const method = argument(call, 0, 'method')
    return url && { url, method: method ? methodIn(file, method) : '*', isGuess: false }
  }
  const url = argument(call, 0, 'url') ?? keywordArgument(call, 'path')
  const given = name === 'open' ? keywordArgument(call, 'method') : undefined
  const verb = name === 'open' ? 'GET' : name.toUpperCase()
  return url && { url, method: given ? methodIn(file, given) : verb, isGuess: false }
}

function ofUrllib(file: SourceFile, call: SyntaxNode, callee: SyntaxNode): Asked | undefined {
  const name = file.qualifiedName(callee)
  const url = argument(call, 0, 'url')
  if (!url || !/^urllib\.request\.(urlopen|Request)$/.test(name)) return undefined
  // The request that is opened was read where it is made.
  const value = file.value(url)
  if (name.endsWith('urlopen') && value.kind === 'Call' && calleeName(value) === 'Request') return undefined
  const method = keywordArgument(call, 'method')
  const isSent = keywordArgument(call, 'data') !== undefined || positional(call).length > 1
  return { url, method: method ? methodIn(file, method) : isSent ? 'POST' : 'GET', isGuess: false }
}

/** A method as it is written, or the parameter that tells it. */
function methodIn(file: SourceFile, node: SyntaxNode): Method {
  const constant = file.constant(node.unwrapped)
  if (constant?.kind === 'string') return constant.value.toUpperCase()
  // `method.upper()`
  const said = node.kind === 'Call' ? (node.child('callee')?.child('object') ?? node) : node
  const [parameter] = said.kind === 'Name' ? parametersIn(textIn(file, said)) : []
  return parameter === undefined ? '*' : { parameter }
}

function addRequest(
  file: SourceFile,
  call: SyntaxNode,
  it: Asked,
  wrappers: Set<string>,
  facts: FactWriter,
): void {
  const { url, method, client } = it
  for (const path of urlsIn(file, url)) {
    if (it.isGuess && !isPath(path) && !isParameter(path)) continue
    const text = it.base && it.base.length > 0 ? below(it.base, path) : path
    const keys: CallKey[] = []
    if (saysSomething(text)) {
      const index = facts.add('request', { url: text, method, client, isSure: !it.isGuess }, url)
      keys.push({ kind: 'request', index })
    }
    const key = addWrapper(call, url, { url: text, method, client, through: undefined }, wrappers, facts)
    if (key) keys.push(key)
    addExchange(file, call, keys, facts)
  }
}

/** Whoever calls the function around has to say it. */
function isParameter(parts: TextParts): boolean {
  const [only] = parts
  return parts.length === 1 && typeof only === 'object' && 'parameter' in only
}

/** A path, or a name for one: more than a value that is only known at run time. */
function saysSomething(parts: TextParts): boolean {
  const [first] = parts
  if (typeof first === 'object' && 'from' in first && !REVERSED.test(first.from.names.at(-1) ?? ''))
    return true
  return parts.some(it => typeof it === 'string' && it.includes('/'))
}

/** Functions that look a path up by its name. */
const REVERSED = /^(reverse|reverse_lazy|url_for|url_path_for)$/
