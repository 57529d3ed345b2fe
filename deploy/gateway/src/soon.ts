// What is mostly known at once and sometimes has to be waited for: who needs it waits only where there is something to wait for.
//
// On the way of every request this is worth its name: a promise for each thing that is known costs more than the things themselves.

export type Soon<T> = T | Promise<T>

export function andThen<T, U>(value: Soon<T>, use: (value: T) => Soon<U>): Soon<U> {
  return value instanceof Promise ? value.then(use) : use(value)
}

/** Calls `done` with what `judge` finds wrong, or with what went wrong while waiting. */
export function whenKnown<T>(
  value: Soon<T>,
  judge: (value: T) => Error | undefined,
  done: (error?: Error) => void,
): void {
  if (value instanceof Promise) value.then(judge).then(done, done)
  else done(judge(value))
}
