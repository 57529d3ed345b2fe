// What scripts take of services of protobuf: methods that clients call and servers answer, and the fields of what is sent.

import { calleeName, calleeOf, positional } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'

export function extractProtobufScript(file: SourceFile, facts: FactWriter): void {
  if (!SPEAKS.test(file.tree.text) || isTest(file.path) || file.isUntended) return
  const members = clientsInMembers(file)
  for (const call of file.root.descendants('Call')) {
    const callee = calleeOf(call)
    if (callee?.kind !== 'Member') continue
    const method = callee.child('property')
    const object = callee.child('object')?.unwrapped
    if (!method || !object) continue
    if (/^(addService|service)$/.test(method.name)) {
      readHandlers(call, facts)
      continue
    }
    const client = object.kind === 'Name' ? clientMadeBy(file.value(object)) : members.get(object.text)
    if (client === undefined || OWN.test(method.name)) continue
    facts.add(
      'protoUse',
      { of: { kind: 'service', module: '', name: client }, fields: [method.name] },
      method,
    )
    const [sent] = positional(call)
    if (sent?.kind !== 'Dictionary') continue
    const of = { kind: 'request', module: '', name: client, method: method.name } as const
    for (const key of keysOf(sent)) facts.add('protoUse', { of, fields: [key.name] }, key)
  }
}

/** Libraries that call services of protobuf. */
const SPEAKS = /['"](?:@grpc\/|grpc['"]|@connectrpc\/|@bufbuild\/connect|nice-grpc|grpc-web)/

/** What every client has. */
const OWN = /^(close|getChannel|waitForReady|make\w+Request|bind|\$\w+)$/

/** The name of the service, perhaps with what generators put behind it. */
function clientMadeBy(value: SyntaxNode | undefined): string | undefined {
  const made = value?.unwrapped
  if (made?.kind === 'New') {
    const name = calleeName(made)
    return /^[A-Z]\w+$/.test(name) && positional(made).length > 0 ? name : undefined
  }
  if (made?.kind !== 'Call' || !/^create(Promise|Callback)?Client$/.test(calleeName(made))) return undefined
  const [service] = positional(made)
  return service && lastName(service)
}

/** `this.orders = new OrdersClient(…)`, by the text of the member; what is several is none. */
function clientsInMembers(file: SourceFile): ReadonlyMap<string, string | undefined> {
  const clients = new Map<string, string | undefined>()
  for (const it of file.root.descendants('Assignment', 'Field')) {
    const target = it.kind === 'Field' ? it.child('name') : it.child('target')
    const client = clientMadeBy(it.child('value'))
    if (!target || (it.kind === 'Assignment' && target.kind !== 'Member')) continue
    const name = it.kind === 'Field' ? `this.${target.name}` : target.text
    if (it.child('value')) clients.set(name, clients.has(name) ? undefined : client)
  }
  return clients
}

/** `server.addService(shop.Orders.service, { showOrder })` */
function readHandlers(call: SyntaxNode, facts: FactWriter): void {
  const [service, handlers] = positional(call)
  if (!service || handlers?.kind !== 'Dictionary') return
  const name =
    service.kind === 'Member' && lastName(service) === 'service' ? service.child('object') : service
  const known = name && lastName(name)
  if (known === undefined || !/^[A-Z]/.test(known)) return
  for (const key of keysOf(handlers))
    facts.add('protoUse', { of: { kind: 'service', module: '', name: known }, fields: [key.name] }, key)
}

function lastName(node: SyntaxNode): string | undefined {
  if (node.kind === 'Name') return node.name
  return node.kind === 'Member' ? node.child('property')?.name : undefined
}

/** The names that an object literal surely has; a computed one is nobody's. */
function keysOf(object: SyntaxNode): SyntaxNode[] {
  return object.children().flatMap(it => {
    if (it.kind === 'Pair') {
      const key = it.child('key')
      return key && /^[\w$]+$/.test(key.text) && !key.text.startsWith('$') ? [key] : []
    }
    if (it.kind === 'Function') return it.child('name') ?? []
    return it.kind === 'Name' ? [it] : []
  })
}
