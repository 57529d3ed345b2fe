// Handlers of Nuxt's server: they ask functions for the parts of an event, and what they give back is the answer.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { parametersOf } from './express-handlers.ts'
import { memberOf, type RequestParts, targetOf } from './request-parts.ts'
import { eachUse, isHandedOn } from './web-handlers.ts'

export function readNuxt(fn: SyntaxNode, parts: RequestParts): void {
  const event = targetOf(parametersOf(fn)[0])
  if (event?.kind === 'Name') eachUse(parts, event, it => readEvent(it, parts))
  readGiven(fn, parts)
  for (const it of fn.ownDescendants('Throw')) {
    const made = it.child('value')
    const code = made?.kind === 'Call' && property(positional(made)[0], 'statusCode')
    if (code) parts.answers.status(code)
  }
}

function readEvent(use: SyntaxNode, parts: RequestParts): void {
  const member = memberOf(use)
  if (member) {
    const inner = member.name === 'context' ? memberOf(member.node) : undefined
    if (inner?.name === 'params') parts.path.of(inner.node)
    return
  }
  const call = use.role === 'argument' && use.parent?.kind === 'Call' ? use.parent : undefined
  const [, second] = call ? positional(call) : []
  switch (call && calleeName(call)) {
    case 'readBody':
      return parts.body.of(call!)
    case 'getQuery':
      return parts.query.of(call!)
    case 'getRouterParams':
      return parts.path.of(call!)
    case 'getRouterParam':
      return second && parts.path.field(second.text.slice(1, -1), second)
    case 'readValidatedBody':
      return checked(second, 'body', parts)
    case 'getValidatedQuery':
      return checked(second, 'query', parts)
    case 'readFormData':
    case 'readMultipartFormData':
    case 'readRawBody':
      parts.isHandedOn = true
      return
    case 'setResponseStatus':
      parts.answers.status(second)
      return
    default:
      if (!SETS.test(call ? calleeName(call) : '')) parts.isHandedOn ||= isHandedOn(use)
  }
}

const SETS = /^(?:set|get|delete|append)(?:Response|Request)?(?:Header|Headers|Cookie|Status|IP|URL)/

/** `schema.parse`, `body => schema.safeParse(body)`, the schema itself. */
function checked(given: SyntaxNode | undefined, into: 'body' | 'query', parts: RequestParts): void {
  let schema = given
  if (given?.kind === 'Function') {
    const body = given.child('body')
    schema = body?.kind === 'Call' ? body.child('callee') : undefined
  }
  if (schema?.kind === 'Member' && /^(?:safe)?parse(?:Async)?$/i.test(schema.child('property')?.name ?? ''))
    schema = schema.child('object')
  if (!schema || !parts[into].checkedBy(schema)) parts.isHandedOn = true
}

function readGiven(fn: SyntaxNode, parts: RequestParts): void {
  const body = fn.child('body')
  if (!body) return
  const given =
    body.kind === 'Block' ? [...body.ownDescendants('Return')].map(it => it.child('value')) : [body]
  for (const it of given) {
    const value = it?.unwrapped.kind === 'Await' ? it.unwrapped.child('value') : it?.unwrapped
    if (!value || value.is('Null', 'Undefined')) continue
    if (value.kind === 'Call' && /^(?:send\w*|createError|proxyRequest)$/.test(calleeName(value)))
      parts.answers.unknown()
    else parts.answers.json(value, undefined)
  }
}
