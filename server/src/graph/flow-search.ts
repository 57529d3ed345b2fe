// Following a value backwards from file to file: from where it does harm to whoever had it in their hands first.
//
// The walk keeps the calls that it went down into, so that it comes up again where it went down: what one caller passes is
// never said to come out at another.

import { BY_BEGINNING } from '../semantics/taint/sinks/all.ts'
import type { Place } from './facts.ts'
import type { Names, Table } from './names.ts'
import type { At } from './routes.ts'
import type { FlowCallRow, FlowEnd, FlowRow, FlowStart, SinkSort } from './rows/flows.ts'
import type { Reference } from './rows/names.ts'
import type { DataType } from './rows/shapes.ts'
import type { Shapes } from './shapes.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export type FlowSource = Extract<FlowStart, { kind: 'source' }>

/** How a value goes on: it comes in, is passed to a function, comes back from one, is sent to a server, comes back from it. */
export type StepKind = 'source' | 'passed' | 'returned' | 'sent' | 'answered' | 'sink'

export interface Step extends At {
  readonly kind: StepKind
}

/** One way to a source, in the order in which the value goes it. */
export interface Way {
  readonly source: FlowSource
  /** The fields of what comes in, from the outermost in, as far as they are known. */
  readonly fields: readonly string[]
  readonly steps: readonly Step[]
}

/** Which source answers which request is for others to say. */
export interface Servers {
  /** What the handler that answers a call gives back: ends of the kind `return`. */
  answers(file: string, call: FlowCallRow): Iterable<EndAt>
  /** All answers are the same while this is. */
  state(): unknown
}

export interface EndAt {
  readonly file: string
  readonly index: number
}

interface CallAt {
  readonly file: string
  readonly index: number
}

/** The flows of a file, by where they end. */
interface FlowFile {
  readonly starts: readonly FlowStart[]
  readonly ends: readonly FlowEnd[]
  readonly calls: readonly FlowCallRow[]
  readonly into: readonly (readonly FlowRow[])[]
  readonly arguments: ReadonlyMap<number, readonly number[]>
  readonly returns: ReadonlyMap<string, readonly number[]>
}

interface State {
  readonly file: string
  readonly start: number
  /** What is wanted of the value. */
  readonly rest: readonly string[]
  /** The calls that were gone down into. */
  readonly inside: readonly CallAt[]
  readonly steps: readonly Step[]
}

/** Nobody reads a longer way, and hardly any is one. */
const LONGEST = 12
const MOST_STATES = 1000
const MOST_WAYS = 8

export class FlowSearch {
  readonly #facts: WorkspaceFacts
  readonly #names: Names
  readonly #servers: Servers
  readonly #files = new Map<string, FlowFile>()
  readonly #functions: Table<string>
  readonly #shapes: Shapes
  readonly #callers = new Map<string, CallAt[]>()
  readonly #named = new Map<string, { readonly path: string; readonly name: string } | undefined>()
  readonly #lastNames = new Set<string>()
  readonly #wholeNames = new Set<string>()
  readonly #callersKnown = new Map<string, readonly CallAt[]>()
  /** Ways that lead nowhere, by the same keys as those of a search; with the state of the servers, if that was asked for. */
  readonly #dead = new Map<string, unknown>()
  readonly #deadBeginnings = new Map<string, unknown>()
  #hasAskedServers = false
  #hasAskedShapes = false
  readonly #handlers = new Map<string, { readonly path: string; readonly name: string }[]>()
  readonly #found = new Map<FlowCallRow, { readonly path: string; readonly name: string } | undefined>()

  constructor(facts: WorkspaceFacts, names: Names, shapes: Shapes, servers: Servers) {
    this.#facts = facts
    this.#names = names
    this.#servers = servers
    this.#shapes = shapes
    // What is remembered below was found through all of these.
    for (const kind of ['alias', 'class'] as const) facts.rows(kind)
    const functions = new Map<string, Map<string, string>>()
    const rowsOf = <K extends 'flowStart' | 'flowEnd' | 'flowCall'>(kind: K) =>
      new Map(facts.rows(kind).map(({ path, rows }) => [path, rows]))
    const [starts, ends, calls] = [rowsOf('flowStart'), rowsOf('flowEnd'), rowsOf('flowCall')]
    for (const { path, rows } of facts.rows('flow')) {
      const own = this.#read(path, starts.get(path) ?? [], ends.get(path) ?? [], calls.get(path) ?? [], rows)
      const named = new Map<string, string>()
      for (const it of own.starts) if (it.kind !== 'result') named.set(it.function, it.function)
      for (const it of own.returns.keys()) named.set(it, it)
      const reading = own.starts.flatMap(it =>
        it.kind === 'source' && it.from === 'request' ? [it.function] : [],
      )
      for (const name of new Set(reading))
        put(this.#handlers, name.slice(name.lastIndexOf('.') + 1), { path, name })
      functions.set(path, named)
      for (const it of named.keys()) {
        this.#wholeNames.add(it)
        this.#lastNames.add(it.slice(it.lastIndexOf('.') + 1))
      }
    }
    this.#functions = functions
  }

  file(path: string): FlowFile | undefined {
    return this.#files.get(path)
  }

  /** The function that a name of a file stands for, when values go through it. */
  functionNamed(
    file: string,
    reference: Reference,
  ): { readonly path: string; readonly name: string } | undefined {
    return this.#names.find(this.#functions, file, reference)
  }

  /** The only function of all files that goes by such a name and reads requests: where a route says no more than that. */
  onlyHandlerCalled(name: string): { readonly path: string; readonly name: string } | undefined {
    const found = this.#handlers.get(name.slice(name.lastIndexOf('.') + 1)) ?? []
    return found.length === 1 ? found[0] : undefined
  }

  /** Sources of which the value may come to an end of a file. */
  ways(at: EndAt, sort: SinkSort | undefined, last: Step): Way[] {
    const ways: Way[] = []
    const seen = new Set<string>()
    const dead = sort !== undefined && BY_BEGINNING.has(sort) ? this.#deadBeginnings : this.#dead
    const hasAsked = this.#hasAskedServers
    this.#hasAskedServers = false
    this.#hasAskedShapes = false
    const queue: State[] = [...this.#before(at.file, at.index, [], [], [last], sort)]
    for (let i = 0; i < queue.length && i < MOST_STATES && ways.length < MOST_WAYS; i++) {
      const it = queue[i]!
      const key = `${it.file}\n${it.start}\n${it.rest.join('.')}\n${it.inside.map(call => call.file + call.index).join()}`
      if (seen.has(key) || this.#isDead(dead, key)) continue
      seen.add(key)
      const row = this.#files.get(it.file)!.starts[it.start]!
      if (row.kind === 'source') {
        const fields = [...row.path, ...it.rest]
        if (this.#holdsText(it.file, row, it.rest))
          ways.push({
            source: row,
            fields,
            steps: [this.#step('source', it.file, 'flowStart', it.start), ...it.steps],
          })
      } else if (it.steps.length < LONGEST) queue.push(...this.#above(it, row, sort))
    }
    // Whatever comes by there again finds nothing again.
    if (ways.length === 0 && queue.length <= MOST_STATES && !this.#hasAskedShapes) {
      const state = this.#hasAskedServers ? this.#servers.state() : undefined
      for (const key of seen) dead.set(key, state)
    }
    this.#hasAskedServers ||= hasAsked
    return ways
  }

  #isDead(dead: ReadonlyMap<string, unknown>, key: string): boolean {
    if (!dead.has(key)) return false
    const state = dead.get(key)
    if (state === undefined) return true
    this.#hasAskedServers = true
    return state === this.#servers.state()
  }

  #above(state: State, row: Exclude<FlowStart, FlowSource>, sort: SinkSort | undefined): State[] {
    const wanted = [...row.path, ...state.rest]
    if (row.kind === 'result') return this.#results(state, row.call, wanted, sort)
    const [down] = state.inside.slice(-1)
    const callers = down ? [down] : this.#callersOf(state.file, row.function)
    const inside = down ? state.inside.slice(0, -1) : state.inside
    return callers.flatMap(call => {
      const { arguments: given, ends } = this.#files.get(call.file)!
      return (given.get(call.index) ?? []).flatMap(index => {
        const end = ends[index]! as Extract<FlowEnd, { kind: 'argument' }>
        const isMeant = end.name === undefined ? end.index === row.index : end.name === row.name
        const rest = isMeant ? within(end.path, wanted) : undefined
        if (!rest) return []
        const step = this.#step('passed', call.file, 'flowEnd', index)
        return this.#before(call.file, index, rest, inside, [step, ...state.steps], sort)
      })
    })
  }

  #results(state: State, index: number, wanted: readonly string[], sort: SinkSort | undefined): State[] {
    const call = this.#files.get(state.file)!.calls[index]!
    if (call.request) {
      this.#hasAskedServers = true
      const rest = wanted[0] === 'data' || wanted[0] === 'json()' ? wanted.slice(1) : wanted
      return [...this.#servers.answers(state.file, call)].flatMap(end =>
        this.#returned(state, end, rest, [], 'answered', index, sort),
      )
    }
    const found = this.#resolved(state.file, call)
    const returns = found && this.#files.get(found.path)?.returns.get(found.name)
    const inside = [...state.inside, { file: state.file, index }]
    return (returns ?? []).flatMap(it =>
      this.#returned(state, { file: found!.path, index: it }, wanted, inside, 'returned', index, sort),
    )
  }

  #returned(
    state: State,
    { file, index }: EndAt,
    wanted: readonly string[],
    inside: readonly CallAt[],
    kind: StepKind,
    call: number,
    sort: SinkSort | undefined,
  ): State[] {
    const end = this.#files.get(file)?.ends[index]
    const rest = end?.kind === 'return' ? within(end.path, wanted) : undefined
    if (!rest) return []
    const steps = [
      this.#step('returned', file, 'flowEnd', index),
      this.#step(kind, state.file, 'flowCall', call),
      ...state.steps,
    ]
    return this.#before(file, index, rest, inside, steps, sort)
  }

  /** What flows into an end. */
  #before(
    file: string,
    end: number,
    rest: readonly string[],
    inside: readonly CallAt[],
    steps: readonly Step[],
    sort: SinkSort | undefined,
  ): State[] {
    const flows = this.#files.get(file)?.into[end] ?? []
    const isByBeginning = sort !== undefined && BY_BEGINNING.has(sort)
    return flows
      .filter(it => it.isHead || !isByBeginning)
      .map(({ start }) => ({ file, start, rest, inside, steps }))
  }

  /** The calls of a function, in all files. */
  #callersOf(file: string, name: string): readonly CallAt[] {
    const key = `${file}\n${name}`
    let known = this.#callersKnown.get(key)
    if (!known) {
      known = this.#findCallers(file, name)
      this.#callersKnown.set(key, known)
    }
    return known
  }

  #findCallers(file: string, name: string): CallAt[] {
    const last = name.slice(name.lastIndexOf('.') + 1)
    const near = [...(this.#callers.get(last) ?? []), ...(this.#callers.get('default') ?? [])]
    return near.filter(it => {
      const found = this.#resolved(it.file, this.#files.get(it.file)!.calls[it.index]!)
      return found?.path === file && found.name === name
    })
  }

  #resolved(file: string, call: FlowCallRow) {
    if (!this.#found.has(call)) this.#found.set(call, call.callee && this.#find(file, call.callee))
    return this.#found.get(call)
  }

  /** Looking a name up that nobody has takes longest: first it is asked whether somebody has it. */
  #find(file: string, callee: Reference) {
    const [owner = '', last = ''] = ['', ...callee.names].slice(-2)
    // Rust's types inherit nothing, and its modules own what has no owner.
    const whole = /^[A-Z]/.test(owner) ? `${owner}.${last}` : last
    const isKnown = file.endsWith('.rs')
      ? this.#wholeNames.has(whole)
      : last === 'default' || this.#lastNames.has(last)
    if (!isKnown) return undefined
    // What begins at the root of a crate is the same in all of its files.
    const [first = ''] = callee.names
    const isWhole = file.endsWith('.rs') && first === 'crate'
    const key = `${isWhole ? file.slice(0, file.lastIndexOf('/src/')) : file}\n${callee.module}\n${callee.names.join('.')}`
    if (!this.#named.has(key)) this.#named.set(key, this.#names.find(this.#functions, file, callee))
    return this.#named.get(key)
  }

  /** What comes in with a type of another file may be a number as well. */
  #holdsText(file: string, { shape }: FlowSource, rest: readonly string[]): boolean {
    this.#hasAskedShapes ||= shape !== undefined
    return !shape || this.#isText({ kind: 'shape', of: shape }, file, rest)
  }

  #isText(type: DataType, file: string, path: readonly string[]): boolean {
    const known = this.#shapes.resolve(type, file)
    const [name, ...rest] = path
    switch (known.type.kind) {
      case 'string':
        return path.length === 0
      case 'union':
        return known.type.of.some(it => this.#isText(it, known.file, path))
      case 'list':
      case 'map':
        return this.#isText(known.type.of, known.file, rest)
      default: {
        if (name === undefined) return false
        const fields = this.#shapes.fieldsOf(known.type, known.file)?.fields
        const field = fields?.find(it => (it.inCode ?? it.name) === name)
        return field !== undefined && this.#isText(field.type, field.at.file, rest)
      }
    }
  }

  #step(kind: StepKind, file: string, row: 'flowStart' | 'flowEnd' | 'flowCall', index: number): Step {
    const facts = this.#facts
    return {
      kind,
      file,
      get place(): Place {
        return facts.placeOf(file, row, index)
      },
    }
  }

  #read(
    path: string,
    starts: readonly FlowStart[],
    ends: readonly FlowEnd[],
    calls: readonly FlowCallRow[],
    flows: readonly FlowRow[],
  ): FlowFile {
    const into: FlowRow[][] = ends.map(() => [])
    for (const it of flows) into[it.end]!.push(it)
    const given = new Map<number, number[]>()
    const returns = new Map<string, number[]>()
    for (const [index, end] of ends.entries()) {
      if (end.kind === 'argument') put(given, end.call, index)
      else if (end.kind === 'return' && end.function !== '') put(returns, end.function, index)
    }
    const own = { starts, ends, calls, into, arguments: given, returns }
    this.#files.set(path, own)
    for (const [index, { callee }] of calls.entries()) {
      const name = callee?.names.at(-1)
      if (name !== undefined) put(this.#callers, name, { file: path, index })
    }
    return own
  }
}

/** What is left of `wanted` in a part that lies at `path`; undefined when it lies in another one. */
function within(path: readonly string[], wanted: readonly string[]): readonly string[] | undefined {
  if (wanted.length < path.length) return undefined
  const isMeant = path.every((it, i) => it === wanted[i] || it === '*' || wanted[i] === '*')
  return isMeant ? wanted.slice(path.length) : undefined
}

export function put<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
