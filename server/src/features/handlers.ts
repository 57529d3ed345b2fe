// Where the functions that answer requests stand.

import type { Place } from '../graph/facts.ts'
import type { At, Route } from '../graph/routes.ts'
import type { WorkspaceView } from './workspace-view.ts'

/** The name of what answers, where it is declared. Undefined when nobody can tell. */
export function handlerOf(view: WorkspaceView, route: Route): At | undefined {
  const known = view.relations.handlers.of(route)
  if (known) return known.at
  // Of some frameworks only the name is known: the next function of that name behind the route.
  const text = view.text(route.file)
  const place = text === undefined ? undefined : declaration(text, route)
  return place && { file: route.file, place }
}

function declaration(text: string, { handler, place }: Route): Place | undefined {
  // What stands for no function: `list.as_view`, an arrow function without a name.
  if (!/^[A-Za-z_$][\w$]*$/.test(handler)) return undefined
  const name = handler.replaceAll('$', '\\$')
  const declared = new RegExp(
    `\\b(?:def|fn|function|const|let|var|class)\\s+(${name})\\b|^[ \\t]*(?:(?:public|private|async|static)\\s+)*(${name})\\s*\\(.*\\{[ \\t]*$`,
    'gdm',
  )
  const all = [...text.matchAll(declared)].map(it => (it.indices![1] ?? it.indices![2])!)
  const behind = all.find(([start]) => start >= place[0])
  return behind ?? (all.length === 1 ? all[0] : undefined)
}
