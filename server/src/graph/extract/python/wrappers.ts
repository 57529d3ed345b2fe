// Functions of Python that make requests of what they are given, and calls of functions that may do so.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { CallKey } from '../../rows/exchanges.ts'
import type { Reference, TextParts } from '../../rows/names.ts'
import type { Argument, ForwardedCall, RequestRow } from '../../rows/requests.ts'
import { exportedNameOf } from '../reference.ts'
import { addExchange } from './exchange.ts'
import { isOwn, outermost, routerReference } from './routers.ts'
import { urlsIn } from './text.ts'

export const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'])

/** Begins like a path, or with what another file has to tell. */
export function isPath(parts: TextParts): boolean {
  const [first, second] = parts
  if (first === undefined) return false
  if (typeof first === 'string') return /^(\/|https?:\/\/|api\/)/.test(first) && !/\s/.test(first)
  if ('from' in first) return namesPath(first.from)
  return typeof second === 'string' && second.startsWith('/')
}

/** `API_URL`, `api_routes.users` */
function namesPath({ module, names }: Reference): boolean {
  const name = names.at(-1) ?? ''
  return (
    !/^[A-Z]\w*[a-z]/.test(name) &&
    /(^|[._])(api|urls?|uri|routes?|paths?|endpoints?)($|[._])/i.test([module, ...names].join('.'))
  )
}

type Wrapper = Pick<RequestRow, 'url' | 'method' | 'client'> & { readonly through: ForwardedCall | undefined }

/** The function around passes on what it is given: whoever calls it makes the request. */
export function addWrapper(
  call: SyntaxNode,
  url: SyntaxNode,
  row: Wrapper,
  wrappers: Set<string>,
  facts: FactWriter,
): CallKey | undefined {
  const at = row.url.findIndex(it => typeof it !== 'string' && 'parameter' in it)
  const fn = at === -1 ? undefined : outermost(call)
  const name = fn && exportedNameOf(fn)
  if (!fn || !name || /(^|\.)test_?/.test(name)) return undefined
  const part = row.url[at]!
  if (typeof part === 'string' || !('parameter' in part)) return undefined
  if (!isPassedOn(row.url, at, parameterName(fn, part.parameter))) return undefined
  wrappers.add(name)
  return { kind: 'wrapper', index: facts.add('wrapper', { name, ...row }, url) }
}

function parameterName(fn: SyntaxNode, index: number): string {
  const own = (fn.child('parameters')?.children('parameter') ?? []).filter(
    it => !/^(self|cls)$/.test(it.text),
  )
  return own[index]?.name || (own[index]?.child('target') ?? own[index]?.child('name'))?.name || ''
}

/** A parameter stands for a path, not for a part of one. */
function isPassedOn(url: TextParts, at: number, name: string): boolean {
  const before = url[at - 1]
  if (before === undefined || PATH_NAME.test(name)) return at <= 2
  return typeof before !== 'string' && at === 1
}

const PATH_NAME = /^_?(\w+_)?(url|uri|path|pathname|endpoint|route|resource|href|apipath|suffix)$/i

const MOST_ARGUMENTS = 4

/** A function of this or another file is called with something that looks like a path: it may be a wrapper. */
export function addForward(
  file: SourceFile,
  call: SyntaxNode,
  wrappers: Set<string>,
  facts: FactWriter,
): void {
  const callee = call.child('callee')?.unwrapped
  const name = calleeName(call)
  if (!callee?.is('Name', 'Member') || NEVER.test(name)) return
  const given = positional(call).slice(0, MOST_ARGUMENTS)
  const isNamed = hasMember(wrappers, name)
  if (!isNamed && !given.some(mayBePath)) return
  const reference = routerReference(file, callee)
  if (!reference || !isOwn(file, reference) || !isFunction(reference)) return
  const isWrapper = isNamed && reference.module === '' && wrappers.has(reference.names.join('.'))
  if (!isWrapper && reference.module === '' && isNoWrapper(file, callee, reference)) return
  if (call.closest('Decorator')) return
  const all = given.map(it => argumentOf(file, it))
  const at = all.findIndex(
    (it, i) => it.kind === 'text' && (isWrapper || mayBePath(given[i]!)) && isGiven(it.parts, isWrapper),
  )
  if (at === -1) return
  const row: ForwardedCall = { callee: reference, arguments: all }
  const index = facts.add('forward', row, given[at]!)
  const first = all[at]!
  const url = first.kind === 'text' ? first.parts : []
  const own = { url, method: 'GET', client: undefined, through: row }
  const key = addWrapper(call, given[at]!, own, wrappers, facts)
  addExchange(file, call, [{ kind: 'forward', index }, ...(key ? [key] : [])], facts)
}

/** Wrappers are given more than what looks like a path; a method is no path. */
function isGiven(parts: TextParts, isWrapper: boolean): boolean {
  const [first] = parts
  if (isPath(parts)) return true
  return (
    isWrapper &&
    first !== undefined &&
    !(typeof first === 'string' && /^[A-Za-z]{3,7}$/.test(first) && VERBS.has(first.toLowerCase()))
  )
}

function hasMember(wrappers: Set<string>, name: string): boolean {
  for (const it of wrappers) if (it === name || it.endsWith(`.${name}`)) return true
  return false
}

/** What an object of an object does is known where that is a client. */
function isFunction({ module, names }: Reference): boolean {
  if (names.length < 3 || module !== '') return names.length > 0
  return VERBS.has(names.at(-1)!) && /client|session|http|api/i.test(names.at(-2)!)
}

/** Functions that are given paths of files, or of routes, or any text. */
const NEVER =
  /^([A-Z]|open|load|read|write|save|join|exists|mkdir|remove|path$|re_path|url$|include|register|mount|add_|redirect|render|reverse|startswith|endswith|replace|r?split|l?r?strip|append|log|print|debug|info|warning|error|mock|patch$|assert|as_view$|isinstance$)/

/** A function of this file that is no wrapper. */
function isNoWrapper(file: SourceFile, callee: SyntaxNode, { names }: Reference): boolean {
  if (callee.kind === 'Name') return true
  for (const it of file.root.named(names[0]!)) {
    const owner = it.role === 'name' ? it.parent : undefined
    if (owner?.kind !== 'Class') continue
    // What a class does not have it may inherit.
    for (const method of owner.named(names.at(-1)!)) if (method.role === 'name') return true
    return owner.child('superclass') === undefined
  }
  return true
}

/** Cheap: most calls are given nothing of the kind. */
function mayBePath(node: SyntaxNode): boolean {
  const it = node.unwrapped
  switch (it.kind) {
    case 'String':
    case 'Template':
      return /^[a-zA-Z]{0,2}["']{1,3}(\{[^}]*\})?(\/[\w{]|https?:|api\/)/.test(it.text.slice(0, 80))
    case 'Binary': {
      const left = it.child('left')
      return left !== undefined && /^[+%]$/.test(it.operator) && (mayBePath(left) || it.text.includes('/'))
    }
    case 'Call':
    case 'Name':
    case 'Member':
      return (
        it.text.length < 200 && PATHISH.test(it.kind === 'Call' ? (it.child('callee')?.text ?? '') : it.text)
      )
    default:
      return false
  }
}

const PATHISH = /(^|[._])(url|uri|path|route|endpoint|api)s?([._]|$)/i

function argumentOf(file: SourceFile, node: SyntaxNode): Argument {
  const it = node.unwrapped
  if (!it.is('String', 'Template', 'Name', 'Member', 'Call', 'Binary')) return { kind: 'other' }
  return { kind: 'text', parts: urlsIn(file, it)[0] ?? [] }
}
