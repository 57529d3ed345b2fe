// Renames what files of several languages share. All that is certain is changed at once; what may be meant as well is left to who
// asked; and where a part cannot be found, nothing is renamed.

import { renameField } from './rename-field.ts'
import { renameForeign } from './rename-foreign.ts'
import { renameSegment } from './rename-segment.ts'
import { renameTopic } from './rename-topic.ts'
import { renameVariable } from './rename-variable.ts'
import { isRefusal, type Refusal, type Renaming } from './renaming.ts'
import type { WorkspaceView } from './workspace-view.ts'

const KINDS = [renameSegment, renameField, renameVariable, renameTopic, renameForeign]

/** Undefined where there is nothing to be renamed that other files share: what a name is there, its language knows. */
export function renamingAt(
  view: WorkspaceView,
  path: string,
  offset: number,
): Renaming | Refusal | undefined {
  let refusal: Refusal | undefined
  for (const kind of KINDS) {
    const found = kind(view, path, offset)
    if (found && !isRefusal(found)) return found
    refusal ??= found
  }
  return refusal
}
