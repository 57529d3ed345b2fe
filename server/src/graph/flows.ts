// Values of strangers that reach what may do harm by way of more than one file: through functions, and through requests to
// servers, whatever they are written in.

import { isTest } from '../semantics/provenance.ts'
import type { Call } from './calls.ts'
import { type EndAt, FlowSearch, type FlowSource, put, type Step, type Way } from './flow-search.ts'
import type { Link } from './links.ts'
import type { Names } from './names.ts'
import type { At, Route } from './routes.ts'
import type { FlowCallRow, FlowEnd, SinkSort } from './rows/flows.ts'
import type { Shapes } from './shapes.ts'
import { type Cell, Derived, Mapped, type Tracker } from './tracked.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export type { Step } from './flow-search.ts'

export interface Flow {
  readonly sort: SinkSort
  readonly sink: At
  /** The code that must not come from a stranger. */
  readonly sinkText: string
  readonly source: FlowSource
  /** In the order in which the value goes them: first where it comes in, last the sink. */
  readonly steps: readonly Step[]
  /** It is sent from one program to another on its way. */
  readonly isSent: boolean
}

/** The flows of a workspace: a sink is searched again when something changed that was met on the way to it. */
export class Flows {
  readonly #tracker: Tracker
  readonly #flows: Cell<readonly Flow[]>

  constructor(facts: WorkspaceFacts, names: Names, shapes: Shapes, links: () => readonly Link[]) {
    const { tracker } = facts
    this.#tracker = tracker
    const searches = new Derived(tracker, () => {
      const servers = new LinkedServers(facts, links)
      servers.search = new FlowSearch(facts, names, shapes, servers)
      return servers
    })
    const sinks = new Mapped(
      tracker,
      () => facts.rows('sink'),
      ({ path: file, rows }) => (isTest(file) ? [] : rows.map(({ end: index }) => ({ file, index }))),
    )
    this.#flows = new Mapped(
      tracker,
      () => tracker.read(sinks),
      at => {
        const servers = tracker.read(searches)
        const search = servers.search!
        const end = search.file(at.file)?.ends[at.index]
        const flow = end?.kind === 'sink' ? flowInto(facts, search, servers, at, end) : undefined
        return flow ? [flow] : []
      },
    )
  }

  get all(): readonly Flow[] {
    return this.#tracker.read(this.#flows)
  }
}

function flowInto(
  facts: WorkspaceFacts,
  search: FlowSearch,
  servers: LinkedServers,
  at: EndAt,
  { sort, text }: Extract<FlowEnd, { kind: 'sink' }>,
): Flow | undefined {
  const sink: Step = {
    kind: 'sink',
    file: at.file,
    get place() {
      return facts.placeOf(at.file, 'flowEnd', at.index)
    },
  }
  const ways = search
    .ways(at, sort, sink)
    .filter(it => harms(sort, it))
    .map(it => servers.withSender(it))
  const told = ways.filter(it => it.steps.some(step => step.file !== at.file))
  const way = told.find(isSent) ?? told[0]
  return way && { sort, sink, sinkText: text, source: way.source, steps: way.steps, isSent: isSent(way) }
}

function isSent({ steps }: Way): boolean {
  return steps.some(it => it.kind === 'sent')
}

const FROM_PAGE: ReadonlySet<SinkSort> = new Set(['html', 'redirect', 'code'])

/** What a stranger can put there does harm there. */
function harms(sort: SinkSort, { source, steps }: Way): boolean {
  const { from, part } = source
  // What somebody types into their own page harms nobody, unless a server sends it back.
  if (from === 'input') return false
  if (from === 'page') return FROM_PAGE.has(sort) && part !== 'path' && part !== 'cookies'
  switch (sort) {
    case 'path':
      // A segment has no slashes, and uploads keep the last name only.
      return part !== 'segment' && part !== 'file'
    case 'html':
      return part !== 'cookies' && part !== 'headers' && steps.some(it => it.kind === 'answered')
    case 'answer':
    case 'redirect':
    case 'url':
      return part !== 'cookies' && part !== 'headers'
    default:
      return true
  }
}

type RouteAt = Pick<Route, 'file' | 'index'>

/** Which calls lead to which handlers, and back. */
class LinkedServers {
  readonly #facts: WorkspaceFacts
  readonly #links: () => readonly Link[]
  readonly #byCall: Cell<ReadonlyMap<string, Link>>
  readonly #byRoute: Cell<ReadonlyMap<string, readonly Call[]>>
  readonly #byHandler: Cell<ReadonlyMap<string, Route>>
  search: FlowSearch | undefined

  constructor(facts: WorkspaceFacts, links: () => readonly Link[]) {
    const { tracker } = facts
    this.#facts = facts
    this.#links = links
    const linked = () => links().flatMap(it => (it.route ? [{ ...it, route: it.route }] : []))
    this.#byCall = new Derived(
      tracker,
      () => new Map(linked().map(it => [`${it.call.file}\n${it.call.row.kind} ${it.call.row.index}`, it])),
    )
    this.#byRoute = new Derived(tracker, () => {
      const all = new Map<string, Call[]>()
      for (const { call, route } of linked()) put(all, this.#keyOf(route), call)
      return all
    })
    this.#byHandler = new Derived(
      tracker,
      () =>
        new Map(
          linked().flatMap(({ route }) => {
            const found = this.#handler(route)
            return found ? [[`${found.path}\n${found.name}`, route] as const] : []
          }),
        ),
    )
  }

  /** What all answers depend on: they are the same while this is. */
  state(): unknown {
    return this.#links()
  }

  *answers(file: string, { request }: FlowCallRow): Generator<EndAt> {
    const byCall = this.#facts.tracker.read(this.#byCall)
    const route = request && byCall.get(`${file}\n${request.kind} ${request.index}`)?.route
    if (!route) return
    const handler = this.#handler(route)
    for (const file of new Set([route.file, handler?.path ?? route.file]))
      for (const [index, end] of (this.search!.file(file)?.ends ?? []).entries()) {
        if (end.kind !== 'return') continue
        const isHere = end.route !== undefined && file === route.file
        if (
          isHere
            ? this.#keyOf({ file, index: end.route! }) === this.#keyOf(route)
            : handler && file === handler.path && end.function === handler.name
        )
          yield { file, index }
      }
  }

  /** With who sends the value, when a call in another program does. */
  withSender(way: Way): Way {
    if (way.source.from !== 'request' || way.source.part === 'headers' || way.source.part === 'cookies')
      return way
    const [first] = way.steps
    const route = first && this.#routeOf(first.file, way.source)
    if (!route) return way
    for (const call of this.#callsOf(route)) {
      const before = call.file === first.file || call.isOfTest ? undefined : this.#sent(call, way.fields)
      if (before)
        return { ...way, source: before.source ?? way.source, steps: [...before.steps, ...way.steps] }
    }
    return way
  }

  /** The ways by which a call gets what it sends. */
  #sent(
    call: Call,
    fields: readonly string[],
  ): { source: FlowSource | undefined; steps: readonly Step[] } | undefined {
    const sent: Step = {
      kind: 'sent',
      file: call.file,
      get place() {
        return call.place
      },
    }
    const file = this.search!.file(call.file)
    const row = file?.calls.findIndex(
      it => it.request?.kind === call.row.kind && it.request.index === call.row.index,
    )
    const ends = row === undefined ? [] : (file?.arguments.get(row) ?? [])
    let isOther = false
    for (const index of ends) {
      const end = file!.ends[index] as Extract<FlowEnd, { kind: 'argument' }>
      const name = end.path.at(-1)
      if (name !== undefined && fields.length > 0 && !fields.includes(name)) {
        isOther = true
        continue
      }
      const [way] = this.search!.ways({ file: call.file, index }, undefined, sent)
      if (way) return { source: way.source.from === 'request' ? undefined : way.source, steps: way.steps }
    }
    return isOther ? undefined : { source: undefined, steps: [sent] }
  }

  #callsOf(route: RouteAt): readonly Call[] {
    return this.#facts.tracker.read(this.#byRoute).get(this.#keyOf(route)) ?? []
  }

  /** What is written in one place is one route, whatever rows were read from it. */
  #keyOf({ file, index }: RouteAt): string {
    const placeAt = (it: number) => String(this.#facts.placeOf(file, 'route', it))
    const rows = this.#facts.rowsIn(file, 'route')
    return `${file}\n${rows.findIndex((_, i) => placeAt(i) === placeAt(index))}`
  }

  #routeOf(file: string, { route, function: name }: FlowSource): RouteAt | undefined {
    if (route !== undefined) return { file, index: route }
    return name === '' ? undefined : this.#facts.tracker.read(this.#byHandler).get(`${file}\n${name}`)
  }

  #handler(route: Route) {
    if (route.handler === '' && !route.answeredBy) return undefined
    const reference = route.answeredBy ?? { module: '', names: route.handler.split('.') }
    return this.search!.functionNamed(route.file, reference) ?? this.search!.onlyHandlerCalled(route.handler)
  }
}
