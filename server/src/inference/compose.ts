// The whole policy of who answers questions to models, in one place.

import type { InferenceBackend } from './backend.ts'
import { firstOf } from './first-of.ts'
import { type RememberedOptions, remembered } from './remembered.ts'

/** What is remembered of a backend is asked before it; one that cannot answer leaves the question to the next. */
export function compose(backends: readonly InferenceBackend[], options: RememberedOptions): InferenceBackend {
  return firstOf(...backends.map(it => remembered(it, options)))
}
