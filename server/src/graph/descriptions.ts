// Documents of OpenAPI beside the routes that they describe. One that describes a server of this workspace can be compared with
// its code; one of somebody else's server only says that there is such a route.

import { isTest } from '../semantics/provenance.ts'
import type { Link } from './links.ts'
import { answersMethod } from './links.ts'
import { fit, type PathPattern, parsePath } from './path-pattern.ts'
import type { RouteIndex } from './route-index.ts'
import type { At, Route } from './routes.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface DescribedRoute extends At {
  readonly method: string
  readonly path: string
  readonly pattern: PathPattern
  /** Code that answers it; undefined when none does. */
  readonly route: Route | undefined
  /** Code that answers its path, with whatever method. */
  readonly samePath: Route | undefined
  /** Nearly all that its document describes is answered here: it is a description of this server. */
  readonly isOfOwnServer: boolean
}

export interface Descriptions {
  readonly routes: readonly DescribedRoute[]
  /** Some document says that somebody answers what this call asks for. */
  describes(link: Link): boolean
}

/** Of what a document describes, so much is answered by the server that it describes. */
const NEARLY_ALL = 0.8
/** A document of fewer routes agrees with any server. */
const ENOUGH = 4

export function descriptionsOf(facts: WorkspaceFacts, index: RouteIndex): Descriptions {
  const routes = facts.rows('describedRoute').flatMap(({ path: file, rows }) => {
    const own = rows.flatMap(({ method, path }, i) => {
      const pattern = parsePath(path)
      if (!pattern) return []
      const [route, samePath] = answering(index, pattern, method)
      return [{ file, i, method, path, pattern, route, samePath }]
    })
    const answered = own.filter(it => it.route).length
    const isOfOwnServer = answered >= ENOUGH && answered >= own.length * NEARLY_ALL
    return own.map(
      ({ i, ...it }): DescribedRoute => ({
        ...{ ...it, isOfOwnServer },
        get place() {
          return facts.placeOf(file, 'describedRoute', i)
        },
      }),
    )
  })
  return {
    routes,
    describes: ({ call, pattern }) =>
      pattern !== undefined &&
      routes.some(
        it =>
          (it.method === '*' || call.method === '*' || it.method === call.method) &&
          fit(it.pattern, pattern) > 0,
      ),
  }
}

function answering(index: RouteIndex, pattern: PathPattern, method: string): (Route | undefined)[] {
  let samePath: Route | undefined
  for (const route of index.answering(pattern)) {
    if (isTest(route.file) || fit(route.pattern, pattern) <= 0) continue
    if (answersMethod(route, method)) return [route, route]
    samePath ??= route
  }
  return [undefined, samePath]
}
