// What the calls that ask a server send, and what they expect of the answers, in Rust: `.json(&body)`, `.query(…)`, `.json::<User>()`.

import { calleeName, keyText, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey, Expected, ReadFieldRow, Sent } from '../../rows/exchanges.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { functionAround } from './bindings.ts'
import { rustType, typeArguments } from './data-types.ts'
import { rustParameters } from './text.ts'
import { writtenValue } from './written-data.ts'

const NONE: Sent = { kind: 'none' }
const UNKNOWN: Sent = { kind: 'unknown' }
/** Nobody does more with one request. */
const MOST_STEPS = 60

/** `isForward`: a function of the project is called that knows what it does with what it is given. */
export function addExchange(
  file: SourceFile,
  call: SyntaxNode,
  of: CallKey,
  isForward: boolean,
  facts: FactWriter,
): void {
  if (file.isTest) return
  const chain = new Chain(file, call, isForward)
  chain.run()
  const { query, expected, reads, names } = chain
  const body = isForward ? UNKNOWN : chain.body
  const given = isForward ? positional(call).map(it => dataOf(file, it)) : undefined
  facts.add(
    'exchange',
    {
      ...{ of, body, query: isForward ? UNKNOWN : query },
      ...(given && { given }),
      ...(chain.isRead && { answer: [], returned: [] }),
      ...(expected && { expected }),
      // Whoever asks reads a `Result`.
      seesFailure: true,
    },
    call,
  )
  for (const { path, at } of names)
    facts.add('sentField', { of, in: 'query', path: [path], type: { kind: 'unknown' } }, at)
  for (const { at, ...read } of reads) facts.add('readField', { of, ...read }, at)
}

type Read = Omit<ReadFieldRow, 'of'> & { readonly at: SyntaxNode }

/** From the beginning of a request along what is called on it, through variables, to what becomes of the answer. */
class Chain {
  body: Sent = NONE
  query: Sent = NONE
  readonly names: { readonly path: string; readonly at: SyntaxNode }[] = []
  expected: Expected | undefined
  readonly reads: Read[] = []
  /** What it comes to is what the answer holds. */
  isRead: boolean
  #isSent: boolean
  readonly #file: SourceFile
  readonly #call: SyntaxNode

  constructor(file: SourceFile, call: SyntaxNode, isForward: boolean) {
    this.#file = file
    this.#call = call
    this.#isSent = isForward
    this.isRead = isForward
  }

  run(): void {
    let at: SyntaxNode | undefined = this.#call
    for (let steps = 0; at && steps < MOST_STEPS; steps++) at = this.#next(at)
    // Who is handed the request may put anything into it.
    if (!this.#isSent) {
      if (this.body.kind === 'none') this.body = UNKNOWN
      if (this.query.kind === 'none') this.query = UNKNOWN
    }
  }

  #next(node: SyntaxNode): SyntaxNode | undefined {
    const { parent } = node
    switch (parent?.kind) {
      case 'Await':
      case 'Propagate':
      case 'Parenthesized':
        return parent
      case 'Member': {
        const outer = parent.parent
        const call = outer?.kind === 'GenericType' ? outer.parent : outer
        return node.role === 'object' && call?.kind === 'Call' && positional(call)[0]?.row !== parent.row
          ? this.#method(call, outer!)
          : undefined
      }
      case 'Declarator':
        return this.#bound(parent)
      case 'Call':
        // `Ok(…)`
        return calleeName(parent) === 'Ok' ? parent : undefined
      case 'Return':
      case 'Block':
        this.#returned(parent)
        return undefined
      case 'Index':
        return this.#index(parent)
      default:
        return undefined
    }
  }

  #method(call: SyntaxNode, callee: SyntaxNode): SyntaxNode | undefined {
    const name = calleeName(call)
    const [first] = positional(call)
    if (this.#isSent) {
      if (
        (name === 'json' || name === 'read_json' || name === 'into_json' || name === 'body_json') &&
        !first
      ) {
        this.isRead = true
        const [type] = callee.kind === 'GenericType' ? typeArguments(callee) : []
        if (type && type.text !== '_') this.#expect(type)
        return call
      }
      return GOES_ON.test(name) ? call : undefined
    }
    if (/^(send|call|execute|dispatch)$/.test(name)) this.#isSent = true
    else if (name === 'send_json' || name === 'json' || name === 'body_json') {
      this.body = first ? this.#sent(first) : UNKNOWN
      if (name === 'send_json') this.#isSent = true
    } else if (name === 'query') this.query = first ? this.#queried(first) : UNKNOWN
    else if (/^(body|form|multipart|send_\w+|set_body|set_json)$/.test(name)) {
      this.body = UNKNOWN
      this.#isSent ||= name.startsWith('send')
    } else if (/query/.test(name)) this.query = UNKNOWN
    return call
  }

  /** The variable that a request, a response or its data is kept in, when it is used just once. */
  #bound(declarator: SyntaxNode): SyntaxNode | undefined {
    const [target, type] = [declarator.child('target'), declarator.child('type')]
    if (this.isRead && type) this.#expect(type)
    const binding = target?.kind === 'Name' ? this.#file.binding(target) : undefined
    if (!binding || binding.writeCount > 1) return undefined
    const reads = [...binding.reads()]
    if (this.isRead) {
      for (const it of reads) if (it.parent?.kind === 'Index') this.#index(it.parent)
      return undefined
    }
    const [only, ...more] = reads.filter(it => !this.#isSent || !isOfStatus(it))
    return more.length === 0 ? only : undefined
  }

  /** `data["name"]` of what has no type. */
  #index(node: SyntaxNode): undefined {
    const path: string[] = []
    for (let it: SyntaxNode | undefined = node; this.isRead && it?.kind === 'Index'; it = it.parent) {
      const key = it.child('index')
      if (key?.kind === 'Number') path.push('[]')
      else if (key?.kind === 'String') {
        path.push(keyText(key))
        this.reads.push({ path: [...path], isGuarded: false, at: key })
      } else break
    }
    return undefined
  }

  #returned(statement: SyntaxNode): void {
    const fn = functionAround(statement)
    const type = fn?.child('returnType')
    if (!this.isRead || !type || (statement.kind === 'Block' && statement.parent?.row !== fn?.row)) return
    const inner = /Result$/.test(type.child('type')?.text ?? '') ? typeArguments(type)[0] : type
    if (inner) this.#expect(inner)
  }

  #expect(node: SyntaxNode): void {
    const type = rustType(this.#file, node)
    if (!this.expected && type.kind !== 'unknown') this.expected = { type }
  }

  #sent(node: SyntaxNode): Sent {
    const value = unborrowed(node)
    const type = dataOf(this.#file, value)
    const parameter = value.kind === 'Name' ? parameterAt(this.#file, value) : undefined
    if (parameter !== undefined)
      return {
        ...{ kind: 'given', from: [{ parameter, path: [] }] },
        type: type.kind === 'unknown' ? undefined : type,
      }
    return type.kind === 'unknown' ? UNKNOWN : { kind: 'data', type }
  }

  /** `.query(&[("page", page)])`, `.query(&paging)` */
  #queried(node: SyntaxNode): Sent {
    const value = unborrowed(node)
    if (this.query.kind !== 'none') return UNKNOWN
    if (value.kind !== 'List') return this.#sent(value)
    const fields: Field[] = []
    let isOpen = false
    for (const it of value.children('element')) {
      const [key] = it.kind === 'Tuple' ? it.children('element') : []
      if (key?.kind !== 'String') {
        isOpen = true
        continue
      }
      const name = keyText(key)
      fields.push({ name, isOptional: false, type: { kind: 'unknown' } })
      this.names.push({ path: name, at: key })
    }
    return { kind: 'data', type: { kind: 'object', fields, isOpen } }
  }
}

const GOES_ON =
  /^(unwrap|expect|unwrap_or_\w+|error_for_status|map_err|context|with_context|wrap_err|await|into_body|body|change_context|inspect_err|or_else)$/

function isOfStatus(read: SyntaxNode): boolean {
  const name = read.parent?.kind === 'Member' ? (read.parent.child('property')?.name ?? '') : ''
  return /^(status|headers|url|content_length|error_for_status_ref)$/.test(name)
}

function unborrowed(node: SyntaxNode): SyntaxNode {
  let it = node.unwrapped
  while (it.kind === 'Borrow') {
    const inner = it.child('value')
    if (!inner) return it
    it = inner.unwrapped
  }
  return it
}

/** A struct that is written out, JSON, or a variable of a known type. */
function dataOf(file: SourceFile, node: SyntaxNode): DataType {
  const it = unborrowed(node)
  const binding = it.kind === 'Name' ? file.binding(it) : undefined
  const { parent } = binding?.declaration ?? {}
  const type = parent?.is('Parameter', 'Declarator') ? parent.child('type') : undefined
  return type ? rustType(file, type) : writtenValue(file, it)
}

function parameterAt(file: SourceFile, name: SyntaxNode): number | undefined {
  const binding = file.binding(name)
  const fn = binding?.kind === 'parameter' ? functionAround(name) : undefined
  const index = fn ? rustParameters(fn).findIndex(it => it.contains(binding!.declaration)) : -1
  return index === -1 ? undefined : index
}
