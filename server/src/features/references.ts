// Who uses what the cursor stands on, in all files and languages: the calls of a route; from a call, those that ask the same.

import type { At } from '../graph/routes.ts'
import { endsAt, placesOf } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

export function references(
  view: WorkspaceView,
  path: string,
  offset: number,
  withDeclarations: boolean,
): readonly At[] {
  const ends = endsAt(view, path, offset)
  const used = placesOf(view, ends, 'used')
  return withDeclarations ? [...placesOf(view, ends, 'declared'), ...used] : used
}
