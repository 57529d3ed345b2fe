// What each call sends and reads, beside what the route that answers it takes and gives.

import type { Call } from './calls.ts'
import type { ExchangeOfCall, ExchangeRows, ReadPart, SentPart } from './exchange-rows.ts'
import { type Handler, type Handlers, methodAsked } from './handlers.ts'
import { answersMethod, type Link } from './links.ts'
import { type Names, type Table, tableOf } from './names.ts'
import type { Route } from './routes.ts'
import type { CallKey, ExchangeRow, Sent, Slot, Steps } from './rows/exchanges.ts'
import type { ClientRow, ForwardedCall, WrapperRow } from './rows/requests.ts'
import type { Shapes, TypeIn } from './shapes.ts'
import { type Cell, Mapped, type Tracker } from './tracked.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface Exchange {
  readonly link: Link
  readonly call: Call
  readonly route: Route
  readonly handler: Handler
  readonly body: Handed
  /** Besides what stands in the URL itself. */
  readonly query: Handed
  /** What the author of the call says that it answers: at `path` in the body of the answer. */
  readonly expected: (TypeIn & { readonly path: Steps }) | undefined
  readonly reads: readonly ReadPart[]
  /** A bad status is taken for a good one: nobody on the way looks at it, and its client throws nothing. */
  readonly missesFailure: boolean
}

/** What is handed over; without a type where nobody can tell. */
export interface Handed {
  readonly kind: 'none' | 'unknown' | 'data'
  readonly type: TypeIn | undefined
  /** Names that are written in the code, from the outermost in. */
  readonly parts: readonly SentPart[]
}

/** Wrappers of wrappers of wrappers. */
const DEPTH = 5
const NONE: Handed = { kind: 'none', type: undefined, parts: [] }
const UNKNOWN: Handed = { kind: 'unknown', type: undefined, parts: [] }

/** The exchange that a call makes with the route that answers it. */
export class Exchanges {
  readonly #exchanges: Cell<readonly Exchange[]>
  readonly #tracker: Tracker

  constructor(
    facts: WorkspaceFacts,
    names: Names,
    handlers: Handlers,
    shapes: Shapes,
    rows: ExchangeRows,
    links: () => readonly Link[],
  ) {
    const reader = new ExchangeReader(facts, names, shapes, rows)
    this.#tracker = facts.tracker
    this.#exchanges = new Mapped(facts.tracker, links, link => {
      const answering = answeringRoute(link, handlers)
      if (!answering) return []
      const { call } = link
      const asked = reader.read(call.file, call.row)
      return asked ? [{ link, call, ...answering, ...asked }] : []
    })
  }

  get all(): readonly Exchange[] {
    return this.#tracker.read(this.#exchanges)
  }
}

/** The one that answers; undefined where one of several may. */
function answeringRoute(link: Link, handlers: Handlers): Pick<Exchange, 'route' | 'handler'> | undefined {
  const { call, route, candidates, rivals } = link
  if (!route || rivals.length > 0) return undefined
  for (const it of candidates) {
    if (it === route || !answersMethod(it, call.method)) continue
    // One function behind two paths is still one answer.
    if (it.file !== route.file || it.handler !== route.handler) return undefined
  }
  const handler = handlers.of(route, methodAsked(route, call.method))
  return handler && { route, handler }
}

/** From the value of a call to the body of its answer: these steps are taken off, and these put before. */
interface Way {
  readonly off: Steps
  readonly before: Steps
}

/** A call as those see it whom it hands its arguments to. */
interface Caller {
  readonly known: ExchangeOfCall
  readonly around: Caller | undefined
}

class ExchangeReader {
  readonly #facts: WorkspaceFacts
  readonly #names: Names
  readonly #shapes: Shapes
  readonly #rows: ExchangeRows
  readonly #wrappers: Table<WrapperRow>
  readonly #clients: Table<ClientRow>

  constructor(facts: WorkspaceFacts, names: Names, shapes: Shapes, rows: ExchangeRows) {
    this.#facts = facts
    this.#names = names
    this.#shapes = shapes
    this.#rows = rows
    this.#wrappers = tableOf(facts, 'wrapper', row => [row.name, row])
    this.#clients = tableOf(facts, 'client', row => [row.name, row])
  }

  read(
    file: string,
    key: CallKey,
  ): Pick<Exchange, 'body' | 'query' | 'expected' | 'reads' | 'missesFailure'> | undefined {
    const known = this.#rows.of(file, key)
    if (!known) return undefined
    const { body, query, way, missesFailure } = this.#asked(known, undefined, 0)
    const { expected, returned } = known.row
    // Who is given the whole response may look at it.
    const isHandedOn = returned && !(way && returned.length >= way.off.length)
    const at = expected && (expected.at ? way && through(way, expected.at) : [])
    return {
      ...{ body, query, missesFailure: missesFailure && !isHandedOn },
      expected: expected && at && { type: expected.type, file, path: at },
      reads: way
        ? known.reads.flatMap(it => {
            const path = through(way, it.path)
            return path && path.length > 0 ? [{ isGuarded: it.isGuarded, at: it.at, path }] : []
          })
        : [],
    }
  }

  /** What a call sends in the end, whoever does it for it. */
  #asked(
    known: ExchangeOfCall,
    around: Caller | undefined,
    depth: number,
  ): Pick<Exchange, 'body' | 'query' | 'missesFailure'> & { readonly way: Way | undefined } {
    const { row, file } = known
    const inner = this.#inner(file, row.of)
    if (inner && depth < DEPTH) {
      const asked = this.#asked(inner, { known, around }, depth + 1)
      const { returned } = inner.row
      return {
        ...asked,
        way: asked.way && returned && behind(asked.way, returned),
        missesFailure: asked.missesFailure && !row.seesFailure,
      }
    }
    const answer = this.#answer(file, row)
    return {
      body: this.#sent(known, row.body, 'body', around),
      query: this.#sent(known, row.query, 'query', around),
      way: answer && { off: answer, before: [] },
      missesFailure: row.isLenient === true && !row.seesFailure,
    }
  }

  /** The call that a function of the project makes when it is called. */
  #inner(file: string, key: CallKey): ExchangeOfCall | undefined {
    const wrapper = this.#wrapperOf(file, key)
    if (!wrapper) return undefined
    const { path, value } = wrapper
    const index = value.call ? -1 : this.#facts.rowsIn(path, 'wrapper').indexOf(value)
    return this.#rows.of(path, value.call ?? { kind: 'wrapper', index })
  }

  #wrapperOf(file: string, { kind, index }: CallKey) {
    const call: ForwardedCall | undefined =
      kind === 'forward'
        ? this.#facts.rowsIn(file, 'forward')[index]
        : this.#facts.rowsIn(file, kind)[index]?.through
    return call && this.#names.find(this.#wrappers, file, call.callee)
  }

  #answer(file: string, { of, answer }: ExchangeRow): Steps | undefined {
    if (of.kind === 'forward') return answer
    const client = this.#facts.rowsIn(file, of.kind)[of.index]?.client
    const found = client && this.#names.find(this.#clients, file, client)
    // What intercepts the answers of a client has the last word.
    return found ? found.value.gives : answer
  }

  #sent(known: ExchangeOfCall, sent: Sent, where: 'body' | 'query', around: Caller | undefined): Handed {
    if (sent.kind === 'none') return NONE
    if (sent.kind === 'unknown') return UNKNOWN
    if (sent.kind === 'data') {
      const parts = known.sent.flatMap(it => (it.in === where ? [it.part] : []))
      return { kind: 'data', type: { type: sent.type, file: known.file }, parts }
    }
    if (!around)
      return sent.type ? { kind: 'data', type: { type: sent.type, file: known.file }, parts: [] } : UNKNOWN
    let last = NONE
    for (const slot of sent.from) {
      last = this.#given(around, slot)
      if (last.kind !== 'none') return last
    }
    return last
  }

  /** What a caller gives in some place. */
  #given({ known, around }: Caller, { parameter, path }: Slot): Handed {
    const { row, file } = known
    const handed = row.handed?.find(
      it => it.argument === parameter && it.path.every((step, i) => path[i] === step),
    )
    if (handed && around) {
      const rest = path.slice(handed.path.length)
      return this.#given(around, { parameter: handed.from.parameter, path: [...handed.from.path, ...rest] })
    }
    const whole = row.given?.[parameter]
    if (!whole) return row.given ? NONE : UNKNOWN
    const type = this.#within({ type: whole, file }, path)
    if (!type) return UNKNOWN
    if (type === 'none') return NONE
    if (type.type.kind === 'unknown') return UNKNOWN
    const parts = known.sent.flatMap(({ in: where, part }) =>
      where === parameter && part.path.length > path.length && path.every((step, i) => part.path[i] === step)
        ? [{ ...part, path: part.path.slice(path.length) }]
        : [],
    )
    return { kind: 'data', type, parts }
  }

  #within(whole: TypeIn, path: Steps): TypeIn | 'none' | undefined {
    let at = whole
    for (const step of path) {
      const found = this.#shapes.fieldsOf(at.type, at.file)
      if (!found) return undefined
      const field = found.fields.find(it => it.name === step)
      if (!field) return found.isOpen ? undefined : 'none'
      at = { type: field.type, file: field.at.file }
    }
    return at
  }
}

/** Undefined when it leads somewhere else than to the body. */
function through({ off, before }: Way, path: Steps): Steps | undefined {
  return off.every((step, i) => path[i] === step) ? [...before, ...path.slice(off.length)] : undefined
}

/** The way from what a function gives back, of which `returned` were taken already. */
function behind({ off, before }: Way, returned: Steps): Way | undefined {
  const shared = Math.min(off.length, returned.length)
  for (let i = 0; i < shared; i++) if (off[i] !== returned[i]) return undefined
  return { off: off.slice(shared), before: [...before, ...returned.slice(shared)] }
}
