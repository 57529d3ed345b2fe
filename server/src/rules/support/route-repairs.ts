// How a call that nobody answers and the route that was meant are brought together: all calls follow the route, or the route goes
// by its old name again.

import type { Link } from '../../graph/links.ts'
import { fit } from '../../graph/path-pattern.ts'
import type { Relations } from '../../graph/relations.ts'
import type { Piece } from '../../graph/routes.ts'
import type { RelationEdit, RelationFix } from '../rule.ts'
import { type MeantRoute, uncalled } from './neighbouring-routes.ts'

/** This call, and every other one that was broken by the same word at the same place of its path. */
export function callMeant(link: Link, { word, called }: MeantRoute, relations: Relations): RelationFix {
  return {
    safety: 'unsafe',
    edits: () => [
      written(link, called, word),
      ...brokenAlike(link, { word, called }, relations).map(it => ({
        ...written(it, called, word),
        isOptional: true as const,
      })),
    ],
  }
}

function written({ call }: Link, text: string, put: string): RelationEdit {
  return { at: call, orAt: call.origins, as: 'segment', text, put }
}

function brokenAlike(
  { call, pattern }: Link,
  { word, called }: Pick<MeantRoute, 'word' | 'called'>,
  { links, index }: Relations,
): Link[] {
  const at = pattern!.segments.indexOf(called)
  const before = pattern!.segments.slice(0, at).join('/')
  return links.filter(it => {
    if (it.call === call || !it.pattern || it.candidates.length > 0) return false
    const { segments } = it.pattern
    if (segments[at] !== called || segments.slice(0, at).join('/') !== before) return false
    const put = { ...it.pattern, segments: segments.with(at, word) }
    return index.answering(put).some(route => fit(route.pattern, put) > 0)
  })
}

/** Undefined while anybody calls what would be renamed: then the calls are what was forgotten. */
export function nameAgain(
  { route, word, called }: MeantRoute,
  relations: Relations,
): RelationFix | undefined {
  const piece = pieceWith(route.pieces, word)
  if (!piece) return undefined
  const free = uncalled(relations)
  const isShared = relations.routes.some(it => !free.has(it) && it.pieces.some(({ at }) => at === piece.at))
  return isShared
    ? undefined
    : { safety: 'unsafe', edits: () => [{ at: piece.at, as: 'segment', text: word, put: called }] }
}

/** Where the path has this word, if that is one place. */
function pieceWith(pieces: readonly Piece[], word: string): Piece | undefined {
  const [only, ...others] = pieces.flatMap(it =>
    it.text.split('/').flatMap(part => (part === word ? [it] : [])),
  )
  return others.length === 0 ? only : undefined
}
