// Amounts as Kubernetes writes them: `500m`, `1.5Gi`, `1e3`.

const FACTORS: Readonly<Record<string, number>> = {
  ...{ '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
}

/** Undefined for what is none. */
export function amountOf(text: string | undefined): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)([a-zA-Z]*)$/.exec(text ?? '') ?? []
  const factor = FACTORS[unit]
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
