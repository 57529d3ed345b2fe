// Where what the cursor stands on is declared, in another file or language: from a call to the route that answers
// it, from a field of one language to that of the other.

import type { At } from '../graph/routes.ts'
import { endsAt, targetsOf } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface Definition {
  /** What the cursor is on, as a whole. */
  readonly from: At
  readonly to: readonly At[]
}

/** Undefined where there is nowhere to go that the language's own server would not know. */
export function definition(view: WorkspaceView, path: string, offset: number): Definition | undefined {
  const ends = endsAt(view, path, offset)
  const to = targetsOf(view, ends)
  return to.length === 0 ? undefined : { from: ends[0]!.at, to }
}
