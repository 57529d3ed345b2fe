// The layers of a project, as its settings declare them.

import type { Layer } from '@codeant/shared/architecture.ts'

/** From top to bottom, as they stand in the file; its place is its name. */
export type LayerRow = Layer

export interface LayerRows {
  readonly layer: readonly LayerRow[]
}
