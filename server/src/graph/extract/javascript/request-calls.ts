// Calls of known clients: what they ask for, and with which method.

import { calleeName, calleeOf, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { FETCHES, isClient, isFetch } from './request-clients.ts'
import { literal, type Method, methodIn, textOf } from './request-options.ts'

/** What one call asks for, as it is written. */
export interface Asked {
  readonly url: SyntaxNode
  readonly method: Method
  readonly isSure?: boolean
}

export const METHODS: Readonly<Record<string, string>> = {
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

/** The URL and the method of a call of a known client. */
export function askedBy(file: SourceFile, call: SyntaxNode): Asked | undefined {
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
/** `client(url, { method })`, `client({ url, method })` */
export function ofConfiguration(file: SourceFile, call: SyntaxNode): Asked | undefined {
  const [first, second] = positional(call)
  if (!first) return undefined
  const options = literal(file, first)
  if (!options) return { url: first, method: methodIn(file, second, 'GET') }
  const url = property(options, 'url') ?? property(options, 'uri') ?? property(options, 'path')
  return url && { url, method: methodIn(file, options, 'GET') }
}
