// How late this process is: the one measure in which every kind of overload of a Node process shows.

export interface LoopDelay {
  /** The worst of the last moments, in milliseconds. */
  readonly ms: number
  close(): void
}

const EVERY_MS = 100
/** A delay is remembered for about a second: shorter, and every other request of a storm slips through. */
const FADES = 0.8

export function watchLoop(now: () => number = () => performance.now()): LoopDelay {
  let ms = 0
  let expected = now() + EVERY_MS
  const timer = setInterval(() => {
    const at = now()
    ms = Math.max(at - expected, ms * FADES)
    expected = at + EVERY_MS
  }, EVERY_MS)
  timer.unref()
  return {
    get ms() {
      // Nobody has noticed yet when the process has only just come to itself.
      return Math.max(ms, now() - expected)
    },
    close: () => clearInterval(timer),
  }
}
