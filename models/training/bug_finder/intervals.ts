// Shares with what they may really be: Wilson's interval, which holds for few cases and for shares near 0 and 1.

export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** The 95 % interval of `count` of `all`. */
export function interval(count: number, all: number): Share {
  if (all === 0) return { share: 0, low: 0, high: 1 }
  const z = 1.96
  const share = count / all
  const middle = share + (z * z) / (2 * all)
  const width = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))
  const scale = 1 + (z * z) / all
  return { share, low: Math.max(0, (middle - width) / scale), high: Math.min(1, (middle + width) / scale) }
}

/** `23 (18–29)`, in percent. */
export function percent({ share, low, high }: Share): string {
  const round = (it: number) => (100 * it).toFixed(100 * it < 9.95 ? 1 : 0)
  return `${round(share)} (${round(low)}–${round(high)})`
}
