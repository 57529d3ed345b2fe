// What to do first in a project, as the editor shows it: tables in the reader's language, with the places that they speak of.

export interface PlanTable {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly PlanCell[])[]
  /** What is to be known of the numbers: their formulas first of all. */
  readonly notes: readonly string[]
}

/** Words, or places that can be opened. */
export type PlanCell = string | readonly PlanPlace[]

export interface PlanPlace {
  readonly path: string
  /** Counted from 1. */
  readonly line: number
}
