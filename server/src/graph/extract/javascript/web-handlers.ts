// Functions that are given a request of the web and give back a response: those of Next.js and SvelteKit.

import { calleeName, calleeOf, positional } from '../../../semantics/calls.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { callOf, LOOKS_AT_SENDER, memberOf, type RequestParts, takenBy, targetOf } from './request-parts.ts'
import { schemaAt } from './zod.ts'

/** `function GET(request, { params })` */
export function readNextRoute(fn: SyntaxNode, method: string, parts: RequestParts): void {
  const [request, context] = fn.child('parameters')?.children('parameter') ?? [fn.child('parameter')]
  const target = targetOf(request)
  if (target?.kind === 'Name') eachUse(parts, target, it => readRequest(it, method, parts))
  const given = targetOf(context)
  if (given?.kind === 'ObjectPattern') {
    for (const { name, target: inner } of takenBy(given)) if (name === 'params') parts.path.bound(inner)
  } else if (given) eachUse(parts, given, it => readPart(it, 'params', parts))
  readReturns(fn, parts)
}

/** `async ({ request, url, params }) => json(…)` of SvelteKit. */
export function readSvelteKit(fn: SyntaxNode, method: string, parts: RequestParts): void {
  const [event] = fn.child('parameters')?.children('parameter') ?? [fn.child('parameter')]
  const target = targetOf(event)
  if (target?.kind === 'ObjectPattern') {
    for (const { name, target: inner } of takenBy(target)) {
      if (name === 'params') parts.path.bound(inner)
      else if (name === 'request') eachUse(parts, inner, it => readRequest(it, method, parts))
      else if (name === 'url') eachUse(parts, inner, it => readUrl(it, parts))
    }
  } else if (target) {
    eachUse(parts, target, it => {
      const member = memberOf(it)
      if (!member) parts.isHandedOn ||= isHandedOn(it)
      else if (member.name === 'request') readRequest(member.node, method, parts)
      else if (member.name === 'url') readUrl(member.node, parts)
      else if (member.name === 'params') parts.path.of(member.node)
    })
  }
  readReturns(fn, parts)
}

/** All uses of a name. */
export function eachUse(parts: RequestParts, name: SyntaxNode, read: (use: SyntaxNode) => void): void {
  for (const it of parts.file.binding(name)?.reads() ?? []) read(it)
}

/** Somebody gets it who may read anything of it. */
export function isHandedOn(use: SyntaxNode): boolean {
  const { parent } = use
  const holder = parent?.is('Pair', 'Dictionary') ? parent.closest('Call') : parent
  return holder?.kind === 'Call'
    ? !LOOKS_AT_SENDER.test(calleeOf(holder)?.text ?? '')
    : parent?.kind !== 'Member'
}

function readPart(use: SyntaxNode, name: string, parts: RequestParts): void {
  const member = memberOf(use)
  if (member?.name === name) parts.path.of(member.node)
  // `const { id } = (await context).params`
  else if (use.parent?.kind === 'Declarator') {
    const target = use.parent.child('target')
    if (target?.kind !== 'ObjectPattern') return
    for (const it of takenBy(target)) if (it.name === name) parts.path.bound(it.target)
  }
}

/** One use of a request. */
function readRequest(use: SyntaxNode, method: string, parts: RequestParts): void {
  const member = memberOf(use)
  if (!member) {
    if (!readChecked(use, method, parts)) parts.isHandedOn ||= isHandedOn(use)
    return
  }
  const call = callOf(member.node)
  switch (member.name) {
    case 'json':
      if (call) parts.body.of(call)
      return
    case 'clone':
      if (call) readRequest(call, method, parts)
      return
    case 'formData':
      if (call) readForm(call, parts)
      return
    case 'text':
    case 'body':
    case 'arrayBuffer':
    case 'blob':
      // What is made of that, nobody can tell.
      parts.isHandedOn = true
      return
    case 'nextUrl':
      return readUrl(member.node, parts)
    case 'url':
      return readUrlText(member.node, parts)
  }
}

/** `parse(request, schema)` of the project: what is checked is the query or the body, by the method. */
function readChecked(use: SyntaxNode, method: string, parts: RequestParts): boolean {
  const call = use.role === 'argument' ? use.parent : undefined
  if (call?.kind !== 'Call') return false
  const [first, second] = positional(call)
  if (first?.row !== use.row) return false
  const reads = method === 'GET' || method === 'HEAD' ? parts.query : parts.body
  if (second && schemaAt(parts.file, second)) return reads.checkedBy(second)
  // Without a schema it is the same function that looks at who asks, and at nothing else that it could know of.
  return second === undefined && /^parse\w*Request$/.test(calleeName(call)) && !takesParts(call)
}

/** `const { body } = await parseRequest(request)` */
function takesParts(call: SyntaxNode): boolean {
  const declarator = call.closest('Declarator', 'Function')
  const target = declarator?.kind === 'Declarator' ? declarator.child('target') : undefined
  if (target?.kind !== 'ObjectPattern') return true
  return [...takenBy(target)].some(it => /^(?:body|query|params|data|input)$/.test(it.name))
}

/** `new URL(request.url)` */
function readUrlText(node: SyntaxNode, parts: RequestParts): void {
  const made = node.parent
  if (made?.kind !== 'New' || calleeName(made) !== 'URL') {
    parts.query.of(node)
    return
  }
  const target = made.parent?.kind === 'Declarator' ? made.parent.child('target') : undefined
  if (target?.kind === 'Name') eachUse(parts, target, it => readUrl(it, parts))
  else if (target?.kind === 'ObjectPattern') {
    for (const it of takenBy(target))
      if (it.name === 'searchParams') eachUse(parts, it.target, use => readSearch(use, parts))
  } else readUrl(made, parts)
}

/** `url.searchParams.get('page')` */
function readUrl(node: SyntaxNode, parts: RequestParts): void {
  const member = memberOf(node)
  if (member?.name === 'searchParams') return readSearch(member.node, parts)
  if (member?.name === 'search') parts.query.of(member.node)
  const target = node.parent?.kind === 'Declarator' ? node.parent.child('target') : undefined
  if (target?.kind !== 'ObjectPattern') return
  for (const it of takenBy(target))
    if (it.name === 'searchParams') eachUse(parts, it.target, use => readSearch(use, parts))
}

export function readSearch(node: SyntaxNode, parts: RequestParts): void {
  const member = memberOf(node)
  const call = member && callOf(member.node)
  if (call && /^(?:get|getAll|has)$/.test(member.name)) return readKey(call, parts, 'query')
  const target = node.parent?.kind === 'Declarator' ? node.parent.child('target') : undefined
  if (target?.kind === 'Name') eachUse(parts, target, it => readSearch(it, parts))
  else if (isEntries(node)) parts.query.of(node.parent!)
  else parts.query.of(node)
}

/** `Object.fromEntries(searchParams)` */
function isEntries(node: SyntaxNode): boolean {
  return node.parent?.kind === 'Call' && calleeName(node.parent) === 'fromEntries'
}

function readForm(call: SyntaxNode, parts: RequestParts): void {
  let holder = call.parent
  if (holder?.kind === 'Await') holder = holder.parent
  const target = holder?.kind === 'Declarator' ? holder.child('target') : undefined
  if (target?.kind !== 'Name') {
    parts.form.of(call)
    return
  }
  eachUse(parts, target, it => {
    const member = memberOf(it)
    const inner = member && callOf(member.node)
    if (inner && /^(?:get|getAll|has)$/.test(member.name)) readKey(inner, parts, 'form')
    else parts.form.of(it)
  })
}

export function readKey(call: SyntaxNode, parts: RequestParts, into: 'query' | 'form' | 'path'): void {
  const [key] = positional(call)
  const known = key && parts.file.constant(key)
  if (key && known?.kind === 'string') parts[into].field(known.value, key)
  else parts.isHandedOn = true
}

export function readReturns(fn: SyntaxNode, parts: RequestParts): void {
  const body = fn.child('body')
  if (!body) return
  const given =
    body.kind === 'Block' ? [...body.ownDescendants('Return')].map(it => it.child('value')) : [body]
  for (const it of given) {
    // `return error()` of a wrapper, a value that was made before.
    const value = it && parts.file.value(it)
    if (value && !parts.answers.response(value)) parts.answers.unknown()
  }
}
