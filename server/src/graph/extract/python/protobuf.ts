// What Python takes of modules that protoc wrote: `orders_pb2.Order(id=7)`, `stub.Show(request)`, `order.id`.

import { calleeOf } from '../../../semantics/calls.ts'
import { isTest } from '../../../semantics/provenance.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ProtoSubject } from '../../rows/protobuf.ts'
import { referenceOf, referenceOfBinding } from '../reference.ts'

export function extractProtobufPython(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (!text.includes('_pb2') || isTest(file.path) || file.isUntended || /_pb2(_grpc)?\.pyi?$/.test(file.path))
    return
  const reader = new Reader(file)
  for (const node of file.root.descendants('Call', 'Member', 'Import')) {
    if (node.kind === 'Import') {
      for (const it of node.descendants('Name', 'PropertyName')) {
        const binding = file.binding(it)
        if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
        const of = typeIn(referenceOfBinding(file, binding))
        // What goes by another name here is written before that.
        const at = it.parent?.kind === 'ImportName' ? (it.parent.child('name') ?? it) : it
        if (of && of.names.length > 0) facts.add('protoUse', { of, fields: [] }, at)
      }
      continue
    }
    if (node.kind === 'Call') {
      const message = reader.messageOf(node)
      // What is given to a method besides the message are options of the call.
      if (message?.of.kind === 'message')
        for (const it of node.children('argument')) {
          const label = it.kind === 'KeywordArgument' ? it.child('label') : undefined
          if (label) facts.add('protoUse', { of: message.of, fields: [...message.fields, label.text] }, label)
        }
      continue
    }
    const property = node.child('property')
    const object = node.child('object')?.unwrapped
    if (!property || !object) continue
    const of = typeIn(referenceOf(file, node))
    if (of) {
      if (of.names.length > 0) facts.add('protoUse', { of, fields: [] }, property)
      continue
    }
    const service = reader.serviceOf(object)
    const message = service ? undefined : reader.messageOf(object)
    if (service) facts.add('protoUse', { of: service, fields: [property.name] }, property)
    else if (message)
      facts.add('protoUse', { of: message.of, fields: [...message.fields, property.name] }, property)
  }
}

/** `shop.orders_pb2`, `['Order']` */
function typeIn(
  reference: { readonly module: string; readonly names: readonly string[] } | undefined,
): (ProtoSubject & { readonly kind: 'type' }) | undefined {
  if (!reference) return undefined
  const all = [...reference.module.split('.'), ...reference.names]
  const at = all.findLastIndex(it => /_pb2(_grpc)?$/.test(it))
  if (at === -1) return undefined
  return { kind: 'type', module: all.slice(0, at + 1).join('.'), names: all.slice(at + 1) }
}

/** A message, or a field of one, that an expression stands for. */
interface Message {
  readonly of: ProtoSubject
  readonly fields: readonly string[]
}

/** Fields of fields of fields. */
const DEPTH = 6

class Reader {
  readonly #file: SourceFile
  /** By the text of what they are assigned to: `self._orders = OrdersStub(channel)`; undefined for what is several. */
  readonly #stubs = new Map<string, ProtoSubject | undefined>()

  constructor(file: SourceFile) {
    this.#file = file
    for (const it of file.root.descendants('Assignment')) {
      const target = it.child('target')
      if (target?.kind !== 'Member') continue
      const stub = this.#stubMadeBy(it.child('value'))
      this.#stubs.set(target.text, this.#stubs.has(target.text) ? undefined : stub)
    }
  }

  /** The service that is asked through an expression. */
  serviceOf(node: SyntaxNode): ProtoSubject | undefined {
    if (node.kind === 'Call') return this.#stubMadeBy(node)
    if (node.kind === 'Member') return this.#stubs.get(node.text)
    return node.kind === 'Name' ? this.#stubMadeBy(this.#file.binding(node)?.onlyValue) : undefined
  }

  messageOf(node: SyntaxNode, depth = 0): Message | undefined {
    if (depth > DEPTH) return undefined
    if (node.kind === 'Call') return this.#messageMadeBy(node)
    if (node.kind === 'Member') {
      const object = node.child('object')?.unwrapped
      const of = object && this.messageOf(object, depth + 1)
      const name = node.child('property')?.name
      return of && name ? { of: of.of, fields: [...of.fields, name] } : undefined
    }
    const binding = node.kind === 'Name' ? this.#file.binding(node) : undefined
    if (!binding) return undefined
    if (binding.kind === 'parameter') return this.#messageGiven(binding)
    const value = binding.onlyValue?.unwrapped
    return value?.kind === 'Call' ? this.messageOf(value, depth + 1) : undefined
  }

  #stubMadeBy(node: SyntaxNode | undefined): ProtoSubject | undefined {
    const of = node?.kind === 'Call' ? typeIn(referenceOf(this.#file, calleeOf(node) ?? node)) : undefined
    const name = of?.names.length === 1 ? /^(\w+)Stub$/.exec(of.names[0]!)?.[1] : undefined
    return of && name ? { kind: 'service', module: of.module.replace(/_grpc$/, ''), name } : undefined
  }

  /** `orders_pb2.Order(…)`, `stub.Show(…)` */
  #messageMadeBy(call: SyntaxNode): Message | undefined {
    const callee = calleeOf(call)
    if (!callee) return undefined
    const of = typeIn(referenceOf(this.#file, callee))
    if (of) {
      const [...names] = of.names
      if (names.at(-1) === 'FromString') names.pop()
      if (names.length === 0 || /_grpc$/.test(of.module) || !/^[A-Z]/.test(names.at(-1)!)) return undefined
      return { of: { kind: 'message', module: of.module, names }, fields: [] }
    }
    const object = callee.kind === 'Member' ? callee.child('object')?.unwrapped : undefined
    const service = object && this.serviceOf(object)
    const method = callee.child('property')?.name
    if (service?.kind !== 'service' || !method) return undefined
    return { of: { kind: 'answer', module: service.module, name: service.name, method }, fields: [] }
  }

  /** What a parameter is declared as, or what a method of a service is asked with. */
  #messageGiven(binding: Binding): Message | undefined {
    // Its declaration is one; another value is something else.
    if (binding.writeCount > 1) return undefined
    const fn = binding.declaration.closest('Function')
    const own = fn?.child('parameters')?.children('parameter') ?? []
    const index = own.findIndex(it => it.contains(binding.declaration))
    const type = own[index]?.child('type')?.firstChild
    if (type) {
      const of = typeIn(referenceOf(this.#file, type))
      return of && of.names.length > 0 ? { of: { ...of, kind: 'message' }, fields: [] } : undefined
    }
    const method = fn?.child('name')?.name
    const holder = fn?.closest('Class')
    if (index !== 1 || own.length < 3 || !method || !holder) return undefined
    for (const base of holder.children('superclass')) {
      const of = typeIn(referenceOf(this.#file, base))
      const name = of?.names.length === 1 ? /^(\w+)Servicer$/.exec(of.names[0]!)?.[1] : undefined
      if (of && name)
        return { of: { kind: 'request', module: of.module.replace(/_grpc$/, ''), name, method }, fields: [] }
    }
    return undefined
  }
}
