// Where what the cursor stands on is declared, in another file or language: from a call to the route that answers it.

import type { At } from '../graph/routes.ts'
import { endsAt, placesOf } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface Definition {
  /** What the cursor is on, as a whole. */
  readonly from: At
  readonly to: readonly At[]
}

/** Undefined on what is declared here: there is nowhere to go. */
export function definition(view: WorkspaceView, path: string, offset: number): Definition | undefined {
  const ends = endsAt(view, path, offset).filter(it => it.side === 'used')
  const [first] = ends
  return first && { from: first.at, to: placesOf(ends, 'declared') }
}
