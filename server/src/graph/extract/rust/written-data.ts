// JSON that Rust code writes out: `Json(json!({ "id": 1 }))`, `HttpResponse::Ok().json(User { … })`.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { together } from '../../data-types.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { rustReference } from './bindings.ts'
import { methodObject } from './router-chains.ts'

const UNKNOWN: DataType = { kind: 'unknown' }

/** What a function answers when all is well, where each answer that is one is written out. */
export function writtenData(file: SourceFile, fn: SyntaxNode): DataType | undefined {
  const all: DataType[] = []
  for (const it of answersIn(fn)) {
    const type = writtenValue(file, it)
    if (type.kind === 'unknown') return undefined
    all.push(type)
  }
  return together(all)
}

function answersIn(fn: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  const body = fn.child('body')
  for (const it of body?.descendants('Call', 'MacroCall') ?? []) {
    if (isFailure(it)) continue
    const [first] = it.kind === 'Call' ? positional(it) : []
    const name = calleeName(it)
    if (it.kind === 'MacroCall') {
      // `axum_extra::json!` is a response by itself: `Ok(json!({ … }))`.
      if (name === 'json' && /ErasedJson/.test(fn.child('returnType')?.text ?? '') && isAnswer(it))
        found.push(it)
    } else if (first && name === 'Json' && !methodObject(it)) found.push(first)
    else if (first && name === 'json' && /\bHttpResponse\b/.test(it.text.slice(0, 60))) found.push(first)
  }
  return found
}

/** In a response that tells of an error. */
function isFailure(node: SyntaxNode): boolean {
  if (FAILED_RESPONSE.test(node.text.slice(0, 80))) return true
  for (const it of node.ancestors()) {
    if (it.kind === 'Function') return false
    if (it.kind === 'Call' && calleeName(it) === 'Err') return true
    if (it.is('Tuple', 'Call') && FAILURE.test(it.text.slice(0, 120))) return true
  }
  return false
}

const FAILURE = /\bStatusCode::(BAD|UN|FORBID|NOT_F|CONFLICT|INTERNAL|SERVICE|GONE|TOO)/
const FAILED_RESPONSE =
  /\bHttpResponse::(BadRequest|Unauthorized|Forbidden|NotFound|Conflict|Internal|Service|Unprocess|TooMany|build)/

/** It is given back: behind `Ok`, in a tuple, at the end. */
function isAnswer(node: SyntaxNode): boolean {
  const { parent } = node
  if (!parent) return false
  if (parent.kind === 'Tuple' || (parent.kind === 'Call' && calleeName(parent) === 'Ok')) return true
  return parent.is('Block', 'Return', 'ExpressionStatement')
}

/** A struct or JSON that is written out. */
export function writtenValue(file: SourceFile, given: SyntaxNode): DataType {
  const node = file.value(given)
  switch (node.kind) {
    case 'MacroCall':
      return calleeName(node) === 'json' ? jsonMacro(node.child('argument')?.children()[0]) : UNKNOWN
    case 'StructLiteral': {
      const type = node.child('name')
      const of = type && rustReference(file, type)
      return of && /^[A-Z]/.test(of.names.at(-1) ?? '') ? { kind: 'shape', of } : UNKNOWN
    }
    default:
      return UNKNOWN
  }
}

/** The tokens of `json!({ "id": user.id, "tags": [] })`. */
function jsonMacro(tokens: SyntaxNode | undefined, depth = 0): DataType {
  if (tokens?.kind !== 'TokenTree' || depth > 6 || !tokens.text.startsWith('{')) return UNKNOWN
  const { text, start } = tokens
  const fields = new Map<string, Field>()
  const all = tokens.children()
  let isOpen = false
  let end = start + 1
  for (const [i, node] of all.entries()) {
    const before = text.slice(end - start, node.start - start).replace(/\/\*[\s\S]*?\*\/|\/\/.*|\s/g, '')
    end = node.end
    if (i > 0 && !before.includes(',')) continue
    const next = all[i + 1]
    const isKey = node.kind === 'String' && next && /^\s*:(?!:)/.test(text.slice(node.end - start))
    if (!isKey) {
      isOpen = true
      continue
    }
    const name = node.text.slice(1, -1)
    fields.set(name, { name, isOptional: false, type: tokenType(next, text.slice(next.end - start), depth) })
  }
  return { kind: 'object', fields: [...fields.values()], isOpen }
}

/** Of a value that is one token. */
function tokenType(node: SyntaxNode, after: string, depth: number): DataType {
  if (!/^\s*(,|\}|$)/.test(after)) return UNKNOWN
  switch (node.kind) {
    case 'String':
      return { kind: 'string' }
    case 'Number':
      return { kind: node.text.includes('.') ? 'number' : 'integer' }
    case 'Boolean':
      return { kind: 'boolean' }
    case 'TokenTree':
      return node.text.startsWith('[') ? { kind: 'list', of: UNKNOWN } : jsonMacro(node, depth + 1)
    default:
      return UNKNOWN
  }
}
