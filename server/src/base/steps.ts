// Work in steps: a generator that yields wherever something else may be done first, and returns what came of it.

/** All steps, one after the other. */
export function atOnce<T>(steps: Generator<void, T>): T {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
