// Functions that are given a request and something to answer with: those of Express, of Fastify, of Next.js's older routes,
// and those that are given a context with both, of Koa and Hono.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { callOf, type Member, memberOf, type RequestParts, takenBy, targetOf } from './request-parts.ts'
import { eachUse, isHandedOn, readKey, readReturns } from './web-handlers.ts'

/** `(req, res) => res.json(…)`; with `givesBack` what is given back is the answer too. */
export function readPair(fn: SyntaxNode, parts: RequestParts, givesBack: boolean): void {
  const [request, response] = parametersOf(fn)
  const given = targetOf(request)
  if (given?.kind === 'ObjectPattern') {
    for (const { name, target } of takenBy(given)) part(name, parts)?.bound(target)
  } else if (given) eachUse(parts, given, it => readRequest(it, parts))
  const answer = targetOf(response)
  if (answer?.kind === 'Name') eachUse(parts, answer, it => readAnswer(it, parts))
  if (givesBack) readValues(fn, answer?.name, parts)
}

/** `c => c.json(…)`, `ctx => { ctx.body = … }` */
export function readContext(fn: SyntaxNode, parts: RequestParts): void {
  const given = targetOf(parametersOf(fn)[0])
  if (given?.kind !== 'Name') return
  let isKoa = false
  eachUse(parts, given, it => {
    const member = memberOf(it)
    if (!member) parts.isHandedOn ||= isHandedOn(it)
    else if (member.name === 'req') readHonoRequest(member, parts)
    else if (member.name === 'request' || /^(?:query|params)$/.test(member.name)) {
      isKoa = true
      const inner = member.name === 'request' ? memberOf(member.node) : member
      if (inner) part(inner.name, parts)?.of(inner.node)
    } else if (member.name === 'body' || member.name === 'status') {
      const holder = member.node.parent
      if (holder?.kind !== 'Assignment' || member.node.role !== 'target') return
      isKoa = true
      const value = holder.child('value')
      if (member.name === 'status') parts.answers.status(value)
      else parts.answers.json(value, undefined)
    }
  })
  if (!isKoa) readReturns(fn, parts)
}

export function parametersOf(fn: SyntaxNode): SyntaxNode[] {
  const own = fn.child('parameter')
  return fn.child('parameters')?.children('parameter') ?? (own ? [own] : [])
}

function part(name: string, parts: RequestParts) {
  if (name === 'body') return parts.body
  if (name === 'query') return parts.query
  return name === 'params' ? parts.path : undefined
}

function readRequest(use: SyntaxNode, parts: RequestParts): void {
  const member = memberOf(use)
  if (member) {
    part(member.name, parts)?.of(member.node)
    // A stream, or files.
    if (/^(?:on|pipe|file|files|rawBody|parts|saveRequestFiles)$/.test(member.name)) parts.isHandedOn = true
    return
  }
  const target = use.parent?.kind === 'Declarator' ? use.parent.child('target') : undefined
  if (target?.kind === 'ObjectPattern') {
    for (const it of takenBy(target)) part(it.name, parts)?.bound(it.target)
    return
  }
  // `req as unknown as Authorized`
  if (use.parent?.is('Cast', 'Parenthesized', 'NonNull')) return readRequest(use.parent, parts)
  parts.isHandedOn ||= isHandedOn(use)
}

/** `res.status(201).json(x)`, `reply.code(404).send(x)`, `res.sendStatus(204)` */
function readAnswer(use: SyntaxNode, parts: RequestParts): void {
  const { answers } = parts
  let status: SyntaxNode | undefined
  for (let member = memberOf(use); member; ) {
    const call = callOf(member.node)
    if (!call) return readStatusSet(member, parts)
    const [first] = positional(call)
    if (/^(?:status|code)$/.test(member.name)) status = first
    else if (/^(?:json|jsonp|send)$/.test(member.name)) {
      // `res.status(code, body)` of old.
      if (member.name === 'send' && !first) answers.status(status)
      else answers.json(first, status)
      return
    } else if (/^(?:sendStatus|end)$/.test(member.name)) {
      answers.status(member.name === 'end' ? status : first)
      return
    } else if (/^(?:render|sendFile|download|redirect|write|pipe|view)$/.test(member.name))
      return answers.unknown()
    member = memberOf(call)
  }
  if (status) answers.status(status)
  // Whoever gets it may answer anything; `verifyUser({ req, res })` answers only what fails.
  if (!memberOf(use) && isHandedOn(use)) answers.unknown()
}

/** `res.statusCode = 404`: what is answered afterwards is anybody's guess. */
function readStatusSet({ name, node }: Member, parts: RequestParts): void {
  if (name === 'statusCode' && node.role === 'target') parts.answers.unknown()
}

/** What Fastify's handlers give back is what they answer. */
function readValues(fn: SyntaxNode, reply: string | undefined, parts: RequestParts): void {
  const body = fn.child('body')
  if (!body) return
  const given =
    body.kind === 'Block' ? [...body.ownDescendants('Return')].map(it => it.child('value')) : [body]
  for (const it of given) {
    const value = it?.unwrapped
    if (!value || value.is('Undefined', 'Null')) continue
    if (reply !== undefined && [...value.named(reply)].length > 0) continue
    parts.answers.json(value.kind === 'Await' ? value.child('value') : value, undefined)
  }
}

/** `c.req.json()`, `c.req.query('page')`, `c.req.param('id')`, `c.req.valid('json')` */
function readHonoRequest(request: Member, parts: RequestParts): void {
  const member = memberOf(request.node)
  const call = member && callOf(member.node)
  if (!call) return
  const [first] = positional(call)
  switch (member.name) {
    case 'json':
      return parts.body.of(call)
    case 'parseBody':
      return parts.form.of(call)
    case 'text':
    case 'formData':
    case 'blob':
      parts.isHandedOn = true
      return
    case 'query':
    case 'queries':
      return first ? readKey(call, parts, 'query') : parts.query.of(call)
    case 'param':
      return first ? readKey(call, parts, 'path') : parts.path.of(call)
    case 'valid': {
      const known = first && parts.file.constant(first)
      if (known?.kind === 'string') validPart(known.value, parts)?.of(call)
    }
  }
}

/** What is checked before: `zValidator('json', schema)`. */
export function readChecks(checks: readonly SyntaxNode[], parts: RequestParts): void {
  for (const call of checks) {
    if (call.kind !== 'Call' || !/^(?:\w*[vV]alidator)$/.test(calleeName(call))) continue
    const [kind, schema] = positional(call)
    const known = kind && parts.file.constant(kind)
    if (known?.kind === 'string' && schema) validPart(known.value, parts)?.checkedBy(schema)
  }
}

function validPart(kind: string, parts: RequestParts) {
  if (kind === 'json') return parts.body
  if (kind === 'form') return parts.form
  return kind === 'param' ? parts.path : part(kind, parts)
}
