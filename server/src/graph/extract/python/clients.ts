// What requests are made with in Python: sessions and clients of requests, httpx and aiohttp, and those of tests.

import { argument, calleeName, hasSpread, keywordArgument } from '../../../semantics/calls.ts'
import { definitionOf } from '../../../semantics/definitions.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference, TextParts } from '../../rows/names.ts'
import { classNamed, lineage, superclassesOf } from './classes.ts'
import { isOwn, lastName, routerReference } from './routers.ts'
import { attributeValue, urlsIn, withoutParameters } from './text.ts'

/** Something that a request is made with. */
export interface Client {
  /** Where others find its base. */
  readonly reference?: Reference
  /** A base that is known here. */
  readonly base?: TextParts
  /** Only its name says so: it must be given what looks like a path. */
  readonly isGuess: boolean
}

const CLIENT =
  /^(requests\.(sessions\.)?[sS]ession|httpx\.(Async)?Client|aiohttp\.(client\.)?ClientSession|(fastapi|starlette)\.testclient\.TestClient|django\.test\.(client\.)?(Async)?Client|rest_framework\.test\.(API|Requests)Client|flask\.testing\.FlaskClient|requests_toolbelt\..*Session|async_asgi_testclient\.TestClient|httpx_ws\..*|authlib\..*Session|requests_oauthlib\.OAuth\w*)$/
/** Classes of a project that are made of one of these. */
const CLIENT_NAME = /(TestClient|APIClient|FlaskClient|ClientSession|[Hh]ttpx\w*Client)$/
/** Clients that never have a base of their own. */
const BASELESS = /(^|\.)(requests\.|django\.|rest_framework\.|flask\.|test_client$)|TestClient$/

export function clientOf(file: SourceFile, given: SyntaxNode): Client | undefined {
  const node = given.unwrapped
  if (node.kind === 'Call') return isClientCall(file, node) ? made(file, node) : undefined
  if (node.kind === 'Member') return attributeClient(file, node)
  if (node.kind !== 'Name') return undefined
  const binding = file.binding(node)
  if (!binding) return undefined
  if (binding.kind === 'import') return guessed(file, node)
  if (binding.kind === 'parameter') {
    const type = binding.declaration.parent?.child('type')
    if (!type || !isClientType(file, type)) return guessed(file, node)
    // Who makes a client may give it a base.
    return file.isTest ? { isGuess: false } : { base: [{ hole: '' }], isGuess: false }
  }
  for (const write of binding.writes()) {
    const definition = definitionOf(write)
    const value =
      definition?.kind === 'value' && definition.path.length === 0 ? definition.value?.unwrapped : undefined
    const call = value?.kind === 'Await' ? value.child('value') : value
    if (call?.kind !== 'Call' || !isClientCall(file, call)) continue
    if (!binding.isModuleLevel || !baseOf(file, call)) return made(file, call)
    return { reference: { module: '', names: [binding.name] }, isGuess: false }
  }
  return guessed(file, node)
}

/** `self.session` */
function attributeClient(file: SourceFile, node: SyntaxNode): Client | undefined {
  const value = attributeValue(file, node)?.unwrapped
  if (value?.kind === 'Call' && isClientCall(file, value)) {
    const reference = baseOf(file, value) && routerReference(file, node)
    return reference ? { reference, isGuess: false } : made(file, value)
  }
  const passed = value?.kind === 'Name' ? clientOf(file, value) : undefined
  if (passed && !passed.isGuess) return passed
  const owner = /^(self|cls)$/.test(node.child('object')?.name ?? '') ? node.closest('Class') : undefined
  if (owner && lastName(node) === 'client' && isLoadTest(file, owner)) return { isGuess: false }
  return guessed(file, node)
}

function isLoadTest(file: SourceFile, owner: SyntaxNode): boolean {
  return lineage(file, owner).some(it =>
    superclassesOf(it).some(base => /(HttpUser|TaskSet|HttpLocust)$/.test(base.text)),
  )
}

/** In tests everybody calls theirs `client`; elsewhere one of the project is believed by its name. */
function guessed(file: SourceFile, node: SyntaxNode): Client | undefined {
  const name = lastName(node)
  if (/redis|s3|boto|sqs|mqtt|docker|k8s|kube/i.test(name)) return undefined
  if (file.isTest) return /client\d?$/i.test(name) ? { isGuess: true } : undefined
  const reference = /(http|api|test|rest)_?(client|session)$/i.test(name)
    ? routerReference(file, node)
    : undefined
  return reference && isOwn(file, reference) ? { reference, isGuess: true } : undefined
}

function isClientCall(file: SourceFile, call: SyntaxNode): boolean {
  const callee = call.child('callee')
  if (!callee) return false
  const name = calleeName(call)
  if (name === 'test_client' || CLIENT_NAME.test(name)) return true
  if (CLIENT.test(file.qualifiedName(callee))) return true
  const own = classNamed(file, callee)
  return (
    own !== undefined &&
    lineage(file, own).some(it => superclassesOf(it).some(base => isClientClass(file, base)))
  )
}

function isClientClass(file: SourceFile, node: SyntaxNode): boolean {
  return CLIENT.test(file.qualifiedName(node)) || CLIENT_NAME.test(lastName(node))
}

function isClientType(file: SourceFile, type: SyntaxNode): boolean {
  for (const it of [type, ...type.descendants('Name', 'Member')])
    if (it.is('Name', 'Member') && isClientClass(file, it)) return true
  // As a text, for what is imported for types alone.
  return (
    /\b(TestClient|APIClient|FlaskClient|AsyncClient)\b/.test(type.text) ||
    (/^["']Client["']$/.test(type.text) && /\bhttpx\b/.test(file.tree.text))
  )
}

function made(file: SourceFile, call: SyntaxNode): Client {
  return { base: baseOf(file, call) ?? [], isGuess: false }
}

/** What a client puts before each path; nothing where it has no base. */
function baseOf(file: SourceFile, call: SyntaxNode): TextParts | undefined {
  const callee = call.child('callee')
  const name = callee ? file.qualifiedName(callee) : ''
  const first = /ClientSession$/.test(name) ? argument(call, 0) : undefined
  const given = keywordArgument(call, 'base_url') ?? first
  if (given) return withoutParameters(urlsIn(file, given)[0] ?? [{ hole: '' }])
  const isLibrary = CLIENT.test(name)
  if (BASELESS.test(name) || calleeName(call) === 'test_client' || (isLibrary && !hasSpread(call)))
    return undefined
  return [{ hole: '' }]
}

/** `client = httpx.Client(base_url="/api")` and `self.client = …`, for those who make requests with it. */
export function addClients(file: SourceFile, facts: FactWriter): void {
  for (const it of file.root.descendants('Assignment')) {
    const target = it.child('target')
    const call = it.child('value')?.unwrapped
    if (!target?.is('Name', 'Member') || call?.kind !== 'Call' || !isClientCall(file, call)) continue
    if (target.kind === 'Name' && !file.binding(target)?.isModuleLevel) continue
    const base = baseOf(file, call)
    const reference = base && routerReference(file, target)
    if (base && reference) facts.add('client', { name: reference.names.join('.'), base }, call)
  }
}
