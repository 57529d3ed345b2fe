// Whether a call whose base is only known at run time is meant for the server of this workspace.

import type { Link } from '../../graph/links.ts'
import type { Relations } from '../../graph/relations.ts'

/** So many calls of a file go to routes that are here: then the base that they share is that of this server. */
const ENOUGH = 2

/** A call of the program itself whose path is known from its beginning on, and that this workspace is asked. */
export function isAskedHere(link: Link, relations: Relations): boolean {
  return link.pattern?.isOpen === false && mayBeAskedHere(link, relations)
}

/** Besides: one of whose path nobody knows what comes before it. */
export function mayBeAskedHere(link: Link, relations: Relations): boolean {
  return !link.call.isOfTest && isForOwnServer(link, relations)
}

/** True too where no base is written at all. */
export function isForOwnServer(link: Link, relations: Relations): boolean {
  const base = baseOf(link)
  return base === undefined || (answered(relations).get(base) ?? 0) >= ENOUGH
}

/** `{host}` of a file; undefined where the path is all that is written. */
function baseOf({ call }: Link): string | undefined {
  // Most are paths alone, and this is asked of all of them.
  const base = call.url.startsWith('/') ? undefined : /^(?:[a-z]+:\/\/)?\{[^}]*\}/i.exec(call.url)?.[0]
  return base && `${call.file} ${base}`
}

/** How many calls of each file and base are answered here. */
function answered(relations: Relations): ReadonlyMap<string, number> {
  return relations.derive('answered bases', () => {
    const count = new Map<string, number>()
    for (const it of relations.links) {
      const base = it.route && baseOf(it)
      if (base) count.set(base, (count.get(base) ?? 0) + 1)
    }
    return count
  })
}
