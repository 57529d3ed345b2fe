// Routes whose paths are written down in constants: who asks for them may put the call together in a way that nobody can read.

import { type Names, tableOf } from './names.ts'
import { fit, parsePath } from './path-pattern.ts'
import type { RouteIndex } from './route-index.ts'
import type { Route } from './routes.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export function writtenRoutesOf(facts: WorkspaceFacts, names: Names, index: RouteIndex): ReadonlySet<Route> {
  const constants = tableOf(facts, 'constant', row => [row.name, row.text])
  const found = new Set<Route>()
  for (const { path, rows } of facts.rows('constant'))
    for (const { text } of rows) {
      const whole = names.written(constants, path, text).map(it => (typeof it === 'string' ? it : '{}'))
      const pattern = PATH.test(whole.join('')) ? parsePath(whole.join('')) : undefined
      if (!pattern) continue
      // A path of its own file is what the route itself is made of.
      for (const it of index.answering(pattern))
        if (it.file !== path && !it.pattern.isOpen && fit(it.pattern, pattern) > 0) found.add(it)
    }
  return found
}

/** It looks like a path, also without a slash before it. */
const PATH = /^(?:\{\})?\/?[\w.-]+\/[^\s]*$|^\/\w/
