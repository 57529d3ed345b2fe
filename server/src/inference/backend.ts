// Who answers questions to models: one on this machine today, others behind the same face.

import type { AnyTask, ModelTask } from './task.ts'

/** What is answered first: the function that was just edited, then those on the screen, then everything else. */
export const URGENCIES = ['edited', 'visible', 'idle'] as const
export type Urgency = (typeof URGENCIES)[number]

/**
 * - `unavailable`: there is no such model here, it is damaged, or models are switched off
 * - `overloaded`: the budget of time or memory is spent
 * - `timeout`: it took longer than anybody waits
 * - `rejected`: the model cannot answer this input, and nobody else with these weights could
 *
 * The first three fall through to the next backend.
 */
export type InferenceFailure = 'unavailable' | 'overloaded' | 'timeout' | 'rejected'

export class InferenceError extends Error {
  readonly failure: InferenceFailure

  constructor(failure: InferenceFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'InferenceError'
    this.failure = failure
  }
}

export interface InferenceBackend {
  readonly name: string
  /** The exact weights that would answer, as a digest; undefined when this backend cannot. Never waits. */
  weights(task: AnyTask): string | undefined
  /** Rejects only with `InferenceError` or the signal's reason. Never holds up a caller who does not await it. */
  run<Input, Output>(
    task: ModelTask<Input, Output>,
    input: Input,
    urgency: Urgency,
    signal: AbortSignal,
  ): Promise<Output>
}
