// What files say of the same thing, as somebody with a cursor sees it: a route and the calls that it answers, a variable of the
// environment and who reads it. A tie has two sides, those who declare the thing and those who use it; whoever stands on one end
// can ask for the others.

import type { FactKind } from '../graph/facts.ts'
import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import { columnAt, placeOfColumn } from './columns.ts'
import { handlerOf } from './handlers.ts'
import { isKnownToItsLanguage, isSamePlace } from './own-language.ts'
import { ALL_KINDS, type Kind, type Tie, tiesOf } from './tie-kinds.ts'
import type { WorkspaceView } from './workspace-view.ts'

/** A place in a file that is on a tie. */
export interface End {
  readonly at: At
  readonly side: 'declared' | 'used'
  readonly tie: Tie
}

/**
 * The ends that a position touches; of a route also the name of what answers. Only ties that reach into another file: of
 * others, a language's own server knows.
 */
export function endsAt(view: WorkspaceView, path: string, offset: number): readonly End[] {
  const touches = ({ place: [start, end] }: At) => start <= offset && offset <= end
  const ends = endsIn(view.relations, path, kindsAt(view.relations, path, offset))
  const found = ends.flatMap(end => {
    // Only the text tells where in what makes a table a column is.
    if (isMaker(end)) return []
    if (touches(end.at)) return [end]
    const handler = end.side === 'declared' ? handlerOn(view, end.tie) : undefined
    return handler?.file === path && touches(handler) ? [{ ...end, at: handler }] : []
  })
  const columns = columnEndsAt(view, ends.filter(isMaker), path, offset)
  return columns.length > 0 ? columns : found
}

/** What is dear to know is asked for only where a file says something of the kind. */
function kindsAt(relations: Relations, path: string, offset: number): readonly Kind[] {
  return relations.hasRowAt(path, offset, OF_FIELDS) ? ALL_KINDS : ALL_KINDS.filter(it => it !== 'field')
}

const OF_FIELDS: readonly FactKind[] = ['field', 'parameter', 'sentField', 'readField']

function isMaker({ side, tie: { about } }: End): boolean {
  return about.kind === 'column' && side === 'declared'
}

function columnEndsAt(
  view: WorkspaceView,
  ends: readonly End[],
  path: string,
  offset: number,
): readonly End[] {
  const columns = new Map(
    ends.flatMap(end => (end.tie.about.kind === 'column' ? [[end.tie.about.column, end]] : [])),
  )
  const found = columnAt(view, columns.keys(), path, offset)
  return found ? [{ ...columns.get(found.column)!, at: found.at }] : []
}

/** The function that answers, where the tie is that of a route. */
export function handlerOn(view: WorkspaceView, { about }: Tie): At | undefined {
  return about.kind === 'route' ? handlerOf(view, about.route) : undefined
}

/** All ends in a file, of some kinds. */
export function endsIn(
  relations: Relations,
  path: string,
  kinds: readonly Kind[] = ALL_KINDS,
): readonly End[] {
  return kinds.flatMap(
    kind => relations.derive(`ends of ${kind}`, () => byFile(tiesOf(relations, kind))).get(path) ?? [],
  )
}

/** The places of one side, without repeating a place that two ties share. */
export function placesOf(
  view: WorkspaceView,
  ends: readonly End[],
  side: 'declared' | 'used',
): readonly At[] {
  const places = (end: End) => (side === 'declared' ? declaredOn(view, end) : end.tie.used)
  return once(ends.flatMap(end => places(end).filter(it => !isKnownToItsLanguage(end, it))))
}

function declaredOn(view: WorkspaceView, { tie: { about, declared } }: End): readonly At[] {
  return about.kind === 'column'
    ? about.column.made.map(it => placeOfColumn(view, about.column, it))
    : declared
}

/** Where whoever stands on an end wants to go: what is used is declared somewhere, and what two sides declare, on the other. */
export function targetsOf(view: WorkspaceView, ends: readonly End[]): readonly At[] {
  return once(ends.flatMap(end => targets(view, end).filter(it => !isKnownToItsLanguage(end, it))))
}

function targets(view: WorkspaceView, end: End): readonly At[] {
  const {
    at,
    side,
    tie: { about, declared },
  } = end
  if (about.kind === 'field') {
    const { field, twins } = about.field
    return isSamePlace(at, field.at) ? twins.map(it => it.at) : [field.at]
  }
  if (side === 'used') return declaredOn(view, end)
  return about.kind === 'twins' ? declared.filter(it => !isSamePlace(it, at)) : []
}

function once(places: readonly At[]): readonly At[] {
  const seen = new Set<string>()
  return places.filter(({ file, place }) => {
    const key = `${file}\n${place}`
    return !seen.has(key) && seen.add(key)
  })
}

function byFile(ties: readonly Tie[]): ReadonlyMap<string, readonly End[]> {
  const files = new Map<string, End[]>()
  for (const tie of ties)
    for (const side of ['declared', 'used'] as const)
      for (const at of tie[side]) {
        const own = files.get(at.file)
        if (own) own.push({ at, side, tie })
        else files.set(at.file, [{ at, side, tie }])
      }
  return files
}
