// The lines of a table of ranks: one of each pair of languages, both directions together, and one of all.

import { type Score, tally } from './ranks.ts'

export function report(name: string, scores: readonly Score[]): void {
  console.log(name)
  const pairs = new Map<string, Score[]>()
  for (const it of scores) {
    const pair = [it.from, it.to].sort().join(' – ')
    if (!pairs.has(pair)) pairs.set(pair, [])
    pairs.get(pair)!.push(it)
  }
  for (const [pair, some] of [...pairs].sort()) line(pair, some)
  line('all', scores)
}

function line(name: string, scores: readonly Score[]): void {
  const { recall1, recall5, mrr, low, high } = tally(scores)
  const figures = [recall1, recall5, mrr].map(it => it.toFixed(3)).join('  ')
  console.log(
    `  ${name.padEnd(26)} n ${String(scores.length).padStart(5)}   R@1 R@5 MRR  ${figures}  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
  )
}
