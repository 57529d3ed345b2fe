// Fields of what answers, as the other side of the border knows them: the fields of its types that are the same on the wire, the
// keys that calls send, and what they read of answers.

import { fieldAlong } from './along.ts'
import type { Exchange } from './exchanges.ts'
import type { At } from './routes.ts'
import type { ResolvedField, Shapes } from './shapes.ts'
import { isShown, type TypeTwin } from './type-twins.ts'

/** Where a field is declared. */
export interface DeclaredField {
  readonly at: At
  /** What it is called there, where that is not its name on the wire. */
  readonly inCode: string | undefined
  /** The shape that declares it; empty for what no shape does. */
  readonly owner: string
  readonly kind: 'field' | 'parameter'
}

export interface FieldTie {
  /** On the wire. */
  readonly name: string
  /** On the side that answers. */
  readonly field: DeclaredField
  /** In types of those who call. */
  readonly twins: readonly DeclaredField[]
  /** Keys of what is sent. */
  readonly sent: readonly At[]
  readonly read: readonly FieldRead[]
  /** Types that have it, on either side, by their names: what is written of them may speak of it. */
  readonly types: ReadonlySet<string>
}

/** Something is read of an answer. */
export interface FieldRead {
  readonly at: At
  /** Its author says of what type the answer is: that type's own language knows it too. */
  readonly isTyped: boolean
}

export function fieldTiesOf(
  twins: readonly TypeTwin[],
  exchanges: readonly Exchange[],
  shapes: Shapes,
): FieldTie[] {
  const ties = new Ties()
  for (const twin of twins)
    for (const { here, there } of twin.fields) {
      if (!isShown(here.at) || !isShown(there.at)) continue
      const tie = ties.of(there.name, declared(there))
      put(tie.twins, keyOf(here.at), declared(here))
      for (const it of [twin.here.name, twin.there.name, here.owner])
        if (it !== undefined && it !== '') tie.types.add(it)
    }
  for (const { handler, body, query, reads, expected } of exchanges) {
    const { file } = handler.at
    if (handler.body && handler.body.kind !== 'none')
      for (const { path, at } of body.parts) {
        const field = fieldAlong(shapes, { type: handler.body, file }, path)
        if (field && field.only !== 'given' && isShown(field.at))
          put(ties.of(field.name, declared(field)).sent, keyOf(at), at)
      }
    for (const { path, at } of query.parts) {
      const parameter = handler.parameters.find(it => it.in === 'query' && it.name === path[0])
      // A parameter whose own place nobody knows stands at its handler.
      if (path.length === 1 && parameter && keyOf(parameter.at) !== keyOf(handler.at))
        put(ties.of(parameter.name, asParameter(parameter.at)).sent, keyOf(at), at)
    }
    if (!handler.response) continue
    for (const { path, at } of reads) {
      const field = fieldAlong(shapes, { type: handler.response, file }, path)
      if (field && field.only !== 'taken' && isShown(field.at))
        put(ties.of(field.name, declared(field)).read, keyOf(at), { at, isTyped: expected !== undefined })
    }
  }
  return [...ties.all()]
}

interface Gathered {
  readonly name: string
  readonly field: DeclaredField
  readonly twins: Map<string, DeclaredField>
  readonly sent: Map<string, At>
  readonly read: Map<string, FieldRead>
  readonly types: Set<string>
}

class Ties {
  readonly #known = new Map<string, Gathered>()

  /** A base has one field for all that derive from it; by several names on the wire it is several. */
  of(name: string, field: DeclaredField): Gathered {
    const key = `${keyOf(field.at)}\n${name}`
    let known = this.#known.get(key)
    if (!known) {
      known = { name, field, twins: new Map(), sent: new Map(), read: new Map(), types: new Set() }
      if (field.owner !== '') known.types.add(field.owner)
      this.#known.set(key, known)
    }
    return known
  }

  *all(): Generator<FieldTie> {
    for (const { twins, sent, read, ...it } of this.#known.values())
      yield { ...it, twins: [...twins.values()], sent: [...sent.values()], read: [...read.values()] }
  }
}

function declared({ at, inCode, owner = '' }: ResolvedField): DeclaredField {
  return { at, inCode, owner, kind: 'field' }
}

function asParameter(at: At): DeclaredField {
  return { at, inCode: undefined, owner: '', kind: 'parameter' }
}

/** The first word counts. */
function put<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value)
}

/** As of now: rows that move together stay apart. */
function keyOf({ file, place }: At): string {
  return `${file}\n${place[0]}`
}
