// Whether a call whose base is only known at run time is meant for the server of this workspace.

import type { Link } from '../../graph/links.ts'
import { folderOf } from '../../graph/modules.ts'
import type { Relations } from '../../graph/relations.ts'

/** So many calls of a file, or of a folder, go to routes that are here: then the base that they share is that of this server. */
const ENOUGH = 2

/**
 * Why a call that nobody answers may be somebody else's; undefined: it is ours. `test`: tests ask for what must not be there.
 * `base`: nothing says that what comes before the path is this server. `open`: what comes before is not known. `strangers`: nobody
 * here answers a path that begins so.
 */
export type NotOurs = 'test' | 'base' | 'open' | 'strangers'

export function whyNotOurs(link: Link, relations: Relations): NotOurs | undefined {
  const { pattern, call } = link
  if (call.isOfTest) return 'test'
  if (!isForOwnServer(link, relations)) return 'base'
  if (pattern?.isOpen !== false) return 'open'
  return relations.index.hasNeighbours(pattern) ? undefined : 'strangers'
}

/** A call of the program itself whose path is known from its beginning on, and that this workspace is asked. */
export function isAskedHere(link: Link, relations: Relations): boolean {
  return link.pattern?.isOpen === false && mayBeAskedHere(link, relations)
}

/** Besides: one of whose path nobody knows what comes before it. */
function mayBeAskedHere(link: Link, relations: Relations): boolean {
  return !link.call.isOfTest && isForOwnServer(link, relations)
}

/** True too where no base is written at all, and it is surely a request. */
export function isForOwnServer(link: Link, relations: Relations): boolean {
  const base = baseOf(link)
  if (base === undefined) return true
  return (answered(relations).get(base) ?? 0) >= ENOUGH
}

/** `{host}` of a file, or the unknown clients of a folder; undefined where the path is all that is written. */
function baseOf(link: Link): string | undefined {
  const { call } = link
  if (isOfUnknownClient(link)) return `${folderOf(call.file)}/`
  // Most are paths alone, and this is asked of all of them.
  const base = call.url.startsWith('/') ? undefined : /^(?:[a-z]+:\/\/)?\{[^}]*\}/i.exec(call.url)?.[0]
  return base && `${call.file} ${base}`
}

/** `client.delete('/v1/users')`: it looks like a request, and may be asked of whoever the client was made for. */
function isOfUnknownClient({ call }: Link): boolean {
  return !call.isSure && call.url.startsWith('/')
}

/** How many calls of each file and base are answered here. */
function answered(relations: Relations): ReadonlyMap<string, number> {
  return relations.derive('answered bases', () => {
    const count = new Map<string, number>()
    for (const it of relations.links) {
      const base = it.route ? baseOf(it) : undefined
      if (base) count.set(base, (count.get(base) ?? 0) + 1)
    }
    return count
  })
}
