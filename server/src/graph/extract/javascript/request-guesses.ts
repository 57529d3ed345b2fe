// Calls that only look as if they asked a server: a method of HTTP is called with a path.

import { calleeName, calleeOf, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { textsIn } from '../text.ts'
import { type Asked, METHODS, ofConfiguration } from './request-calls.ts'
import { textOf } from './request-options.ts'

/**
 * `api.get('/users')`, `get('/users')` of whatever it is: a method of HTTP is called with a path and without a function, as
 * the routes of a server are given.
 */
export function guessed(file: SourceFile, call: SyntaxNode): Asked | undefined {
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
