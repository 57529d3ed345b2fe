// Several backends as one: who cannot or may not answer now leaves the question to the next.

import { type InferenceBackend, InferenceError } from './backend.ts'

/** The whole policy of who is asked, in the order given. An answer of `rejected` is final. */
export function firstOf(...backends: readonly InferenceBackend[]): InferenceBackend {
  return {
    name: backends.map(it => it.name).join(', '),

    weights(task) {
      for (const it of backends) {
        const weights = it.weights(task)
        if (weights !== undefined) return weights
      }
      return undefined
    },

    async run(task, input, urgency, signal) {
      let failure = new InferenceError('unavailable', `no backend has the model ${task.model}`)
      for (const it of backends) {
        signal.throwIfAborted()
        try {
          return await it.run(task, input, urgency, signal)
        } catch (error) {
          if (!(error instanceof InferenceError) || error.failure === 'rejected') throw error
          failure = error
        }
      }
      throw failure
    },
  }
}
