// What the pool and its threads say to each other: plain data, and one piece of memory that both see.

import type { Tensors } from '../task.ts'
import type { ModelDescription, ModelNotice } from './models.ts'
import type { EngineKind, Signature } from './session.ts'

/** Runs for one model. Plain data. */
export interface ModelRequest {
  readonly model: ModelDescription
  readonly runs: readonly Tensors[]
  /** One cell for each run, in memory that both threads see. */
  readonly states: Int32Array
}

/** Who changes a run's state from `waiting` first, wins: the thread begins it, or the pool takes it back. */
export const RUN = { waiting: 0, begun: 1, withdrawn: 2 } as const

export type ModelAnswer =
  | {
      readonly kind: 'ran'
      readonly engine: EngineKind
      readonly memory: number
      /** How long the engine and the model took to be ready; 0 when they were. */
      readonly loadMs: number
      /** Told when the model was loaded for this. */
      readonly signature?: Signature
      readonly runs: readonly RunAnswer[]
    }
  | { readonly kind: 'off'; readonly notice: ModelNotice }

export type RunAnswer =
  | { readonly kind: 'answered'; readonly outputs: Tensors; readonly ms: number }
  | {
      readonly kind: 'failed'
      readonly why: 'memory' | 'input'
      readonly detail: string
      readonly ms: number
    }
  | { readonly kind: 'withdrawn' }
