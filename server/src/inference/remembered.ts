// Answers are kept under weights · task · input: what was asked once is not asked again, by whom and when ever.

import type { Digest } from '../base/digest.ts'
import type { Memo } from '../database/memo.ts'
import { type InferenceBackend, InferenceError } from './backend.ts'
import type { AnyTask } from './task.ts'

export interface RememberedOptions {
  readonly memo: Memo
  readonly digest: Digest
  /** Told of each answer that no model was asked for. */
  readonly recalled?: (task: AnyTask) => void
}

/** Only answers are kept: a question that failed is asked again. */
export function remembered(
  backend: InferenceBackend,
  { memo, digest, recalled }: RememberedOptions,
): InferenceBackend {
  return {
    name: backend.name,
    weights: task => backend.weights(task),

    async run(task, input, urgency, signal) {
      signal.throwIfAborted()
      const weights = backend.weights(task)
      if (weights === undefined)
        throw new InferenceError('unavailable', `${backend.name} has no ${task.model}`)
      const key = `${weights}:${task.id}:${task.version}:${digest(task.key(input))}`
      const known = memo.get(key)
      if (known !== undefined) {
        recalled?.(task)
        return JSON.parse(known)
      }
      const output = await backend.run(task, input, urgency, signal)
      memo.set(key, JSON.stringify(output))
      return output
    },
  }
}
