// What is compared of an exchange: whether somebody wants to hear of it, and where two sides differ.

import { fieldNamed, withoutNull } from '../../graph/along.ts'
import type { Exchange } from '../../graph/exchanges.ts'
import type { Relations } from '../../graph/relations.ts'
import type { At } from '../../graph/routes.ts'
import type { ResolvedField, Shapes, TypeIn } from '../../graph/shapes.ts'
import { isTest } from '../../semantics/provenance.ts'
import { isForOwnServer } from './own-server.ts'

/** Tests ask for what is wrong on purpose, and what another server answers is none of ours. */
export function isSpokenOf({ call, route, link }: Exchange, relations: Relations): boolean {
  return !call.isOfTest && !isTest(route.file) && isForOwnServer(link, relations)
}

/** Which way data goes: some fields are taken only, others given only. */
export type Direction = 'taken' | 'given'

export interface Gap {
  readonly name: string
  /** How many steps lie before it. */
  readonly depth: number
  /** Names that are there instead. */
  readonly known: readonly ResolvedField[]
  readonly isStrict: boolean
  /** The shape that does not have it, if it has a name. */
  readonly shape: { readonly name: string; readonly at: At } | undefined
}

/** The first name on a path that the other side surely does not have. */
export function gapAlong(
  shapes: Shapes,
  whole: TypeIn,
  path: readonly string[],
  way: Direction,
): Gap | undefined {
  let at = whole
  for (const [depth, name] of path.entries()) {
    const only = withoutNull(shapes, at)
    if (!only) return undefined
    const { type, file } = only
    if (type.kind === 'list' || type.kind === 'map') {
      if (type.kind === 'list' && name !== '[]') return undefined
      at = { type: type.of, file }
      continue
    }
    const found = name === '[]' ? undefined : shapes.fieldsOf(type, file)
    if (!found) return undefined
    const known = found.fields.filter(it => it.only === undefined || it.only === way)
    const field = fieldNamed(known, name)
    if (!field) {
      if (found.isOpen || found.fields.length === 0) return undefined
      return { name, depth, known, isStrict: found.isStrict, shape: shapes.named(type, file) }
    }
    at = { type: field.type, file: field.at.file }
  }
  return undefined
}

/** A place that can be shown: what is written in place has none of its own. */
export function shownAt(field: ResolvedField, otherwise: At): At {
  return field.at.place[1] === 0 ? otherwise : field.at
}
