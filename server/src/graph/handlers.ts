// What answers a route: what it takes and gives, with all that its dependencies take.

import type { Names, Table } from './names.ts'
import type { At, Route } from './routes.ts'
import type { Reference } from './rows/names.ts'
import type { DataType, Field, HandlerRow, ParameterRow } from './rows/shapes.ts'
import type { Shapes } from './shapes.ts'
import { Keyed } from './tracked.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface Parameter extends Omit<ParameterRow, 'handler'> {
  /** Its name in the code; names in its type are those of this file. */
  readonly at: At
}

export interface Handler {
  readonly at: At
  readonly name: string
  /** Every parameter is known. */
  readonly isWhole: boolean
  /** What it takes as the body; undefined where nobody can tell. Names in it are those of the handler's file. */
  readonly body: DataType | undefined | { readonly kind: 'none' }
  /** What it answers when all is well; undefined where nobody can tell. */
  readonly response: DataType | undefined
  /** Fields of the response may be left out, whatever its shape says. */
  readonly isPartial: boolean
  readonly statuses: readonly number[]
  readonly parameters: readonly Parameter[]
}

interface Known {
  readonly file: string
  readonly row: HandlerRow
  readonly index: number
  readonly parameters: readonly Parameter[]
}

/** Functions that open or find something for a handler, by their names: they ask nothing of the request. */
const TAKES_NOTHING =
  /^_?(get|generate|make|create|open|provide|inject|require|verify|check)_\w*(session|db|database|settings|config|user|logger|client|engine|cache|redis|service|repo\w*|store|storage)$|^(get_)?(session|db|settings|config|uow)$|oauth2|bearer|security|(api_key|auth)_(header|scheme)/i

/** Dependencies depend on others, but never so deep. */
const DEPTH = 8

export class Handlers {
  readonly #facts: WorkspaceFacts
  readonly #names: Names
  readonly #shapes: Shapes
  readonly #handlers: Table<Known>
  readonly #resolved: Keyed<Known, Handler>

  constructor(facts: WorkspaceFacts, names: Names, shapes: Shapes) {
    this.#facts = facts
    this.#names = names
    this.#shapes = shapes
    this.#handlers = new Keyed(facts.tracker, path => handlersIn(facts, path))
    this.#resolved = new Keyed(facts.tracker, known => this.#resolve(known))
  }

  /** Undefined when nobody can tell who answers. A class has a function for each method, so one may have to be told. */
  of(route: Route, method = route.methods.length === 1 ? route.methods[0]! : ''): Handler | undefined {
    if (route.handler === '' && !route.answeredBy) return undefined
    const { module, names } = route.answeredBy ?? { module: '', names: route.handler.split('.') }
    const found =
      this.#find(route.file, { module, names }) ??
      (method === ''
        ? undefined
        : this.#find(route.file, { module, names: [...names, method.toLowerCase()] }))
    return found && this.#resolved.get(found)
  }

  #find(file: string, reference: Reference): Known | undefined {
    return this.#names.find(this.#handlers, file, reference)?.value
  }

  #resolve(known: Known): Handler {
    const { file, row } = known
    const parameters = new Map<string, Parameter>()
    const isWhole = this.#take(known, parameters, new Set(), 0)
    const at = placeIn(this.#facts, file, 'handler', known.index)
    const said = this.#bodyOf(known)
    // What nobody can see into may take a body, and a form is one of its own kind.
    const mayBe = !isWhole || [...parameters.values()].some(it => it.in === 'form')
    const body = said?.kind === 'none' && mayBe ? undefined : said
    return {
      ...{ at, name: row.name, response: row.response, statuses: row.statuses },
      ...{
        isWhole,
        isPartial: row.isPartial === true,
        body,
      },
      parameters: [...parameters.values()],
    }
  }

  /** Adds what a function takes, and what those take that it depends on. True when that is all of it. */
  #take(known: Known, into: Map<string, Parameter>, seen: Set<Known>, depth: number): boolean {
    if (seen.has(known)) return true
    seen.add(known)
    const { file, row } = known
    const at = placeIn(this.#facts, file, 'handler', known.index)
    let isWhole = row.isWhole && depth <= DEPTH
    const add = (it: Parameter) => {
      const key = `${it.in}\n${it.name}`
      if (!into.has(key)) into.set(key, it)
    }
    for (const it of known.parameters) add(it)
    for (const it of row.undecided ?? []) {
      const dependency = this.#dependencyIn(it, file)
      if (dependency) {
        isWhole = this.#take(dependency, into, seen, depth + 1) && isWhole
        continue
      }
      const verdict = this.#isBody(it, file)
      if (verdict === undefined) isWhole = false
      if (verdict === false) add({ in: 'query', name: it.name, isOptional: it.isOptional, type: it.type, at })
    }
    for (const it of row.queries ?? []) isWhole = this.#takeFields(it, file, add) && isWhole
    for (const it of isWhole || depth <= DEPTH ? (row.dependencies ?? []) : []) {
      const other =
        this.#find(file, it) ?? this.#find(file, { module: it.module, names: [...it.names, '__init__'] })
      if (other) isWhole = this.#take(other, into, seen, depth + 1) && isWhole
      else if (!TAKES_NOTHING.test(it.names.at(-1)!))
        isWhole = this.#takeFields({ kind: 'shape', of: it }, file, add) && isWhole
    }
    return isWhole
  }

  #takeFields(type: DataType, file: string, add: (it: Parameter) => void): boolean {
    const found = this.#shapes.fieldsOf(type, file)
    for (const { name, isOptional, type: of, at } of found?.fields ?? [])
      add({ in: 'query', name, isOptional, type: of, at })
    return found !== undefined && !found.isOpen
  }

  #bodyOf({ file, row }: Known): Handler['body'] {
    if (!row.undecided) return row.body
    const parts: Field[] = []
    for (const it of row.undecided) {
      const verdict = this.#dependencyIn(it, file) ? false : this.#isBody(it, file)
      if (verdict === undefined) return undefined
      if (verdict) parts.push(it)
    }
    const [only, ...more] = parts
    if (!only) return row.body
    if (more.length === 0) return only.type
    return { kind: 'object', fields: parts, isOpen: false }
  }

  /** `CurrentUser` of another file, where that is `Annotated[User, Depends(current_user)]`. */
  #dependencyIn({ type }: Field, file: string): Known | undefined {
    return type.kind === 'shape' ? this.#find(file, type.of) : undefined
  }

  /** FastAPI's rule: models and what holds them are the body, plain values are behind the question mark. */
  #isBody({ type }: Field, file: string, depth = 0): boolean | undefined {
    if (depth > DEPTH) return undefined
    const found = this.#shapes.resolve(type, file)
    switch (found.type.kind) {
      case 'unknown':
        return undefined
      case 'shape':
      case 'object':
      case 'list':
      case 'map':
        return true
      case 'union': {
        const all = found.type.of.map(it =>
          this.#isBody({ name: '', isOptional: false, type: it }, found.file, depth + 1),
        )
        return all.includes(true) ? true : all.includes(undefined) ? undefined : false
      }
      default:
        return false
    }
  }
}

/** The method that a call comes in by; undefined where the route says more of it than the call. */
export function methodAsked({ methods }: Route, method: string): string | undefined {
  return method === '*' || (methods.length === 1 && methods[0] !== '*') ? undefined : method
}

function handlersIn(facts: WorkspaceFacts, file: string): ReadonlyMap<string, Known> {
  const parameters = new Map<string, Parameter[]>()
  for (const [index, { handler, ...row }] of facts.rowsIn(file, 'parameter').entries()) {
    const all = parameters.get(handler) ?? []
    parameters.set(handler, all)
    all.push({ ...row, at: placeIn(facts, file, 'parameter', index) })
  }
  const handlers = new Map<string, Known>()
  const twice = new Set<string>()
  for (const [index, row] of facts.rowsIn(file, 'handler').entries()) {
    if (handlers.has(row.name)) twice.add(row.name)
    handlers.set(row.name, { file, row, index, parameters: parameters.get(row.name) ?? [] })
  }
  // Of two with one name nobody can tell which one a route means.
  for (const name of twice) handlers.delete(name)
  return handlers
}
