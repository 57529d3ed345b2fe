// All calls of a workspace that ask a server for something, with their URLs as far as anybody can tell: through clients with a
// base, constants of other files, and functions that pass on what they are given.

import type { Place } from './facts.ts'
import { type Names, type Table, tableOf } from './names.ts'
import { type PathPattern, parsePath } from './path-pattern.ts'
import type { CallKey } from './rows/exchanges.ts'
import type { Reference, TextPart, TextParts } from './rows/names.ts'
import type { Argument, ClientRow, ForwardedCall, RequestShape, WrapperRow } from './rows/requests.ts'
import type { Method } from './rows/routes.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface Call {
  readonly file: string
  readonly place: Place
  /** The row that it was read from. */
  readonly row: CallKey
  /** `*`: nobody can tell. */
  readonly method: Method
  /** See `RequestRow.isSure`. */
  readonly isSure: boolean
  /** `{$API}/users/{id}` */
  readonly url: string
  /** Undefined when it leads to somebody else's server. */
  readonly pattern: PathPattern | undefined
}

interface Tables {
  readonly names: Names
  readonly constants: Table<TextParts>
  readonly clients: Table<ClientRow>
  readonly wrappers: Table<WrapperRow>
}

/** Wrappers of wrappers of wrappers. */
const DEPTH = 5

export function callsOf(facts: WorkspaceFacts, names: Names): Call[] {
  const tables: Tables = {
    names,
    constants: tableOf(facts, 'constant', row => [row.name, row.text]),
    clients: tableOf(facts, 'client', row => [row.name, row]),
    wrappers: tableOf(facts, 'wrapper', row => [row.name, row]),
  }
  // What is passed on is asked for by whoever calls.
  const wrapped = new Set<string>()
  const isWrapped = (path: string, place: Place) => wrapped.has(`${path}\n${place}`)
  for (const { path, rows } of facts.rows('wrapper'))
    for (let i = 0; i < rows.length; i++) wrapped.add(`${path}\n${facts.placeOf(path, 'wrapper', i)}`)
  const calls: Call[] = []
  for (const { path, rows } of facts.rows('request')) {
    for (const [i, it] of rows.entries()) {
      const place = () => facts.placeOf(path, 'request', i)
      if (isWrapped(path, place())) continue
      const known = it.through && forwarded(tables, path, it.through, 0)
      const asked = known ?? requested(tables, path, it, it.client)
      add(calls, path, { kind: 'request', index: i }, place, asked, it.isSure || known !== undefined)
    }
  }
  for (const { path, rows } of facts.rows('forward')) {
    for (const [i, it] of rows.entries()) {
      const place = () => facts.placeOf(path, 'forward', i)
      if (isWrapped(path, place())) continue
      const asked = forwarded(tables, path, it, 0)
      if (asked) add(calls, path, { kind: 'forward', index: i }, place, asked, true)
    }
  }
  return calls
}

/** What a call comes down to. */
interface Request {
  readonly url: TextParts
  readonly method: Method
}

function add(
  calls: Call[],
  file: string,
  row: CallKey,
  place: () => Place,
  { url, method }: Request,
  isSure: boolean,
): void {
  const text = written(url)
  // Nothing is known of it: nobody could say anything about it either.
  if (!/[^{}/]/.test(text.replace(/\{[^}]*\}/g, ''))) return
  // Who knows what an unknown client puts before its paths.
  const isOpen = !isSure && text.startsWith('/')
  calls.push({
    file,
    get place() {
      return place()
    },
    row,
    method,
    isSure,
    url: text,
    pattern: parsePath(isOpen ? `{}${text}` : relativeToOpen(text)),
  })
}

/** `users/1` is below whatever page or base it is asked from. */
function relativeToOpen(text: string): string {
  return /^[\w-][\w.-]*(\/|$|\?)/.test(text) ? `{}/${text}` : text
}

function requested(
  tables: Tables,
  file: string,
  { url, method }: RequestShape,
  client: Reference | undefined,
): Request {
  const text = tables.names.written(tables.constants, file, url)
  const base = client && tables.names.find(tables.clients, file, client)
  return {
    url: base ? behind(tables, base.path, base.value, text) : text,
    method: typeof method === 'string' ? method : '*',
  }
}

/** A client's base, then the URL, unless that is whole already. */
function behind(tables: Tables, path: string, { base }: ClientRow, url: TextParts): TextParts {
  const [first] = url
  if (typeof first === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(first)) return url
  const before = tables.names.written(tables.constants, path, base)
  if (before.length === 0) return url
  const glue = typeof first === 'string' && !first.startsWith('/') ? '/' : ''
  const last = before.at(-1)
  const trimmed = typeof last === 'string' ? [...before.slice(0, -1), last.replace(/\/+$/, '')] : before
  return [...trimmed, glue, ...url]
}

const METHOD_NAMES = /^(get|post|put|patch|delete|head|options|del)$/

/** The request that a call of a wrapper, or of a method of a client, makes. */
function forwarded(tables: Tables, file: string, call: ForwardedCall, depth: number): Request | undefined {
  if (depth > DEPTH) return undefined
  const { callee } = call
  const wrapper = tables.names.find(tables.wrappers, file, callee)
  const given = call.arguments.map(it => resolved(tables, file, it))
  if (wrapper) return through(tables, wrapper.path, wrapper.value, given, depth)
  const name = callee.names.at(-1)
  if (!name || !METHOD_NAMES.test(name)) return ofClient(tables, file, callee, given)
  const client = tables.names.find(tables.clients, file, { ...callee, names: callee.names.slice(0, -1) })
  const url = textOf(given[0])
  if (!client || !url) return undefined
  const method = name === 'del' ? 'DELETE' : name.toUpperCase()
  return { url: behind(tables, client.path, client.value, url), method }
}

/** `client(url, { method })`, `client.request({ url, method })` */
function ofClient(
  tables: Tables,
  file: string,
  callee: Reference,
  given: readonly Argument[],
): Request | undefined {
  const isRequest = callee.names.at(-1) === 'request'
  const of = isRequest ? { ...callee, names: callee.names.slice(0, -1) } : callee
  const client = tables.names.find(tables.clients, file, of)
  const url = textOf(given[0])
  if (!client || !url) return undefined
  const options = given.find(it => it.kind === 'options')
  const method =
    options?.kind === 'options' && options.method
      ? options.method
      : given.length > 1 && !options
        ? '*'
        : 'GET'
  return { url: behind(tables, client.path, client.value, url), method }
}

function resolved(tables: Tables, file: string, argument: Argument): Argument {
  if (argument.kind === 'text')
    return { kind: 'text', parts: tables.names.written(tables.constants, file, argument.parts) }
  if (argument.kind === 'options' && argument.url)
    return { ...argument, url: tables.names.written(tables.constants, file, argument.url) }
  return argument
}

function through(
  tables: Tables,
  path: string,
  wrapper: WrapperRow,
  given: readonly Argument[],
  depth: number,
): Request | undefined {
  const fill = (parts: TextParts): TextParts =>
    parts.flatMap((it): readonly TextPart[] => {
      if (typeof it === 'string' || !('parameter' in it)) return [it]
      return textOf(given[it.parameter]) ?? [{ hole: '' }]
    })
  const { through: inner } = wrapper
  if (inner) {
    const passed = inner.arguments.map((it): Argument => {
      if (it.kind === 'text') return passedOn(it.parts, given) ?? { kind: 'text', parts: fill(it.parts) }
      return it.kind === 'options' && it.url ? { ...it, url: fill(it.url) } : it
    })
    return forwarded(tables, path, { callee: inner.callee, arguments: passed }, depth + 1)
  }
  const { url, method } = requested(tables, path, { ...wrapper, url: fill(wrapper.url) }, wrapper.client)
  return { url, method: typeof wrapper.method === 'string' ? method : methodOf(wrapper.method, given) }
}

/** An argument that is handed on as it is, options and all. */
function passedOn(parts: TextParts, given: readonly Argument[]): Argument | undefined {
  const [only] = parts
  if (parts.length !== 1 || typeof only === 'string' || !only || !('parameter' in only)) return undefined
  return given[only.parameter]
}

function methodOf(method: Exclude<RequestShape['method'], string>, given: readonly Argument[]): Method {
  if ('parameter' in method) {
    const text = textOf(given[method.parameter])
    const [only] = text ?? []
    return text?.length === 1 && typeof only === 'string' ? only.toUpperCase() : '*'
  }
  const options = given[method.optionsOf]
  if (!options) return 'GET'
  return options.kind === 'options' ? (options.method ?? 'GET') : '*'
}

function textOf(argument: Argument | undefined): TextParts | undefined {
  if (argument?.kind === 'text') return argument.parts
  return argument?.kind === 'options' ? argument.url : undefined
}

function written(parts: TextParts): string {
  return parts
    .map(it => {
      if (typeof it === 'string') return it
      return 'hole' in it ? `{${it.hole ?? ''}}` : '{}'
    })
    .join('')
}
