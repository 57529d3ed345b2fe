// All calls of a workspace that ask a server for something, with their URLs as far as anybody can tell: through clients with a
// base, constants of other files, and functions that pass on what they are given.

import { isTest } from '../semantics/provenance.ts'
import type { Place } from './facts.ts'
import { type Found, type Names, type Table, tableOf } from './names.ts'
import { type PathPattern, parsePath } from './path-pattern.ts'
import type { At } from './routes.ts'
import type { CallKey } from './rows/exchanges.ts'
import type { Reference, TextPart, TextParts } from './rows/names.ts'
import type { Argument, ClientRow, ForwardedCall, RequestShape, WrapperRow } from './rows/requests.ts'
import type { Method } from './rows/routes.ts'
import { type Cell, Mapped } from './tracked.ts'
import { placeIn, type RowsOfFile, type WorkspaceFacts } from './workspace-facts.ts'

export interface Call {
  readonly file: string
  readonly place: Place
  /** The row that it was read from. */
  readonly row: CallKey
  /** `*`: nobody can tell. */
  readonly method: Method
  /** See `RequestRow.isSure`. */
  readonly isSure: boolean
  /** It is asked by tests, which also ask for what must not be there. */
  readonly isOfTest: boolean
  /** `{$API}/users/{id}` */
  readonly url: string
  /** Undefined when it leads to somebody else's server. */
  readonly pattern: PathPattern | undefined
  /** Where else parts of its URL are written: constants, bases of clients, functions that pass it on. */
  readonly origins: readonly At[]
  /** Where its method is written, if that is in the call itself. */
  readonly methodAt: At | undefined
}

/** A request of which no call can be made, and why. */
export interface UnreadCall {
  readonly file: string
  readonly place: Place
  /** `computed`: nothing of its path is written down. `passed-on`: it asks for what its function is given; who calls that is the call. */
  readonly why: 'computed' | 'passed-on'
}

interface Tables {
  readonly names: Names
  /** Told of each row of another place that a URL is put together from. */
  readonly found: (kind: 'constant' | 'client' | 'wrapper', it: Found<unknown>) => void
  readonly constants: Table<TextParts>
  readonly clients: Table<ClientRow>
  readonly wrappers: Table<WrapperRow>
}

/** Wrappers of wrappers of wrappers. */
const DEPTH = 5

/** The calls of a workspace, made anew file by file: first those that are requests themselves. */
export class Calls {
  readonly #facts: WorkspaceFacts
  readonly #tables: Tables
  readonly #parts: readonly Cell<readonly (Call | UnreadCall)[]>[]

  constructor(facts: WorkspaceFacts, names: Names) {
    this.#facts = facts
    this.#tables = {
      names,
      found: () => {},
      constants: tableOf(facts, 'constant', row => [row.name, row.text]),
      clients: tableOf(facts, 'client', row => [row.name, row]),
      wrappers: tableOf(facts, 'wrapper', row => [row.name, row]),
    }
    this.#parts = [
      new Mapped(
        facts.tracker,
        () => facts.rows('request'),
        it => this.#requests(it),
      ),
      new Mapped(
        facts.tracker,
        () => facts.rows('forward'),
        it => this.#forwards(it),
      ),
    ]
  }

  get all(): readonly Call[] {
    return this.#everything().filter((it): it is Call => !('why' in it))
  }

  get unread(): readonly UnreadCall[] {
    return this.#everything().filter((it): it is UnreadCall => 'why' in it)
  }

  #everything(): readonly (Call | UnreadCall)[] {
    return this.#parts.flatMap(it => this.#facts.tracker.read(it))
  }

  #requests({ path, rows }: RowsOfFile<'request'>): (Call | UnreadCall)[] {
    const calls = new CallsOfFile(this.#facts, this.#tables, path)
    return rows.flatMap((it, index) =>
      calls.read({ kind: 'request', index }, it, using => {
        const known = it.through && forwarded(using, path, it.through, 0)
        return known
          ? { ...known, isWrapper: true }
          : { ...requested(using, path, it, it.client), isWrapper: false }
      }),
    )
  }

  #forwards({ path, rows }: RowsOfFile<'forward'>): (Call | UnreadCall)[] {
    const calls = new CallsOfFile(this.#facts, this.#tables, path)
    return rows.flatMap((it, index) =>
      calls.read({ kind: 'forward', index }, { ...it, isSure: true }, using => {
        const known = forwarded(using, path, it, 0)
        return known && { ...known, isWrapper: true }
      }),
    )
  }
}

class CallsOfFile {
  readonly #facts: WorkspaceFacts
  readonly #tables: Tables
  readonly #file: string
  /** What is passed on is asked for by whoever calls. */
  readonly #wrapped: ReadonlySet<string>

  constructor(facts: WorkspaceFacts, tables: Tables, file: string) {
    this.#facts = facts
    this.#tables = tables
    this.#file = file
    const wrappers = facts.rowsIn(file, 'wrapper')
    this.#wrapped = new Set(wrappers.map((_, i) => String(facts.placeOf(file, 'wrapper', i))))
  }

  read(
    row: CallKey,
    { isSure, isOfTest = false }: { readonly isSure: boolean; readonly isOfTest?: boolean },
    ask: (tables: Tables) => Asked | undefined,
  ): readonly (Call | UnreadCall)[] {
    const file = this.#file
    const at = placeIn(this.#facts, file, row.kind, row.index)
    const isPassedOn = this.#wrapped.has(String(at.place))
    const asked = isPassedOn ? undefined : ask(this.#tables)
    const call =
      asked &&
      callOf(at, row, asked, isSure || asked.isWrapper, isOfTest || isTest(file), {
        origins: () => originsOf(this.#facts, this.#tables, ask),
        methodAt: () => writtenMethod(this.#facts, file, row),
      })
    if (call) return [call]
    // Of what is handed to any function nobody knows whether it is a request at all.
    const isUnread = isPassedOn ? row.kind === 'request' : asked !== undefined
    return isUnread ? [unreadAt(at, isPassedOn ? 'passed-on' : 'computed')] : []
  }
}

function unreadAt(at: At, why: UnreadCall['why']): UnreadCall {
  return {
    file: at.file,
    why,
    get place() {
      return at.place
    },
  }
}

/** What a call comes down to. */
interface Request {
  readonly url: TextParts
  readonly method: Method
}

interface Asked extends Request {
  /** A function of the project makes the request. */
  readonly isWrapper: boolean
}

function callOf(
  at: At,
  row: CallKey,
  { url, method }: Request,
  isSure: boolean,
  isOfTest: boolean,
  later: { readonly origins: () => readonly At[]; readonly methodAt: () => At | undefined },
): Call | undefined {
  const text = written(url)
  // Nothing is known of it: nobody could say anything about it either.
  if (!/[^{}/]/.test(text.replace(/\{[^}]*\}/g, ''))) return undefined
  // Who knows what an unknown client puts before its paths.
  const isOpen = !isSure && text.startsWith('/')
  return {
    file: at.file,
    get place() {
      return at.place
    },
    row,
    method,
    isSure,
    isOfTest,
    url: text,
    pattern: parsePath(isOpen ? `{}${text}` : relativeToOpen(text)),
    get origins() {
      return later.origins()
    },
    get methodAt() {
      return later.methodAt()
    },
  }
}

function writtenMethod(facts: WorkspaceFacts, file: string, { kind, index }: CallKey): At | undefined {
  const rows = facts.rowsIn(file, 'writtenMethod')
  const row = rows.findIndex(({ of }) => of.kind === kind && of.index === index)
  return row === -1 ? undefined : placeIn(facts, file, 'writtenMethod', row)
}

/** Hardly anybody asks: what a URL is put together from is looked up again for the one who does. */
function originsOf(facts: WorkspaceFacts, tables: Tables, ask: (tables: Tables) => unknown): At[] {
  const origins: At[] = []
  ask({
    ...tables,
    found: (kind, { path, name }) => {
      const rows: readonly { readonly name: string }[] = facts.rowsIn(path, kind)
      const index = rows.findIndex(it => it.name === name)
      if (index !== -1) origins.push(placeIn(facts, path, kind, index))
    },
  })
  return origins
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
  const text = constantsIn(tables, file, url)
  const base = client && clientNamed(tables, file, client)
  return {
    url: base ? behind(tables, base.path, base.value, text) : text,
    method: typeof method === 'string' ? method : '*',
  }
}

function constantsIn(tables: Tables, file: string, text: TextParts): TextParts {
  return tables.names.written(tables.constants, file, text, it => tables.found('constant', it))
}

function clientNamed(tables: Tables, file: string, reference: Reference): Found<ClientRow> | undefined {
  const found = tables.names.find(tables.clients, file, reference)
  if (found) tables.found('client', found)
  return found
}

/** A client's base, then the URL, unless that is whole already. */
function behind(tables: Tables, path: string, { base }: ClientRow, url: TextParts): TextParts {
  const [first] = url
  if (typeof first === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(first)) return url
  const before = constantsIn(tables, path, base)
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
  if (wrapper) tables.found('wrapper', wrapper)
  const given = call.arguments.map(it => resolved(tables, file, it))
  if (wrapper) return through(tables, wrapper.path, wrapper.value, given, depth)
  const name = callee.names.at(-1)
  if (!name || !METHOD_NAMES.test(name)) return ofClient(tables, file, callee, given)
  const client = clientNamed(tables, file, { ...callee, names: callee.names.slice(0, -1) })
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
  const client = clientNamed(tables, file, of)
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
  if (argument.kind === 'text') return { kind: 'text', parts: constantsIn(tables, file, argument.parts) }
  if (argument.kind === 'options' && argument.url)
    return { ...argument, url: constantsIn(tables, file, argument.url) }
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
    const argument = given[method.parameter]
    const [only, more] = argument?.kind === 'text' ? argument.parts : []
    return typeof only === 'string' && more === undefined ? only.toUpperCase() : '*'
  }
  const { optionsOf, otherwise = 'GET' } = method
  const options = given[optionsOf]
  if (!options) return otherwise
  return options.kind === 'options' ? (options.method ?? otherwise) : '*'
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
