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

export function flowsOf(facts: WorkspaceFacts, names: Names, shapes: Shapes, links: readonly Link[]): Flow[] {
  const servers = new LinkedServers(facts, links)
  const search = new FlowSearch(facts, names, shapes, servers)
  servers.search = search
  const flows: Flow[] = []
  for (const { path: file, rows } of facts.rows('sink')) {
    if (isTest(file)) continue
    for (const { end: index } of rows) {
      const end = search.file(file)?.ends[index]
      if (end?.kind !== 'sink') continue
      const flow = flowInto(facts, search, servers, { file, index }, end)
      if (flow) flows.push(flow)
    }
  }
  return flows
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
    case 'redirect':
    case 'url':
      return part !== 'cookies' && part !== 'headers'
    default:
      return true
  }
}

/** Which calls lead to which handlers, and back. */
class LinkedServers {
  readonly #facts: WorkspaceFacts
  readonly #links: readonly Link[]
  search: FlowSearch | undefined
  #byCall: ReadonlyMap<string, Link> | undefined
  #byRoute: ReadonlyMap<string, Call[]> | undefined
  #byHandler: ReadonlyMap<string, Route> | undefined

  constructor(facts: WorkspaceFacts, links: readonly Link[]) {
    this.#facts = facts
    this.#links = links
  }

  *answers(file: string, { request }: FlowCallRow): Generator<EndAt> {
    this.#byCall ??= new Map(
      this.#links
        .filter(it => it.route)
        .map(it => [`${it.call.file}\n${it.call.row.kind} ${it.call.row.index}`, it]),
    )
    const route = request && this.#byCall.get(`${file}\n${request.kind} ${request.index}`)?.route
    if (!route) return
    const handler = this.#handler(route)
    for (const file of new Set([route.file, handler?.path ?? route.file]))
      for (const [index, end] of (this.search!.file(file)?.ends ?? []).entries()) {
        if (end.kind !== 'return') continue
        const isHere = end.route !== undefined && file === route.file
        if (
          isHere
            ? String(this.#facts.placeOf(file, 'route', end.route!)) === String(route.place)
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

  #callsOf({ file, place }: At): readonly Call[] {
    if (!this.#byRoute) {
      const all = new Map<string, Call[]>()
      for (const { call, route } of this.#links) if (route) put(all, `${route.file}\n${route.place}`, call)
      this.#byRoute = all
    }
    return this.#byRoute.get(`${file}\n${place}`) ?? []
  }

  #routeOf(file: string, { route, function: name }: FlowSource): At | undefined {
    if (route !== undefined) return { file, place: this.#facts.placeOf(file, 'route', route) }
    if (name === '') return undefined
    this.#byHandler ??= new Map(
      this.#links.flatMap(({ route: it }) => {
        const found = it && this.#handler(it)
        return found ? [[`${found.path}\n${found.name}`, it] as const] : []
      }),
    )
    return this.#byHandler.get(`${file}\n${name}`)
  }

  #handler(route: Route) {
    if (route.handler === '' && !route.answeredBy) return undefined
    const reference = route.answeredBy ?? { module: '', names: route.handler.split('.') }
    return this.search!.functionNamed(route.file, reference) ?? this.search!.onlyHandlerCalled(route.handler)
  }
}
