// How much it says when two functions share a term: what is rare says more.

/** The shipped table: terms and how rare they are, in steps of one byte. Plain data. */
export interface TermWeights {
  /** Of the table's content, in hexadecimal: vectors of different tables do not compare. */
  readonly digest: string
  readonly step: number
  readonly steps: ReadonlyMap<string, number>
  /** Of a term that is not in the table, which is rarer than all that are. */
  readonly unknown: number
}

/** Where there is no table: every term says as much as any other. */
export const UNWEIGHTED: TermWeights = { digest: 'unweighted', step: 1, steps: new Map(), unknown: 1 }

/** Natural logarithm of how many functions there are for one that has the term. */
export function rarity({ steps, step, unknown }: TermWeights, term: string): number {
  const known = steps.get(term)
  return known === undefined ? unknown : known * step
}

/**
 * Reads `terms.tsv`: a line is a number of steps and the terms that have it, separated by tabs. Undefined when the text is
 * something else.
 */
export function readTermWeights(
  text: string,
  digest: string,
  step: number,
  unknown: number,
): TermWeights | undefined {
  const steps = new Map<string, number>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [count, ...terms] = line.split('\t')
    const value = Number(count)
    if (!Number.isInteger(value) || value < 0 || value > 127) return undefined
    for (const term of terms) steps.set(term, value)
  }
  return steps.size > 0 ? { digest, step, steps, unknown } : undefined
}

/** The text that `readTermWeights` reads. */
export function writeTermWeights(rarities: ReadonlyMap<string, number>, step: number): string {
  const lines = new Map<number, string[]>()
  for (const [term, value] of rarities) {
    const count = Math.min(127, Math.max(0, Math.round(value / step)))
    const line = lines.get(count)
    if (line) line.push(term)
    else lines.set(count, [term])
  }
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([count, terms]) => `${[count, ...terms.sort()].join('\t')}\n`)
    .join('')
}
